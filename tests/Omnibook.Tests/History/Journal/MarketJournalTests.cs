using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Core.Trades;
using Omnibook.History.Journal;
using Omnibook.History.Segments;

namespace Omnibook.Tests.History.Journal;

public sealed class MarketJournalTests
{
    [Fact]
    public async Task What_the_market_accepted_is_read_with_its_positions()
    {
        await using var desk = new JournalDesk();
        var trades = desk.Trade(1000);
        Assert.Equal(999, desk.Journal.Position);
        await desk.Journal.FlushAsync();
        Assert.Equal(999, desk.Journal.DurablePosition);
        Assert.Equal(trades, desk.Read().Trades);
        Assert.Equal(trades[600..], desk.Read(from: 600).Trades);
        Assert.Empty(desk.Damage);
    }

    [Fact]
    public async Task A_trade_that_was_seen_is_kept_once()
    {
        await using var desk = new JournalDesk();
        var trades = desk.Trade(10);
        desk.Apply(market => market.On(trades[3]));
        await desk.Journal.FlushAsync();
        Assert.Equal(trades, desk.Read().Trades);
    }

    [Fact]
    public async Task A_restart_goes_on_without_doubles()
    {
        await using var desk = new JournalDesk();
        var before = desk.Trade(100);
        await desk.RestartAsync();
        foreach (var trade in before[50..])
        {
            desk.Apply(market => market.On(trade));
        }

        var after = desk.Trade(20);
        await desk.Journal.FlushAsync();
        Assert.Equal([.. before, .. after], desk.Read().Trades);
        Assert.Equal(50, desk.Market.DuplicateTradesOf(new InstrumentId(0)) + desk.Market.DuplicateTradesOf(new InstrumentId(1)));
    }

    [Fact]
    public async Task After_a_restart_it_is_known_after_which_trade_some_were_missed()
    {
        await using var desk = new JournalDesk();
        var trades = desk.Trade(50);
        await desk.RestartAsync();
        var last = trades.Last(trade => trade.Instrument.Index == 0);
        Assert.Equal(last.TradeId, desk.Market.TakeEarlierTradesOf(new InstrumentId(0))?.Last.TradeId);
        Assert.Null(desk.Market.TakeEarlierTradesOf(new InstrumentId(0)));
    }

    [Fact]
    public async Task A_quiet_instruments_last_trade_is_known_however_far_back_it_is()
    {
        await using var desk = new JournalDesk { Options = new JournalOptions { RememberedEvents = 10 } };
        desk.Trade(50);
        await desk.Journal.FlushAsync();
        var quiet = desk.Market.LastTradeOf(new InstrumentId(1));
        for (var hour = 0; hour < 3; hour++)
        {
            desk.Time.Advance(TimeSpan.FromHours(1));
            desk.TradeOf(0, 50);
            await desk.Journal.FlushAsync();
        }

        await desk.RestartAsync();
        await desk.RestartAsync();
        Assert.Equal(quiet?.TradeId, desk.Market.TakeEarlierTradesOf(new InstrumentId(1))?.Last.TradeId);
    }

    [Fact]
    public async Task What_nobody_followed_any_more_is_not_missed()
    {
        await using var desk = new JournalDesk();
        desk.Trade(50);
        desk.Apply(market => market.On(new VenueStatus(new InstrumentId(0), BookState.Disabled, StatusReasons.NotFollowed, default, market.Now)));
        await desk.RestartAsync();
        Assert.Null(desk.Market.TakeEarlierTradesOf(new InstrumentId(0)));
        Assert.NotNull(desk.Market.TakeEarlierTradesOf(new InstrumentId(1)));
    }

    [Fact]
    public async Task What_was_owed_when_the_process_ended_is_owed_by_the_next()
    {
        await using var desk = new JournalDesk();
        desk.Trade(50);
        var (first, second, at) = (new SeenTrade(7, new Timestamp(1)), new SeenTrade(9, new Timestamp(2)), new Timestamp(3));
        desk.Journal.AppendUnsettled(new InstrumentId(0), first, at);
        desk.Journal.AppendUnsettled(new InstrumentId(0), second, at);
        desk.Journal.AppendUnsettled(new InstrumentId(1), first, at);
        desk.Journal.AppendSettled(new InstrumentId(1), at);
        await desk.RestartAsync();
        Assert.Equal(first, desk.Market.TakeEarlierTradesOf(new InstrumentId(0))?.Unsettled);
        Assert.Null(desk.Market.TakeEarlierTradesOf(new InstrumentId(1))?.Unsettled);
    }

    [Fact]
    public async Task An_instrument_that_comes_later_is_known_from_its_first_trade_on()
    {
        await using var desk = new JournalDesk();
        desk.Trade(10);
        await desk.Journal.FlushAsync();
        var late = desk.Catalog.Register(MadeEvents.Listing("SOLUSDT"));
        desk.TradeOf(late.Id.Index, 5);
        await desk.Journal.FlushAsync();
        Assert.Equal(5, desk.Read().Trades.Count(trade => trade.Instrument == late.Id));
    }

    [Fact]
    public async Task Ten_flipped_bits_in_each_file_cost_what_is_told_and_no_more()
    {
        await using var desk = new JournalDesk();
        var trades = new List<Trade>();
        for (var hour = 0; hour < 5; hour++)
        {
            trades.AddRange(desk.Trade(20_000));
            await desk.Journal.FlushAsync();
            desk.Time.Advance(TimeSpan.FromHours(1));
        }

        await desk.CloseAsync();
        desk.FlipBits(10);
        await desk.RestartAsync();
        var read = desk.Read().Trades.Select(trade => trade.TradeId).ToHashSet();
        var lost = desk.Damage.SelectMany(damage => Enumerable.Range((int)damage.First, (int)(damage.Last - damage.First + 1))).ToHashSet();
        Assert.InRange(lost.Count, 1, 50 * 1000);
        Assert.Equal(trades.Where((_, position) => !lost.Contains(position)).Select(trade => trade.TradeId).Order(), read.Order());
        Assert.Equal(20, desk.Trade(20).Length);
    }

    [Fact]
    public async Task A_full_queue_costs_the_newest_and_says_so()
    {
        await using var desk = new JournalDesk { Options = new JournalOptions { Segments = new SegmentOptions { MaxWaitingBytes = 20_000 } } };
        var trades = desk.Trade(200_000, inBurstsOf: 200_000);
        await desk.Journal.FlushAsync();
        var kept = desk.Read().Events.Count;
        Assert.Equal(trades.Length - kept, desk.Journal.Health.Lost);
        Assert.True(desk.Journal.Health.Lost > 0);
        var next = desk.Trade(1);
        await desk.Journal.FlushAsync();
        Assert.Equal(next[0], desk.Read().Trades.Last());
        Assert.Equal(desk.Journal.Health.Lost, desk.Damage.Sum(damage => damage.Last - damage.First + 1));
    }

    [Fact]
    public async Task Books_of_full_minutes_and_missing_trades_are_kept()
    {
        await using var desk = new JournalDesk { Options = new JournalOptions { BookDepth = 2 } };
        Level[] bids = [new(new Price(100), new Quantity(1)), new(new Price(99), new Quantity(2)), new(new Price(98), new Quantity(3))];
        Level[] asks = [new(new Price(101), new Quantity(4))];
        var (times, minute) = (new EventTimes(new Timestamp(1), new Timestamp(2)), new Timestamp(60_000_000_000));
        desk.Market.On(new BookSnapshot(new InstrumentId(0), 42, times), bids, asks);
        desk.Journal.Append(desk.Market.BookOf(new InstrumentId(0)), minute);
        var missing = new MissingTrades(new InstrumentId(0), 7, times.VenueTime, null, default, "gone", times.ReceivedAt);
        desk.Journal.Append(missing);
        await desk.Journal.FlushAsync();
        Assert.Equal(
            [new MadeBook(new BookSnapshot(new InstrumentId(0), 42, new EventTimes(minute, minute)), bids[..2], asks), missing],
            desk.Read().Events);
    }

    [Fact]
    public void A_newer_format_is_refused_and_left_alone()
    {
        var refused = Assert.Throws<JournalVersionException>(() => JournalHead.Of([JournalHead.Version + 1, 0]));
        Assert.Contains("format 2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Seven_days_take_the_place_of_one_and_an_hour()
    {
        await using var desk = new JournalDesk();
        var (day, most) = (0L, 0L);
        for (var hour = 0; hour < 7 * 24; hour++)
        {
            desk.Trade(500);
            await desk.Journal.FlushAsync();
            desk.Time.Advance(TimeSpan.FromHours(1));
            most = Math.Max(most, desk.DiskBytes);
            day = hour == 23 ? most : day;
        }

        Assert.InRange(most, day, day * 12 / 10);
    }
}
