using Omnibook.Core.Books;
using Omnibook.Core.Events;

namespace Omnibook.Tests.Venues.Bybit;

/// <summary>The session and the book together: what users see of the venue's numbering.</summary>
public sealed class BookContinuityTests
{
    private readonly FrameDesk _desk = BybitDesk.Open();
    private readonly RecordedBook _recorded = new(new OrderBook(BybitDesk.Bitcoin));

    private OrderBook Book => _recorded.Book;

    [Fact]
    public void Consecutive_changes_keep_theBook_live()
    {
        Snapshot(100, "10.0");
        Change(101, "11.0");
        Change(102, "12.0");
        Assert.True(Book.IsLive);
        Assert.Equal(102, Book.Sequence);
        Assert.Equal(["12 1", "11 1", "10 1"], Bids());
    }

    [Fact]
    public void A_lost_change_asks_for_a_snapshot_once_and_the_next_snapshot_makes_it_live()
    {
        Snapshot(100, "10.0");
        Change(102, "12.0");
        Assert.Equal(BookState.Resyncing, Book.Status.State);
        Assert.True(_recorded.Effects.HasFlag(BookEffects.SnapshotWanted));
        Assert.Equal(["10 1"], Bids());

        Snapshot(103, "9.0");
        Assert.True(Book.IsLive);
        Assert.Equal(["9 1"], Bids());
    }

    [Fact]
    public void A_change_that_comes_twice_is_ignored()
    {
        Snapshot(100, "10.0");
        Change(101, "11.0");
        Change(101, "11.0");
        Assert.True(Book.IsLive);
        Assert.Equal(0, Book.Counters.Gaps);
    }

    [Fact]
    public void Number_one_replaces_the_liveBook_at_once_and_counting_goes_on()
    {
        Snapshot(100, "10.0");
        Snapshot(1, "7.0");
        Assert.True(Book.IsLive);
        Assert.Equal(["7 1"], Bids());

        Change(2, "8.0");
        Assert.True(Book.IsLive);
        Assert.Equal(["8 1", "7 1"], Bids());
    }

    [Fact]
    public void A_delisted_contract_has_noBook_until_one_comes()
    {
        Snapshot(100, "10.0");
        Hear("""{"topic":"orderbook.200.BTCUSDT","type":"snapshot","ts":1672304484978,"data":{"s":"BTCUSDT","b":[],"a":[],"u":1,"seq":1},"cts":1672304484976}""");
        Assert.Equal(BookState.Delisted, Book.Status.State);
        Assert.Equal(0, Book.Bids.Count);

        Change(2, "11.0");
        Assert.Equal(BookState.Delisted, Book.Status.State);

        Snapshot(1, "9.0");
        Assert.True(Book.IsLive);
        Assert.Equal(["9 1"], Bids());
    }

    [Fact]
    public void A_change_with_number_one_does_not_pass_for_an_old_one()
    {
        Snapshot(100_000, "10.0");
        Change(1, "11.0");
        Assert.Equal((BookState.Resyncing, StatusReasons.SequenceRestarted), (Book.Status.State, Book.Status.Reason));
        Assert.True(_recorded.Effects.HasFlag(BookEffects.SnapshotWanted));
    }

    private void Snapshot(long update, string bid) => Hear(
        $$$"""{"topic":"orderbook.200.BTCUSDT","type":"snapshot","ts":1672304484978,"data":{"s":"BTCUSDT","b":[["{{{bid}}}","1"]],"a":[["99.0","1"]],"u":{{{update}}},"seq":1},"cts":1672304484976}""");

    private void Change(long update, string bid) => Hear(
        $$$"""{"topic":"orderbook.200.BTCUSDT","type":"delta","ts":1672304484978,"data":{"s":"BTCUSDT","b":[["{{{bid}}}","1"]],"a":[],"u":{{{update}}},"seq":1},"cts":1672304484976}""");

    private void Hear(string frame)
    {
        _recorded.Effects = BookEffects.None;
        _desk.Hear(frame);
        _desk.Batch.DeliverTo(_recorded);
    }

    private string[] Bids()
    {
        var levels = new Level[Book.Bids.Count];
        Book.Bids.CopyTo(levels);
        return FrameDesk.Levels(BybitDesk.Bitcoin, levels);
    }
}
