using Omnibook.Core.Books;
using Omnibook.Core.Events;

namespace Omnibook.Tests.Core.Books;

/// <summary>A book that hears nothing, and a venue that can be asked whether there is anything to hear.</summary>
public sealed class QuietBookTests
{
    private readonly OrderBookHarness _it = new OrderBookHarness(BookOptions.Default with { QuietCheck = QuietCheck.BySnapshot }).Live();

    [Fact]
    public void The_venue_is_asked_halfway_and_the_book_stays_live()
    {
        Assert.Equal(BookEffects.None, _it.Tick(7_400));
        Assert.Equal(BookEffects.SnapshotWanted, _it.Tick(200));
        Assert.Equal((BookState.Live, StatusReasons.None), (_it.State, _it.Reason));
    }

    [Fact]
    public void The_same_number_and_the_same_levels_excuse_the_silence()
    {
        _it.Tick(8_000);
        Assert.True(_it.Snapshot(10).HasFlag(BookEffects.Excused));
        Assert.Equal((BookState.Live, StatusReasons.Quiet), (_it.State, _it.Reason));
        Assert.Equal(0, _it.Book.Counters.Resyncs);
        _it.Update(11);
        Assert.Equal((BookState.Live, StatusReasons.None), (_it.State, _it.Reason));
    }

    [Fact]
    public void A_market_that_stays_quiet_is_asked_about_less_and_less_and_never_less_than_once_a_minute()
    {
        List<long> waits = [];
        for (long waited = 0; waits.Count < 6; waited += 100)
        {
            if (_it.Tick(100).HasFlag(BookEffects.SnapshotWanted))
            {
                waits.Add((waited + 100) / 1000);
                waited = 0;
                _it.Snapshot(10);
            }
        }

        Assert.Equal([7, 15, 30, 60, 60, 60], waits);
    }

    [Fact]
    public void A_later_number_says_that_the_channel_is_mute()
    {
        _it.Tick(8_000);
        Assert.False(_it.Snapshot(12).HasFlag(BookEffects.Excused));
        Assert.Equal((BookState.Stale, StatusReasons.ChannelSilent, 12L), (_it.State, _it.Reason, _it.Book.Sequence));
        _it.Update(13);
        Assert.Equal(BookState.Live, _it.State);
    }

    [Fact]
    public void The_same_number_with_other_levels_replaces_the_book_and_is_counted()
    {
        _it.Tick(8_000);
        _it.Snapshot(10, bid: 99);
        Assert.Equal((BookState.Live, StatusReasons.None, 1L), (_it.State, _it.Reason, _it.Book.Counters.VerifyMismatches));
        Assert.Equal(0, _it.Book.Bids.QuantityAt(new(100)));
    }

    [Fact]
    public void Without_an_answer_the_book_is_stale_as_soon_as_any_other()
    {
        _it.Tick(8_000);
        _it.Tick(7_001);
        Assert.Equal((BookState.Stale, StatusReasons.FeedSilent), (_it.State, _it.Reason));
        _it.Snapshot(10);
        Assert.Equal((BookState.Live, StatusReasons.Quiet), (_it.State, _it.Reason));
    }

    [Fact]
    public void A_message_that_comes_before_the_answer_needs_none()
    {
        _it.Tick(8_000);
        _it.Update(11);
        Assert.Equal(0, _it.CountOf(BookEffects.SnapshotWanted, 7_000));
        _it.Snapshot(11);
        Assert.Equal(StatusReasons.None, _it.Reason);
    }
}
