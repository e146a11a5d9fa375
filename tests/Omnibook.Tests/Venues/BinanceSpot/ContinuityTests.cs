using Omnibook.Core.Books;
using Omnibook.Core.Events;

namespace Omnibook.Tests.Venues.BinanceSpot;

/// <summary>The venue's rule of a local book, through session and book together: <c>U ≤ id + 1 ≤ u</c> after a snapshot, then <c>U = u + 1</c>.</summary>
public sealed class ContinuityTests
{
    private readonly FrameDesk _desk = Spot.Open();
    private readonly RecordedBook _recorded = new(new OrderBook(Spot.Bitcoin));

    [Theory]
    [InlineData(157, 160)]
    [InlineData(101, 157)]
    [InlineData(158, 158)]
    public void A_snapshot_is_followed_by_the_update_that_contains_the_next_number(long first, long last)
    {
        Update(first, last);
        Snapshot(157);
        Assert.True(_recorded.Book.IsLive);
        Assert.Equal(Math.Max(last, 157), _recorded.Book.Sequence);
        Update(Math.Max(last, 157) + 1, 200);
        Assert.Equal((true, 200L), (_recorded.Book.IsLive, _recorded.Book.Sequence));
    }

    [Fact]
    public void A_snapshot_from_before_the_first_update_is_too_old()
    {
        Update(159, 160);
        Snapshot(157);
        Assert.False(_recorded.Book.IsLive);
        Snapshot(158);
        Assert.Equal((true, 160L), (_recorded.Book.IsLive, _recorded.Book.Sequence));
    }

    [Fact]
    public void A_number_left_out_is_a_gap_which_a_snapshot_mends()
    {
        Update(150, 157);
        Snapshot(157);
        Update(159, 160);
        Assert.Equal((BookState.Resyncing, StatusReasons.Gap), (_recorded.Book.Status.State, _recorded.Book.Status.Reason));
        Update(161, 170);
        Snapshot(165);
        Assert.Equal((true, 170L), (_recorded.Book.IsLive, _recorded.Book.Sequence));
    }

    [Fact]
    public void An_update_that_comes_twice_changes_nothing()
    {
        Update(150, 157);
        Snapshot(157);
        Update(158, 160);
        Update(158, 160);
        Assert.Equal((true, 160L, 0L), (_recorded.Book.IsLive, _recorded.Book.Sequence, _recorded.Book.Counters.Resyncs));
    }

    /// <summary>Old numbers would otherwise be ignored as late ones for as long as the new count is below the old.</summary>
    [Fact]
    public void Counting_that_begins_anew_is_followed_from_a_new_snapshot()
    {
        Update(150_000, 157_000);
        Snapshot(157_000);
        Update(1, 40);
        Assert.Equal((BookState.Resyncing, StatusReasons.SequenceRestarted), (_recorded.Book.Status.State, _recorded.Book.Status.Reason));
        Update(41, 60);
        Snapshot(50);
        Assert.Equal((true, 60L), (_recorded.Book.IsLive, _recorded.Book.Sequence));
    }

    private void Update(long first, long last) => Hear(
        $$$"""{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1723161255208,"s":"BTCUSDT","U":{{{first}}},"u":{{{last}}},"b":[["61737.63000000","1.00000000"]],"a":[["61837.64000000","1.54698000"]]}}""");

    private void Snapshot(long number)
    {
        _desk.Batch.Clear();
        Assert.True(Spot.Venue.TryTranslateSnapshot(
            Spot.Bitcoin, System.Text.Encoding.UTF8.GetBytes($$"""{"lastUpdateId":{{number}},"bids":[["61737.00000000","431.00000000"]],"asks":[["61838.00000000","12.00000000"]]}"""), FrameDesk.Noon, _desk.Batch));
        _desk.Batch.DeliverTo(_recorded);
    }

    private void Hear(string frame)
    {
        _desk.Hear(frame);
        _desk.Batch.DeliverTo(_recorded);
    }
}
