using System.Net.WebSockets;
using Omnibook.Tests.Time;
using Omnibook.Venues;
using Omnibook.Venues.Feed;

namespace Omnibook.Tests.Venues.Feed;

/// <summary>Connecting, subscribing, handing on, ending.</summary>
public sealed class ConnectionTests
{
    private static readonly StreamPlan[] OneBook = [ScriptedVenue.Book(0)];
    private static readonly StreamPlan[] TwoBooksAndAMark = [ScriptedVenue.Book(0), ScriptedVenue.Book(1), ScriptedVenue.Mark(0)];
    private static readonly string[] EachOnce = ["subscribe book S0", "subscribe book S1", "subscribe mark S0"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Frames_come_out_as_events_in_their_order(bool blockingReads)
    {
        await using var rig = await FeedRig.StartAsync(OneBook, configure: options => options with { BlockingReads = blockingReads });
        var connection = await rig.Server.ConnectionAsync(0);
        await connection.SendAsync("d 0 1");
        await connection.SendAsync("d 0 2");
        await rig.QueuedAsync("update S0 2");
        Assert.Equal(["Connecting:connecting S0", "Buffering:awaiting-snapshot S0", "update S0 1", "update S0 2"], rig.Queue.Events);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(1011)]
    [InlineData(1012)]
    [InlineData(1013)]
    public async Task After_a_close_with_any_code_everything_is_subscribed_anew_exactly_once(int code)
    {
        await using var rig = await FeedRig.StartAsync(TwoBooksAndAMark);
        var first = await rig.Server.ConnectionAsync(0);
        await Eventually.HoldsAsync(() => first.Received.Length == 3, "the first subscriptions");
        await first.CloseAsync(code, "bye");

        var second = await rig.Server.ConnectionAsync(1);
        await Eventually.HoldsAsync(() => second.Received.Length >= 3, "the second subscriptions");
        await second.SendAsync("d 1 5");
        await rig.QueuedAsync("update S1 5");
        Assert.Equal(EachOnce, second.Received);
        Assert.Equal(
            [
                "Connecting:connecting S0", "Connecting:connecting S1", "Buffering:awaiting-snapshot S0", "Buffering:awaiting-snapshot S1",
                "Connecting:disconnected S0", "Connecting:disconnected S1", "Buffering:awaiting-snapshot S0", "Buffering:awaiting-snapshot S1",
            ],
            rig.Queue.Statuses);
        Assert.Contains(rig.Notices, notice => notice.Text.Contains($"{code}: bye", StringComparison.Ordinal));
        Assert.Equal(1, rig.Feed.Status.Counts.Reconnects);
    }

    [Fact]
    public async Task A_cut_line_is_connected_again_at_once()
    {
        await using var rig = await FeedRig.StartAsync(OneBook);
        (await rig.Server.ConnectionAsync(0)).Abort();
        await rig.Server.ConnectionAsync(1);
        Assert.Equal(TimeSpan.Zero, rig.Clock.Elapsed);
    }

    [Fact]
    public async Task A_policy_violation_is_answered_with_thirty_seconds_of_rest()
    {
        await using var rig = await FeedRig.StartAsync(OneBook);
        await (await rig.Server.ConnectionAsync(0)).CloseAsync(1008, "Too many requests");
        await rig.QueuedAsync("Connecting:disconnected S0");
        var waited = await rig.HoldsAsync(
            () => rig.Server.Connections.Length == 2, TimeSpan.FromSeconds(40), "a second connection");
        Assert.InRange(waited, TimeSpan.FromSeconds(29), TimeSpan.FromSeconds(33));
    }

    [Fact]
    public async Task A_flapping_venue_is_tried_less_and_less_often()
    {
        await using var rig = await FeedRig.StartAsync(OneBook);
        rig.Server.OnFrame = (connection, _) => connection.CloseAsync(1000);
        await rig.PassAsync(TimeSpan.FromMinutes(2));
        Assert.InRange(rig.Server.Connections.Length, 6, 16);
    }

    [Fact]
    public async Task A_task_of_an_old_connection_does_not_subscribe_on_the_new_one()
    {
        var venue = new ScriptedVenue(ScriptedVenue.CalmRules with { SendSpacing = TimeSpan.FromSeconds(5) });
        await using var rig = await FeedRig.StartAsync(TwoBooksAndAMark, venue);
        var first = await rig.Server.ConnectionAsync(0);
        await Eventually.HoldsAsync(() => first.Received.Length == 1, "one subscription, the others are paced");
        await first.CloseAsync(1001);

        var second = await rig.Server.ConnectionAsync(1);
        await rig.HoldsAsync(() => second.Received.Length >= 3, TimeSpan.FromSeconds(20), "all subscriptions");
        await rig.PassAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(EachOnce, second.Received);
        Assert.Single(first.Received);
    }

    [Fact]
    public async Task Frames_are_sent_no_faster_than_the_venue_allows()
    {
        var venue = new ScriptedVenue(ScriptedVenue.CalmRules with { SendSpacing = TimeSpan.FromSeconds(1) });
        await using var rig = await FeedRig.StartAsync(TwoBooksAndAMark, venue);
        var connection = await rig.Server.ConnectionAsync(0);
        var took = await rig.HoldsAsync(() => connection.Received.Length == 3, TimeSpan.FromSeconds(10), "three subscriptions");
        Assert.InRange(took, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task The_venues_ping_is_sent_at_its_interval()
    {
        var venue = new ScriptedVenue(ScriptedVenue.CalmRules with { Ping = "ping"u8.ToArray(), PingInterval = TimeSpan.FromSeconds(20) });
        await using var rig = await FeedRig.StartAsync(OneBook, venue);
        var connection = await rig.Server.ConnectionAsync(0);
        await Eventually.HoldsAsync(() => connection.Received.Length == 1, "the subscription");
        await rig.HoldsAsync(() => connection.Received.Count(frame => frame == "ping") == 3, TimeSpan.FromSeconds(65), "three pings");
    }

    [Fact]
    public async Task A_full_queue_makes_the_feed_wait_and_nothing_is_lost()
    {
        await using var rig = await FeedRig.StartAsync(OneBook);
        var connection = await rig.Server.ConnectionAsync(0);
        await connection.SendAsync("d 0 1");
        await rig.QueuedAsync("update S0 1");
        rig.Queue.Fill();
        for (var sequence = 2; sequence <= 50; sequence++)
        {
            await connection.SendAsync($"d 0 {sequence}");
        }

        await Eventually.HoldsAsync(() => rig.Feed.Status.Counts.Frames == 2, "the feed waits with the second frame");
        rig.Queue.MakeRoom();
        await rig.QueuedAsync("update S0 50");
        Assert.Equal(Enumerable.Range(1, 50).Select(sequence => $"update S0 {sequence}"), rig.Queue.Events.Where(text => text.StartsWith('u')));
    }

    [Fact]
    public async Task A_market_that_is_behind_does_not_make_the_venue_silent()
    {
        var venue = new ScriptedVenue(ScriptedVenue.CalmRules with { SilenceLimit = TimeSpan.FromSeconds(5) });
        await using var rig = await FeedRig.StartAsync(OneBook, venue);
        var connection = await rig.Server.ConnectionAsync(0);
        await rig.QueuedAsync("Buffering:awaiting-snapshot S0");
        rig.Queue.Fill();
        await connection.SendAsync("d 0 1");
        await Eventually.HoldsAsync(() => rig.Feed.Status.Counts.Frames == 1, "the feed waits");
        await rig.PassAsync(TimeSpan.FromSeconds(15));
        rig.Queue.MakeRoom();
        await rig.QueuedAsync("update S0 1");
        Assert.Equal(0, rig.Feed.Status.Counts.Reconnects);
    }

    [Fact]
    public async Task A_frame_beyond_the_limit_ends_the_connection_with_1009()
    {
        var venue = new ScriptedVenue(ScriptedVenue.CalmRules with { MaxFrameBytes = 300_000 });
        await using var rig = await FeedRig.StartAsync(OneBook, venue);
        var first = await rig.Server.ConnectionAsync(0);
        await first.SendAsync("d 0 7" + new string(' ', 200_000));
        await rig.QueuedAsync("update S0 7");
        var huge = first.SendAsync("d 0 8" + new string(' ', 3_000_000));
        await rig.Server.ConnectionAsync(1);
        await Task.WhenAny(huge, first.Ended);
        Assert.False(rig.Queue.Has("update S0 8"));
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, first.ClientCloseStatus);
    }

    [Fact]
    public async Task An_unreadable_frame_breaks_every_book_of_the_connection()
    {
        await using var rig = await FeedRig.StartAsync(TwoBooksAndAMark);
        var connection = await rig.Server.ConnectionAsync(0);
        await connection.SendAsync("{\"half");
        await rig.QueuedAsync("Resyncing:malformed S0");
        await rig.QueuedAsync("Resyncing:malformed S1");
        Assert.Equal(1, rig.Feed.Status.Counts.Malformed);
        Assert.Equal(0, rig.Feed.Status.Counts.Reconnects);
    }

    [Fact]
    public async Task Five_unreadable_frames_in_a_row_end_the_connection_but_not_five_among_good_ones()
    {
        await using var rig = await FeedRig.StartAsync(OneBook);
        var first = await rig.Server.ConnectionAsync(0);
        for (var frame = 0; frame < 10; frame++)
        {
            await first.SendAsync(frame % 2 == 0 ? "?" : "h");
        }

        await Eventually.HoldsAsync(() => rig.Feed.Status.Counts.Frames == 10, "ten frames");
        Assert.Single(rig.Server.Connections);
        for (var frame = 0; frame < 5; frame++)
        {
            await first.SendAsync("?");
        }

        await rig.Server.ConnectionAsync(1);
        Assert.True(rig.Queue.Has("Connecting:malformed S0"));
    }

    [Fact]
    public async Task A_session_that_throws_costs_one_connection_and_is_counted()
    {
        await using var rig = await FeedRig.StartAsync(OneBook);
        await (await rig.Server.ConnectionAsync(0)).SendAsync("x");
        var second = await rig.Server.ConnectionAsync(1);
        await second.SendAsync("d 0 1");
        await rig.QueuedAsync("update S0 1");
        Assert.Equal(1, rig.Feed.Status.Counts.Faults);
        Assert.Contains(rig.Notices, notice => notice is { Level: NoticeLevel.Error, Cause: InvalidOperationException });
    }

    [Fact]
    public async Task The_status_tells_what_a_person_wants_to_know()
    {
        await using var rig = await FeedRig.StartAsync(TwoBooksAndAMark);
        var connection = await rig.Server.ConnectionAsync(0);
        await connection.SendAsync("a 1");
        await connection.SendAsync("u");
        await connection.SendAsync("d 0 1");
        await Eventually.HoldsAsync(() => rig.Feed.Status.Counts.Frames == 3, "three frames");
        rig.Clock.Advance(TimeSpan.FromSeconds(2));
        var status = rig.Feed.Status;
        Assert.Equal(FeedState.Connected, status.State);
        Assert.Equal(ManualTimeProvider.DefaultStart, status.Since);
        Assert.Equal(TimeSpan.FromSeconds(2), status.FrameAge);
        Assert.Equal(TimeSpan.FromMilliseconds(40), status.Lag);
        Assert.Equal((3L, 9L, 1L), (status.Counts.Frames, status.Counts.Bytes, status.Counts.Unknown));
        Assert.Equal(
            [ChannelState.Delivering, ChannelState.Waiting, ChannelState.Subscribing], status.Channels.Select(channel => channel.State));
        Assert.Equal(TimeSpan.FromSeconds(2), status.Channels[0].DataAge);
    }

    [Fact]
    public async Task Disposal_leaves_no_timer_no_batch_and_no_socket()
    {
        var rig = await FeedRig.StartAsync(TwoBooksAndAMark, new ScriptedVenue(ScriptedVenue.CalmRules with { Ping = "ping"u8.ToArray() }));
        await using var server = rig.Server;
        var connection = await rig.Server.ConnectionAsync(0);
        await connection.SendAsync("d 0 1");
        await rig.QueuedAsync("update S0 1");
        rig.Feed.RequestSnapshot(FeedRig.Id(0));
        await rig.Feed.DisposeAsync();
        await Eventually.HoldsAsync(() => connection.HasEnded, "the server sees the end");
        Assert.Equal(WebSocketCloseStatus.NormalClosure, connection.ClientCloseStatus);
        Assert.Equal(FeedState.Stopped, rig.Feed.Status.State);
        Assert.Equal(0, rig.Queue.Rented);
        Assert.Equal(0, rig.Clock.ActiveTimers);
        rig.Rest.Dispose();
    }

    [Fact]
    public async Task Disposal_does_not_wait_for_a_full_queue()
    {
        var rig = await FeedRig.StartAsync(OneBook);
        await using var server = rig.Server;
        var connection = await rig.Server.ConnectionAsync(0);
        await rig.QueuedAsync("Buffering:awaiting-snapshot S0");
        rig.Queue.Fill();
        await connection.SendAsync("d 0 1");
        await Eventually.HoldsAsync(() => rig.Feed.Status.Counts.Frames == 1, "the feed waits");
        await rig.Feed.DisposeAsync();
        Assert.Equal(0, rig.Queue.Rented);
        rig.Rest.Dispose();
    }
}
