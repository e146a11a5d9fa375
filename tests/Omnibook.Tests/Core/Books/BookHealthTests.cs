using Omnibook.Core.Books;
using Omnibook.Core.Events;

namespace Omnibook.Tests.Core.Books;

public sealed class BookHealthTests
{
    private readonly OrderBookHarness _it = new OrderBookHarness().Live();

    [Fact]
    public void A_book_that_is_crossed_for_a_moment_stays_live()
    {
        _it.Update(11, 11, bid: 120);
        Assert.True(_it.Book.IsCrossed);
        Assert.Equal(BookEffects.None, _it.Tick(200));
        _it.Update(12, 12, bid: 120, bidQuantity: 0);

        Assert.Equal(BookEffects.None, _it.Tick(400));
        Assert.True(_it.Book.IsLive);
        Assert.Equal(1, _it.Book.Counters.CrossedAfterMessage);
    }

    [Theory]
    [InlineData(120)]
    [InlineData(110)]
    public void A_book_that_stays_crossed_or_locked_for_250_ms_is_crossed_and_wants_a_snapshot(long bid)
    {
        _it.Update(11, 11, bid);

        Assert.Equal(BookEffects.None, _it.Tick(249));
        Assert.True(_it.Tick(1).HasFlag(BookEffects.SnapshotWanted | BookEffects.Status));
        Assert.Equal((BookState.Crossed, StatusReasons.Crossed), (_it.State, _it.Reason));
        _it.Update(12);
        _it.Snapshot(11);
        Assert.Equal((BookState.Live, 12L), (_it.State, _it.Book.Sequence));
    }

    [Fact]
    public void A_venue_that_is_crossed_itself_is_asked_again_after_some_seconds_only()
    {
        _it.Update(11, 11, bid: 120);
        _it.Tick(250);
        _it.Snapshot(11, bid: 120);
        Assert.Equal(BookState.Crossed, _it.State);

        Assert.Equal(0, _it.CountOf(BookEffects.SnapshotWanted, 4900));
        Assert.Equal(1, _it.CountOf(BookEffects.SnapshotWanted, 5000));
    }

    [Fact]
    public void A_venue_that_is_crossed_itself_is_live_as_soon_as_it_uncrosses()
    {
        _it.Update(11, 11, bid: 120);
        _it.Tick(250);
        _it.Snapshot(11, bid: 120);

        _it.Update(12, 12, bid: 120, bidQuantity: 0);

        Assert.Equal((BookState.Live, 12L), (_it.State, _it.Book.Sequence));
        Assert.Equal(0, _it.CountOf(BookEffects.SnapshotWanted, 9000));
    }

    [Fact]
    public void A_silent_book_becomes_stale_and_wants_one_comparison()
    {
        Assert.Equal(BookEffects.None, _it.Tick(15_000));
        Assert.True(_it.Tick(2).HasFlag(BookEffects.SnapshotWanted | BookEffects.Status));
        Assert.Equal((BookState.Stale, StatusReasons.FeedSilent), (_it.State, _it.Reason));
        Assert.Equal(0, _it.CountOf(BookEffects.SnapshotWanted, 9_000));
    }

    [Fact]
    public void The_next_good_message_makes_a_stale_book_live_and_a_gap_does_not()
    {
        _it.Tick(16_000);
        _it.Update(11);
        Assert.Equal(BookState.Live, _it.State);

        _it.Tick(16_000);
        _it.Update(13);
        Assert.Equal((BookState.Resyncing, StatusReasons.Gap), (_it.State, _it.Reason));
    }

    [Fact]
    public void A_comparison_that_matches_leaves_the_deeper_levels_and_the_book_live()
    {
        _it.Update(11, 11, bid: 40, ask: 180);
        _it.Tick(16_000);

        _it.Snapshot(11);

        Assert.Equal(BookState.Live, _it.State);
        Assert.Equal(2, _it.Book.Bids.Count);
        Assert.Equal(0, _it.Book.Counters.VerifyMismatches);
    }

    [Theory]
    [InlineData(99, 110)]
    [InlineData(100, 111)]
    public void A_comparison_that_differs_replaces_the_book_and_is_counted(long bid, long ask)
    {
        _it.Tick(16_000);

        _it.Snapshot(10, bid, ask);

        Assert.Equal(BookState.Live, _it.State);
        Assert.Equal(1, _it.Book.Counters.VerifyMismatches);
        Assert.Equal(1, _it.Book.Bids.QuantityAt(new(bid)));
    }

    [Fact]
    public void A_slow_market_is_given_its_own_time()
    {
        for (var number = 11; number < 60; number++)
        {
            _it.Now += 10_000;
            _it.Update(number);
        }

        _it.Tick(100_000);
        Assert.True(_it.Book.IsLive);
        _it.Tick(110_000);
        Assert.Equal(BookState.Stale, _it.State);
    }

    [Fact]
    public void Repeated_old_messages_do_not_hide_silence()
    {
        for (var i = 0; i < 17; i++)
        {
            _it.Now += 1000;
            _it.Update(10);
            _it.Tick(0);
        }

        Assert.Equal(BookState.Stale, _it.State);
    }

    [Fact]
    public void A_clock_that_steps_back_breaks_nothing()
    {
        _it.Now -= 3_600_000;
        _it.Update(11);
        Assert.True(_it.Book.IsLive);
        Assert.Equal(TimeSpan.Zero, _it.Book.AgeAt(OrderBookHarness.At(_it.Now - 5)));

        _it.Tick(15_002);
        Assert.Equal(BookState.Stale, _it.State);
        _it.Update(12);
        Assert.True(_it.Book.IsLive);
    }

    [Fact]
    public void A_snapshot_that_never_comes_is_asked_for_again_after_the_timeout()
    {
        _it.Update(12);

        Assert.Equal(0, _it.CountOf(BookEffects.SnapshotWanted, 9_900));
        Assert.Equal(1, _it.CountOf(BookEffects.SnapshotWanted, 10_000));
    }

    [Fact]
    public void A_book_that_breaks_after_every_snapshot_wants_a_new_connection_and_rests()
    {
        var (snapshots, reconnects, sequence) = (0, 0, 100);
        for (var i = 0; i < 1200; i++)
        {
            // 50 ms a step: one minute. Every answer is followed by a gap: three tries, then rests of 20 s, 40 s and 60 s.
            var effects = _it.Tick(50);
            while (effects.HasFlag(BookEffects.SnapshotWanted) && snapshots < 100)
            {
                snapshots++;
                reconnects += effects.HasFlag(BookEffects.ReconnectWanted) ? 1 : 0;
                _it.Snapshot(sequence += 10);
                effects = _it.Update(sequence + 5);
                sequence += 5;
            }

            reconnects += effects.HasFlag(BookEffects.ReconnectWanted) ? 1 : 0;
            _it.Update(sequence += 5);
        }

        Assert.InRange(snapshots, 3, 6);
        Assert.InRange(reconnects, 1, 3);
    }

    [Fact]
    public void Snapshots_that_stay_too_old_are_asked_for_ever_more_slowly_and_end_in_a_new_connection()
    {
        _it.Update(100);
        var (asked, reconnects) = (0, 0);
        for (var i = 0; i < 400; i++)
        {
            var effects = _it.Tick(50);
            if (effects.HasFlag(BookEffects.SnapshotWanted))
            {
                asked++;
                effects |= _it.Snapshot(50);
            }

            reconnects += effects.HasFlag(BookEffects.ReconnectWanted) ? 1 : 0;
        }

        Assert.InRange(asked, 1, 12);
        Assert.InRange(reconnects, 0, 2);
    }

    [Fact]
    public void An_announced_top_of_the_same_number_is_an_oracle()
    {
        _it.Top(10, 100, 110);
        Assert.Equal((1L, 0L), (_it.Book.Counters.TopsCompared, _it.Book.Counters.VerifyMismatches));

        Assert.True(_it.Top(10, 101, 110).HasFlag(BookEffects.SnapshotWanted));
        Assert.Equal((BookState.Resyncing, StatusReasons.VerifyMismatch), (_it.State, _it.Reason));
    }

    [Fact]
    public void A_top_announced_before_its_update_waits_for_it()
    {
        _it.Top(11, 105, 110);
        Assert.Equal(0, _it.Book.Counters.TopsCompared);

        _it.Update(11, 11, bid: 105);

        Assert.Equal((1L, 0L), (_it.Book.Counters.TopsCompared, _it.Book.Counters.VerifyMismatches));
    }

    [Fact]
    public void A_disconnect_forgets_what_was_kept_and_asks_for_nothing_until_updates_come()
    {
        _it.Update(12);
        _it.Status(BookState.Connecting, StatusReasons.Disconnected);

        Assert.Equal(0, _it.Book.KeptUpdates);
        Assert.Equal(0, _it.CountOf(BookEffects.SnapshotWanted, 60_000));
        _it.Status(BookState.Buffering, StatusReasons.AwaitingSnapshot);
        Assert.True(_it.Update(50).HasFlag(BookEffects.SnapshotWanted));
    }

    [Fact]
    public void A_malformed_frame_loses_the_thread_and_asks()
    {
        Assert.True(_it.Status(BookState.Resyncing, StatusReasons.Malformed).HasFlag(BookEffects.SnapshotWanted));
        Assert.Equal((BookState.Resyncing, StatusReasons.Malformed), (_it.State, _it.Reason));
    }

    [Fact]
    public void A_venue_that_limits_us_is_not_asked_before_its_time()
    {
        _it.Update(12);
        _it.Status(BookState.RateLimited, StatusReasons.RateLimited, until: _it.Now + 30_000);

        Assert.Equal(0, _it.CountOf(BookEffects.SnapshotWanted, 29_000));
        Assert.Equal(BookState.RateLimited, _it.State);
        Assert.Equal(1, _it.CountOf(BookEffects.SnapshotWanted, 2_000));
        Assert.Equal(BookState.Syncing, _it.State);
    }

    [Fact]
    public void A_limit_on_requests_leaves_a_live_book_live()
    {
        _it.Status(BookState.RateLimited, StatusReasons.RateLimited, until: _it.Now + 30_000);

        Assert.True(_it.Book.IsLive);
    }

    [Theory]
    [InlineData(BookState.Delisted)]
    [InlineData(BookState.Disabled)]
    [InlineData(BookState.GeoBlocked)]
    public void A_book_that_is_switched_off_is_empty_and_stays_off(BookState off)
    {
        _it.Status(off, StatusReasons.Delisted);
        _it.Update(11);
        _it.Snapshot(20);

        Assert.Equal(off, _it.State);
        Assert.Equal(0, _it.Book.Bids.Count + _it.Book.Asks.Count);
    }

    [Fact]
    public void No_feed_can_declare_a_book_live()
    {
        _it.Update(12);
        _it.Status(BookState.Live);

        Assert.Equal(BookState.Resyncing, _it.State);
    }
}
