using Microsoft.Extensions.Logging.Abstractions;
using Omnibook.Core;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Core.Trades;
using Omnibook.Server.Pipeline;
using Omnibook.Server.Pipeline.Trades;
using Omnibook.Tests.Time;
using Omnibook.Venues;
using Omnibook.Venues.Data;

namespace Omnibook.Tests.Server.Pipeline.Trades;

public sealed class TradeKeeperTests : IAsyncDisposable
{
    private readonly Omnibook.Tests.Time.ManualTimeProvider _clock = new();
    private MadeMarket _market = new(symbols: ["made:BTC"]);
    private readonly MadeData _data = new();
    private readonly List<long> _heard = [];
    private TradeKeeper? _keeper;

    private Instrument Coin => _market.Instruments[0];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_number_that_does_not_follow_is_fetched_page_by_page()
    {
        _data.Offers = VenueCapabilities.None with { TradesById = true, ConsecutiveTrades = true, RecentTrades = true };
        _data.Known = [.. Enumerable.Range(1, 5000).Select(Past)];
        await StartAsync();
        await HearAsync(10, 11, 2500, 2501);

        await FetchedAsync(2488);
        Assert.Equal(Enumerable.Range(10, 2492).Select(id => (long)id), await HeardAsync());
        Assert.Equal((1, 0), (_keeper!.Report.Gaps, _keeper.Report.Holes));
        Assert.Equal([12L, 1012, 2012], _data.AskedFrom);
    }

    [Fact]
    public async Task The_last_trade_stays_the_latest_while_older_ones_are_fetched()
    {
        _data.Offers = VenueCapabilities.None with { TradesById = true, ConsecutiveTrades = true };
        _data.Known = [.. Enumerable.Range(1, 30).Select(Past)];
        await StartAsync();
        await HearAsync(1, 20);

        await FetchedAsync(18);
        Assert.Equal(20, await _market.Loop.ReadAsync(market => market.LastTradeOf(Coin.Id)!.Value.TradeId, Cancel));
    }

    [Fact]
    public async Task What_the_venue_has_no_longer_is_a_hole_with_numbers_and_times()
    {
        _data.Offers = VenueCapabilities.None with { TradesById = true, ConsecutiveTrades = true };
        _data.Known = [.. Enumerable.Range(15, 100).Select(Past)];
        await StartAsync();
        await HearAsync(10, 20);

        await Eventually.HoldsAsync(Settled(() => _keeper!.Report.Holes == 1), "the hole is recorded");
        var hole = Assert.Single(_keeper!.Report.Latest);
        Assert.Equal(new TradeGap(Coin, new TradeMark(10, Past(10).At), new TradeMark(20, Past(20).At)), hole.Gap);
        Assert.StartsWith("4 of 9 trades", hole.Why, StringComparison.Ordinal);
        long[] expected = [10, 15, 16, 17, 18, 19, 20];
        Assert.Equal(expected, await HeardAsync());
    }

    [Fact]
    public async Task A_venue_without_a_past_has_a_hole_after_every_connection()
    {
        _data.Offers = VenueCapabilities.None;
        await StartAsync();
        await OpenAsync(isFirst: true);
        await HearAsync(7, 5, 9);
        await OpenAsync(isFirst: false);
        _keeper!.OnSubscribed(Coin);

        await Eventually.HoldsAsync(Settled(() => _keeper.Report.Holes == 1), "the hole is recorded");
        Assert.Equal(new TradeGap(Coin, new TradeMark(9, Past(9).At), null), _keeper.Report.Latest[0].Gap);
    }

    [Fact]
    public async Task Recent_trades_that_reach_back_make_the_tape_whole()
    {
        _data.Offers = VenueCapabilities.None with { RecentTrades = true };
        _data.Known = [.. Enumerable.Range(1, 40).Select(Past)];
        await StartAsync();
        await OpenAsync(isFirst: true);
        await HearAsync(20, 21, 22);
        await OpenAsync(isFirst: false);
        await OpenAsync(isFirst: false);
        _keeper!.OnSubscribed(Coin);
        _keeper.OnSubscribed(Coin);
        await HearAsync(30);

        await FetchedAsync(18);
        Assert.Equal((1, 0), (_keeper.Report.Gaps, _keeper.Report.Holes));
        Assert.Equal(Enumerable.Range(20, 21).Select(id => (long)id), await HeardAsync());
    }

    [Fact]
    public async Task A_frame_that_could_not_be_read_has_the_last_seconds_fetched()
    {
        _data.Offers = VenueCapabilities.None with { RecentTrades = true };
        _data.Known = [.. Enumerable.Range(1, 1000).Select(Past)];
        await StartAsync();
        await HearAsync(900, 950);
        await _keeper!.OnDoubtAsync([Coin], Cancel);

        await FetchedAsync(550);
        Assert.Equal(Enumerable.Range(450, 551).Select(id => (long)id), await HeardAsync());
        Assert.Equal((1, 0), (_keeper.Report.Gaps, _keeper.Report.Holes));
    }

    [Fact]
    public async Task A_venue_that_is_in_trouble_is_asked_again()
    {
        _data.Offers = VenueCapabilities.None with { TradesById = true, ConsecutiveTrades = true };
        _data.Known = [.. Enumerable.Range(1, 40).Select(Past)];
        _data.Failures = 3;
        await StartAsync();
        await HearAsync(1, 5);

        await FetchedAsync(3);
        long[] expected = [1, 2, 3, 4, 5];
        Assert.Equal(expected, await HeardAsync());
        Assert.Equal(0, _keeper!.Report.Holes);
    }

    [Fact]
    public async Task A_venue_that_never_answers_leaves_a_hole()
    {
        _data.Offers = VenueCapabilities.None with { TradesById = true, ConsecutiveTrades = true };
        _data.Failures = int.MaxValue;
        await StartAsync();
        await HearAsync(1, 5);

        await Eventually.HoldsAsync(Settled(() => _keeper!.Report.Holes == 1), "it is given up");
        Assert.Contains("made trouble", _keeper!.Report.Latest[0].Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_who_was_let_go_is_filled_up_when_followed_again()
    {
        _data.Offers = VenueCapabilities.None with { TradesById = true, ConsecutiveTrades = true };
        await StartAsync();
        await OpenAsync(isFirst: true);
        await HearAsync(1, 2);
        await OpenAsync(isFirst: true);
        await HearAsync(500, 501);

        Assert.Equal(TradeHoleReport.None, _keeper!.Report);
    }

    [Fact]
    public void Only_the_latest_holes_are_kept_and_all_are_counted()
    {
        var holes = new TradeHoles();
        for (var id = 0; id < 1000; id++)
        {
            holes.Add(new TradeHole(new TradeGap(Coin, new TradeMark(id, default), null), "", default));
        }

        Assert.Equal((1000, TradeHoles.MostKept, 999L), (holes.Report.Holes, holes.Report.Latest.Count, holes.Report.Latest[0].Gap.Before.Id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_traded_between_two_processes_is_fetched(bool isCounting)
    {
        _data.Offers = VenueCapabilities.None with { TradesById = isCounting, ConsecutiveTrades = isCounting, RecentTrades = true };
        _data.Known = [.. Enumerable.Range(1, 30).Select(Past)];
        var last = Past(10);
        var earlier = new Trade(Coin.Id, 10, new Price((long)last.Price * 10), new Quantity(500), last.TakerSide, new EventTimes(last.At, last.At));
        await _market.DisposeAsync();
        _market = new MadeMarket(
            new EarlierTrades(earlier, [.. new[] { 4, 5, 8, 9, 10 }.Select(id => new SeenTrade(id, Past(id).At))])
            {
                Unsettled = new SeenTrade(5, Past(5).At),
            },
            symbols: ["made:BTC"]);
        await StartAsync();
        await OpenAsync(isFirst: true);
        _keeper!.OnSubscribed(Coin);
        await HearAsync(9, 10, 20, 21);

        await Eventually.HoldsAsync(Settled(() => _heard.Count >= (isCounting ? 13 : 22)), () => $"it is fetched: {_keeper!.Report}");
        long[] missed = [6, 7, .. Enumerable.Range(11, isCounting ? 11 : 20)];
        Assert.Equal(missed, await HeardAsync());
        Assert.Equal(0, _keeper.Report.Holes);
    }

    public async ValueTask DisposeAsync()
    {
        if (_keeper is not null)
        {
            await _keeper.DisposeAsync();
        }

        await _market.DisposeAsync();
    }

    private static PastTrade Past(int id) =>
        new(id, 100 + id, 0.5m, id % 2 == 0 ? TakerSide.Buy : TakerSide.Sell, Timestamp.FromMilliseconds(1_790_000_000_000 + id * 10));

    private Task StartAsync()
    {
        _market.Loop.Subscribe(new Ear(_heard));
        _keeper = new TradeKeeper(Coin.Venue, _data, new NoRest(), _market.Loop, _market.Catalog, _clock, NullLogger.Instance);
        return Task.CompletedTask;
    }

    private Task OpenAsync(bool isFirst) => _keeper!.OnOpeningAsync([Coin], isFirst, Cancel);

    private async Task HearAsync(params int[] ids)
    {
        var batch = _market.Loop.Rent();
        foreach (var past in ids.Select(Past))
        {
            batch.On(new Trade(Coin.Id, past.TradeId, new Price((long)past.Price * 10), new Quantity(500), past.TakerSide, new EventTimes(past.At, past.At)));
        }

        await _market.Loop.EnqueueAsync(batch, Cancel);
        await _market.Loop.ReadAsync(_ => true, Cancel);
    }

    private Task FetchedAsync(int trades) => Eventually.HoldsAsync(Settled(() => _keeper!.Report.Fetched == trades), () => $"{trades} are fetched: {_keeper!.Report}");

    private async Task<long[]> HeardAsync()
    {
        await _market.Loop.ReadAsync(_ => true, Cancel);
        return [.. _heard.Order()];
    }

    /// <summary>Lets the pauses pass that the keeper makes.</summary>
    private Func<bool> Settled(Func<bool> condition) => () =>
    {
        if (condition())
        {
            return true;
        }

        _clock.Advance(_clock.UntilNextTimer ?? TimeSpan.Zero);
        return false;
    };

    private sealed class Ear(List<long> heard) : IMarketListener
    {
        public void OnChanges(Market market, MarketChanges changes) => heard.AddRange(changes.Trades.Select(trade => trade.TradeId));
    }

    private sealed class NoRest : VenueRest
    {
        public override Task<byte[]> SendAsync(RestRequest request, CancellationToken cancellationToken) => throw new InvalidOperationException();
    }

    private sealed class MadeData : VenueData
    {
        public VenueCapabilities Offers { get; set; } = VenueCapabilities.None;

        public PastTrade[] Known { get; set; } = [];

        public int Failures { get; set; }

        public List<long> AskedFrom { get; } = [];

        public override VenueCapabilities Capabilities => Offers;

        public override Task<IReadOnlyList<PastTrade>> RecentTradesAsync(
            VenueRest rest, InstrumentListing instrument, int limit, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<PastTrade>>([.. Known.TakeLast(limit)]);

        public override Task<IReadOnlyList<PastTrade>> TradesFromAsync(
            VenueRest rest, InstrumentListing instrument, long firstId, CancellationToken cancellationToken)
        {
            if (Failures-- > 0)
            {
                throw new VenueRequestException(RequestFailure.ServerError, "it made trouble");
            }

            AskedFrom.Add(firstId);
            return Task.FromResult<IReadOnlyList<PastTrade>>([.. Known.Where(trade => trade.TradeId >= firstId).Take(1000)]);
        }
    }
}
