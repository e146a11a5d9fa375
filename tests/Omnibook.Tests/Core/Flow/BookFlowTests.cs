using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Core.Instruments;

namespace Omnibook.Tests.Core.Flow;

/// <summary>What is made of a book: regrouped, with trades beside it, its figures, and how it was at every minute.</summary>
public sealed class BookFlowTests
{
    private static readonly Timestamp Start = Timestamp.FromMilliseconds(1_699_999_980_000);
    private readonly OrderBook _book = new(MadeInstruments.Make());
    private long _sequence;

    [Fact]
    public void Bids_are_rounded_down_and_asks_up_so_that_a_regrouped_book_never_crosses()
    {
        Set([(42000.1m, 1.2m), (42000.0m, 1m), (41999.9m, 2m)], [(42000.2m, 0.7m), (42010.0m, 0.1m), (42010.1m, 3m)]);

        Assert.Equal([(420_000L, (Int128)2_200), (419_900L, 2_000)], Pairs(BookGrouping.Group(_book.Bids, 100)));
        Assert.Equal([(420_100L, (Int128)800), (420_200L, 3_000)], Pairs(BookGrouping.Group(_book.Asks, 100)));
        Assert.Equal([(420_000L, (Int128)2_200)], Pairs(BookGrouping.Group(_book.Bids, 100, depth: 1)));
        Assert.Equal(3, BookGrouping.Group(_book.Asks, 0).Count);
    }

    [Fact]
    public void Bug_002_7_levels_of_the_book_and_of_trades_line_up_at_a_tick_that_binary_fractions_cannot_hold()
    {
        var (flow, tick) = (new TradeFlow(), 1);
        for (var i = 0; i < 1_000; i++)
        {
            flow.Add(MadeTrades.Of(1_699_999_980_000 + i, 60_000 + i * 0.1m, 1, TakerSide.Sell));
        }

        Set([.. Enumerable.Range(0, 1_000).Select(i => (60_000 + i * 0.1m, 2m))], [(70_000m, 1m)]);
        var profile = new RollingProfile(tick, TimeSpan.FromHours(1), flow, Start);
        var ladder = DomLadder.Build(_book, tick, profile);

        Assert.Equal(1_001, ladder.Count);
        Assert.All(ladder.Skip(1), level => Assert.Equal(((Int128)2_000, (Int128)1_000), (level.Bid, level.Traded.Sold)));
    }

    [Fact]
    public void The_worked_ladder_holds()
    {
        var flow = new TradeFlow();
        foreach (var trade in MadeTrades.Golden)
        {
            flow.Add(trade);
        }

        Set([(42000.1m, 0.8m), (41999.9m, 2.0m)], [(42000.2m, 0.2m), (42010.5m, 0.9m), (42021.0m, 1.1m)]);
        var profile = new RollingProfile(100, TimeSpan.FromHours(1), flow, Timestamp.FromMilliseconds(1_700_000_080_000));

        Assert.Equal(
            [
                (420_200, 0, 1100, 0, 400), (420_100, 0, 900, 0, 1000), (420_000, 800, 200, 500, 500), (419_900, 2000, 0, 600, 0),
            ],
            DomLadder.Build(_book, 100, profile).Select(level =>
                ((int)level.Price.Units, (int)level.Bid, (int)level.Ask, (int)level.Traded.Sold, (int)level.Traded.Bought)));
        Assert.Equal((420_205, 419_999), (profile.High.Units, profile.Low.Units));
    }

    [Fact]
    public void Bands_hold_what_lies_on_their_ends_and_nothing_beyond()
    {
        Set([(999.9m, 1m), (995.0m, 2m), (994.9m, 4m), (980.0m, 8m), (900.0m, 16m), (899.9m, 32m)], [(1000.1m, 1m), (1005.0m, 2m), (1005.1m, 4m), (1100.0m, 8m), (1100.1m, 16m)]);

        Assert.True(BookStatistics.TryOf(_book, out var statistics));
        Assert.Equal(new BookBand(3_000, 3_000), statistics.Half);
        Assert.Equal(new BookBand(15_000, 7_000), statistics.Two);
        Assert.Equal(new BookBand(31_000, 15_000), statistics.Ten);
        Assert.Equal(new BookBand(63_000, 31_000), statistics.Total);
        Assert.Equal(20_000, statistics.TwiceMid);
    }

    [Fact]
    public void A_book_that_is_not_live_has_no_figures_and_no_snapshot()
    {
        var snapshots = new BookSnapshots();
        Assert.False(BookStatistics.TryOf(_book, out _));
        Assert.False(snapshots.Observe(_book, Start + TimeSpan.FromSeconds(59)));
        Assert.False(snapshots.Observe(_book, Start + TimeSpan.FromSeconds(60)));
        Set([(100m, 1m)], [(101m, 1m)]);
        Assert.False(snapshots.Observe(_book, Start + TimeSpan.FromSeconds(66)));
        Assert.True(snapshots.Observe(_book, Start + TimeSpan.FromSeconds(120)));
        Assert.False(snapshots.Observe(_book, Start + TimeSpan.FromSeconds(121)));
    }

    [Fact]
    public void Bug_002_5_snapshots_are_regrouped_at_the_tick_and_the_interval_that_are_asked_for()
    {
        var snapshots = new BookSnapshots();
        for (var minute = 0; minute <= 7; minute++)
        {
            Set([(100.0m + minute, 1m), (99.9m, 1m)], [(200.1m, 1m), (200.9m, 1m)]);
            snapshots.Observe(_book, Start + TimeSpan.FromMinutes(minute));
        }

        Assert.Equal(7, snapshots.Count);
        Assert.True(FlowInterval.TryParse("5m", out var five));
        var byFive = snapshots.From(five, Start, 10);
        Assert.Equal([1_699_999_800_000, 1_700_000_100_000, 1_700_000_400_000], byFive.Select(snapshot => snapshot.At.UnixMilliseconds));
        Assert.Equal([(1_010L, (Int128)1_000), (990L, 1_000)], Pairs(byFive[0].Bids));
        Assert.Equal([(2_010L, (Int128)2_000)], Pairs(byFive[0].Asks));
        Assert.Equal(2, snapshots.From(FlowInterval.Minute, Start + TimeSpan.FromMinutes(6), 1)[0].Asks.Count);
    }

    [Fact]
    public void Snapshots_are_bounded_in_levels_the_oldest_go()
    {
        var snapshots = new BookSnapshots(new FlowOptions { MaxBookLevels = 10, MaxBookDepth = 2 });
        Set([.. Enumerable.Range(1, 50).Select(i => ((decimal)i, 1m))], [(100m, 1m), (101m, 1m), (102m, 1m)]);
        for (var minute = 0; minute < 10; minute++)
        {
            snapshots.Observe(_book, Start + TimeSpan.FromMinutes(minute));
            Assert.InRange(snapshots.Levels, 0, 10);
        }

        Assert.Equal(2, snapshots.Count);
        Assert.Equal(500, snapshots.Newest!.Bids[0].Price.Units);
    }

    private static IEnumerable<(long, Int128)> Pairs(IEnumerable<GroupedLevel> levels) => levels.Select(level => (level.Price.Units, level.Quantity));

    private void Set((decimal Price, decimal Quantity)[] bids, (decimal Price, decimal Quantity)[] asks) =>
        _book.Apply(new BookSnapshot(_book.Instrument.Id, ++_sequence, new EventTimes(Start, Start)), Levels(bids), Levels(asks));

    private static Level[] Levels((decimal Price, decimal Quantity)[] levels) =>
        [.. levels.Select(level => new Level(new Price((long)(level.Price * 10)), new Quantity((long)(level.Quantity * 1000))))];
}
