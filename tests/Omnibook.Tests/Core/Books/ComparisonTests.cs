using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Tests.Core.Books;

/// <summary>The comparison of a live book with a snapshot that was asked for meanwhile.</summary>
public sealed class ComparisonTests
{
    private readonly OrderBookHarness _it = new OrderBookHarness().Live();

    [Fact]
    public void A_snapshot_of_an_earlier_number_is_brought_up_to_the_book()
    {
        _it.Book.BeginComparison();
        _it.Update(11, 11, bid: 99);
        _it.Update(12, 12, bid: 98);

        Compare(11, [(100, 1), (99, 1)], [(110, 1)]);

        Assert.Equal((ComparisonState.Equal, BookState.Live), (_it.Book.Comparison, _it.State));
        Assert.Equal(1, _it.Book.Counters.SnapshotsCompared);
    }

    [Fact]
    public void A_snapshot_of_a_later_number_waits_until_the_book_has_come_to_it()
    {
        _it.Book.BeginComparison();
        Compare(12, [(100, 1), (99, 1), (98, 1)], [(110, 1)]);
        Assert.Equal(ComparisonState.UnderWay, _it.Book.Comparison);

        _it.Update(11, 11, bid: 99);
        Assert.Equal(ComparisonState.UnderWay, _it.Book.Comparison);
        _it.Update(12, 12, bid: 98);

        Assert.Equal((ComparisonState.Equal, BookState.Live), (_it.Book.Comparison, _it.State));
    }

    [Fact]
    public void A_snapshot_within_a_range_of_numbers_is_brought_to_its_end()
    {
        _it.Book.BeginComparison();
        Compare(12, [(100, 1)], [(110, 1)]);

        _it.Update(11, 14, bid: 97);

        Assert.Equal((ComparisonState.Equal, BookState.Live), (_it.Book.Comparison, _it.State));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 7)]
    public void A_wrong_quantity_costs_the_book_its_thread_and_asks_for_one_snapshot(long bidQuantity, long askQuantity)
    {
        _it.Book.BeginComparison();

        var effects = Compare(10, [(100, bidQuantity)], [(110, askQuantity)]);

        Assert.Equal((BookState.Resyncing, StatusReasons.VerifyMismatch), (_it.State, _it.Reason));
        Assert.Equal((ComparisonState.Different, 1L), (_it.Book.Comparison, _it.Book.Counters.VerifyMismatches));
        Assert.True(effects.HasFlag(BookEffects.SnapshotWanted));
        Assert.False(_it.Book.IsLive);
    }

    [Fact]
    public void A_level_too_many_between_others_differs()
    {
        _it.Update(11, 11, bid: 95);
        _it.Book.BeginComparison();

        Compare(11, [(100, 1), (90, 1)], [(110, 1)]);

        // The book began with a snapshot that ended at 100, so that it does not know what lies below.
        Assert.Equal(ComparisonState.Equal, _it.Book.Comparison);

        _it.Update(12, 12, bid: 93);
        _it.Book.BeginComparison();
        Compare(12, [(100, 1), (90, 1)], [(110, 1)]);
        Assert.Equal(ComparisonState.Different, _it.Book.Comparison);
    }

    [Theory]
    [InlineData(false, ComparisonState.Equal)]
    [InlineData(true, ComparisonState.Different)]
    public void A_level_beyond_the_worst_of_a_snapshot_differs_only_if_that_is_whole(bool isWhole, ComparisonState expected)
    {
        _it.Update(11, 11, bid: 95);
        _it.Book.BeginComparison();

        Compare(11, [(100, 1)], [(110, 1)], isWhole);

        Assert.Equal(expected, _it.Book.Comparison);
    }

    [Fact]
    public void A_snapshot_from_before_the_question_is_no_answer()
    {
        _it.Book.BeginComparison();

        Compare(9, [(100, 5)], [(110, 5)]);

        Assert.Equal((ComparisonState.TooOld, BookState.Live), (_it.Book.Comparison, _it.State));
    }

    [Fact]
    public void A_book_that_loses_its_thread_meanwhile_is_not_compared()
    {
        _it.Book.BeginComparison();
        _it.Update(20);
        Assert.Equal(StatusReasons.Gap, _it.Reason);

        Compare(20, [(100, 5)], [(110, 5)]);

        Assert.Equal(0, _it.Book.Counters.SnapshotsCompared);
        Assert.False(new OrderBookHarness().Book.BeginComparison());
    }

    [Fact]
    public void A_wider_snapshot_makes_the_book_whole_further_out()
    {
        Assert.False(_it.Book.IsKnownWhole(Side.Bid, new Price(90)));
        _it.Book.BeginComparison();

        var effects = Compare(10, [(100, 1), (90, 3)], [(110, 1), (125, 4)]);

        Assert.True(effects.HasFlag(BookEffects.Levels));
        Assert.Equal((3L, 4L), (_it.Book.Bids.QuantityAt(new Price(90)), _it.Book.Asks.QuantityAt(new Price(125))));
        Assert.True(_it.Book.IsKnownWhole(Side.Bid, new Price(90)));
        Assert.False(_it.Book.IsKnownWhole(Side.Bid, new Price(89)));
    }

    [Fact]
    public void A_price_that_nears_the_end_of_what_is_known_is_noticed()
    {
        _it.Book.BeginComparison();
        Compare(10, [(100, 1), (50, 1)], [(110, 1), (160, 1)]);
        Assert.False(_it.Book.IsNearEdge);

        _it.Update(11, 11, bid: 100, bidQuantity: 0, ask: 65);
        _it.Update(12, 12, bid: 58, ask: 65);

        Assert.True(_it.Book.IsNearEdge);
    }

    private BookEffects Compare(long sequence, (long Price, long Quantity)[] bids, (long Price, long Quantity)[] asks, bool isWhole = false) =>
        _it.Book.Compare(
            new BookSnapshot(_it.Book.Instrument.Id, sequence, new EventTimes(default, OrderBookHarness.At(++_it.Now))), Levels(bids), Levels(asks), isWhole);

    private static Level[] Levels((long Price, long Quantity)[] levels) =>
        [.. levels.Select(level => OrderBookHarness.Level(level.Price, level.Quantity))];
}
