using Omnibook.Core.Books;
using Omnibook.Core.Events;

namespace Omnibook.Tests.Core.Books;

public sealed class GapRuleTests
{
    private readonly OrderBookHarness _it = new();

    [Fact]
    public void The_first_update_is_kept_and_asks_for_one_snapshot()
    {
        _it.Status(BookState.Buffering, StatusReasons.AwaitingSnapshot);

        Assert.True(_it.Update(10).HasFlag(BookEffects.SnapshotWanted));
        Assert.False(_it.Update(11).HasFlag(BookEffects.SnapshotWanted));
        Assert.Equal(BookState.Syncing, _it.State);
        Assert.Equal(2, _it.Book.KeptUpdates);
    }

    [Fact]
    public void A_snapshot_replays_what_was_kept_and_skips_what_it_holds()
    {
        _it.Update(10);
        _it.Update(11);
        _it.Update(12, 12, bid: 105);

        _it.Snapshot(11);

        Assert.True(_it.Book.IsLive);
        Assert.Equal(12, _it.Book.Sequence);
        Assert.Equal(0, _it.Book.KeptUpdates);
        Assert.True(_it.Book.Bids.TryGetBest(out var best));
        Assert.Equal(105, best.Price.Units);
    }

    [Fact]
    public void A_snapshot_newer_than_everything_kept_is_live_at_once()
    {
        _it.Update(10);

        _it.Snapshot(20);

        Assert.True(_it.Book.IsLive);
        Assert.Equal(20, _it.Book.Sequence);
    }

    [Fact]
    public void A_snapshot_inside_an_update_is_bridged_by_it()
    {
        _it.Update(10, 20);

        _it.Snapshot(15);

        Assert.True(_it.Book.IsLive);
        Assert.Equal(20, _it.Book.Sequence);
    }

    [Fact]
    public void A_snapshot_older_than_what_was_kept_is_refused_and_another_wanted_after_a_pause()
    {
        _it.Update(10);

        _it.Snapshot(8);

        Assert.False(_it.Book.IsLive);
        Assert.Equal(1, _it.Book.KeptUpdates);
        Assert.Equal(1, _it.Book.Counters.SnapshotsTooOld);
        Assert.True(_it.Tick(50).HasFlag(BookEffects.SnapshotWanted));
        _it.Snapshot(9);
        Assert.True(_it.Book.IsLive);
    }

    [Fact]
    public void A_gap_among_the_kept_refuses_the_snapshot_before_it_and_takes_one_behind_it()
    {
        _it.Update(10);
        _it.Update(13);

        _it.Snapshot(10);
        Assert.False(_it.Book.IsLive);
        Assert.Equal(2, _it.Book.KeptUpdates);

        _it.Snapshot(12);
        Assert.True(_it.Book.IsLive);
        Assert.Equal(13, _it.Book.Sequence);
    }

    [Fact]
    public void A_gap_asks_for_one_snapshot()
    {
        _it.Live();

        Assert.True(_it.Update(12).HasFlag(BookEffects.SnapshotWanted | BookEffects.Status));
        Assert.False(_it.Update(13).HasFlag(BookEffects.SnapshotWanted));

        Assert.Equal(BookState.Resyncing, _it.State);
        Assert.Equal(StatusReasons.Gap, _it.Reason);
        Assert.Equal(1, _it.Book.Status.Resyncs);
        Assert.Equal(10, _it.Book.Sequence);
        _it.Snapshot(11);
        Assert.Equal((BookState.Live, 13L), (_it.State, _it.Book.Sequence));
    }

    [Fact]
    public void An_update_from_before_is_ignored_and_counted()
    {
        _it.Live();

        var effects = _it.Update(9, 10, bid: 50);

        Assert.Equal(BookEffects.None, effects);
        Assert.Equal(1, _it.Book.Counters.Stale);
        Assert.Equal(0, _it.Book.Bids.QuantityAt(new(50)));
    }

    [Fact]
    public void An_update_that_overlaps_is_applied()
    {
        _it.Live();

        _it.Update(8, 11);

        Assert.Equal(11, _it.Book.Sequence);
    }

    [Fact]
    public void An_older_snapshot_does_not_touch_a_live_book()
    {
        _it.Live();

        Assert.Equal(BookEffects.None, _it.Snapshot(9, bid: 1));
        Assert.True(_it.Book.IsLive);
        Assert.Equal(10, _it.Book.Sequence);
    }

    [Fact]
    public void Where_every_message_is_a_snapshot_each_replaces_the_book()
    {
        _it.Snapshot(1, bid: 90);
        _it.Snapshot(2, bid: 95);

        Assert.Equal(1, _it.Book.Bids.Count);
        Assert.Equal(1, _it.Book.Bids.QuantityAt(new(95)));
        Assert.True(_it.Book.IsLive);
    }

    [Fact]
    public void A_snapshot_that_restarts_the_sequence_replaces_a_live_book_at_once()
    {
        _it.Live();

        _it.Snapshot(1, bid: 90, restarts: true);

        Assert.Equal((BookState.Live, 1L), (_it.State, _it.Book.Sequence));
        Assert.Equal(1, _it.Book.Status.Resyncs);
        _it.Update(2);
        Assert.Equal(2, _it.Book.Sequence);
    }

    [Fact]
    public void A_long_run_of_old_numbers_means_that_the_venue_counts_anew()
    {
        _it.Live();
        for (var number = 1; number < 100; number++)
        {
            _it.Update(number % 10);
        }

        Assert.True(_it.Book.IsLive);
        Assert.True(_it.Update(3).HasFlag(BookEffects.SnapshotWanted));
        Assert.Equal((BookState.Resyncing, StatusReasons.SequenceRestarted), (_it.State, _it.Reason));
        _it.Snapshot(3);
        Assert.Equal((BookState.Live, 3L), (_it.State, _it.Book.Sequence));
    }

    [Fact]
    public void Snapshots_alone_show_that_the_venue_counts_anew()
    {
        _it.Snapshot(1000);
        for (var number = 1; number <= 100; number++)
        {
            _it.Snapshot(number);
        }

        Assert.Equal((BookState.Live, 100L), (_it.State, _it.Book.Sequence));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-5, 1)]
    [InlineData(100, -1)]
    [InlineData(long.MinValue, 1)]
    public void A_level_that_cannot_be_makes_the_update_malformed(long price, long quantity)
    {
        _it.Live();

        Assert.True(_it.Update(11, 11, price, quantity).HasFlag(BookEffects.SnapshotWanted));
        Assert.Equal((BookState.Resyncing, StatusReasons.Malformed), (_it.State, _it.Reason));
        Assert.Equal(1, _it.Book.Counters.Malformed);
    }

    [Fact]
    public void A_malformed_update_among_the_kept_drops_them()
    {
        _it.Update(10);
        _it.Update(11, 11, bid: -1);

        Assert.Equal(0, _it.Book.KeptUpdates);
        Assert.Equal(StatusReasons.Malformed, _it.Reason);
    }

    [Fact]
    public void Deleting_a_level_that_is_not_there_is_normal()
    {
        _it.Live();

        _it.Update(11, 11, bid: 77, bidQuantity: 0);

        Assert.True(_it.Book.IsLive);
        Assert.Equal(1, _it.Book.Counters.AbsentDeletes);
    }

    [Fact]
    public void More_updates_than_are_kept_begin_anew()
    {
        var it = new OrderBookHarness(new BookOptions { MaxKeptUpdates = 5 });
        for (var number = 1; number <= 5; number++)
        {
            it.Update(number);
        }

        Assert.True(it.Update(6).HasFlag(BookEffects.SnapshotWanted));
        Assert.Equal((BookState.Resyncing, StatusReasons.BufferOverflow), (it.State, it.Reason));
        Assert.Equal(1, it.Book.KeptUpdates);
        Assert.Equal(1, it.Book.Counters.Overflows);
        it.Snapshot(5);
        Assert.Equal((BookState.Live, 6L), (it.State, it.Book.Sequence));
    }

    [Fact]
    public void More_levels_than_are_kept_begin_anew()
    {
        var it = new OrderBookHarness(new BookOptions { MaxKeptLevels = 5 });
        it.Update(1);
        it.Update(2);
        it.Update(3);

        Assert.Equal(StatusReasons.BufferOverflow, it.Reason);
        Assert.Equal(1, it.Book.KeptUpdates);
    }

    [Fact]
    public void The_highest_numbers_do_not_overflow()
    {
        _it.Snapshot(long.MaxValue - 1);
        _it.Update(long.MaxValue, long.MaxValue);

        Assert.Equal((BookState.Live, long.MaxValue), (_it.State, _it.Book.Sequence));
        Assert.Equal(BookEffects.None, _it.Update(long.MinValue, 5));
    }

    [Fact]
    public void Bug_002_11_updates_that_came_before_the_snapshot_are_replayed_after_it_and_cause_no_second_one()
    {
        var harness = new OrderBookHarness();
        harness.Status(BookState.Buffering, StatusReasons.AwaitingSnapshot);
        for (var number = 100; number < 150; number++)
        {
            harness.Update(number);
        }

        harness.Snapshot(120);
        Assert.Equal((BookState.Live, 149), (harness.State, harness.Book.Sequence));
        for (var number = 150; number < 400; number++)
        {
            Assert.False(harness.Update(number).HasFlag(BookEffects.SnapshotWanted));
        }

        Assert.Equal(0, harness.CountOf(BookEffects.SnapshotWanted, 2_000));
        Assert.Equal((BookState.Live, 399), (harness.State, harness.Book.Sequence));
    }
}
