using Omnibook.Tests.Time;
using Omnibook.Venues;
using Omnibook.Venues.Feed;

namespace Omnibook.Tests.Venues.Feed;

/// <summary>Sockets that are open while something, or everything, stopped.</summary>
public sealed class SilenceTests
{
    private static readonly StreamPlan[] BookAndMark =
        [ScriptedVenue.Book(0), ScriptedVenue.Book(1), ScriptedVenue.Mark(0, TimeSpan.FromSeconds(3))];

    [Fact]
    public async Task A_socket_over_which_nothing_comes_makes_its_books_stale_and_is_replaced()
    {
        var venue = new ScriptedVenue(ScriptedVenue.CalmRules with { SilenceLimit = TimeSpan.FromSeconds(5) });
        await using var rig = await FeedRig.StartAsync([ScriptedVenue.Book(0)], venue);
        await (await rig.Server.ConnectionAsync(0)).SendAsync("d 0 1");
        await rig.QueuedAsync("update S0 1");
        var waited = await rig.QueuedAsync("Stale:feed-silent S0", TimeSpan.FromSeconds(6));
        Assert.InRange(waited, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5.5));
        await rig.Server.ConnectionAsync(1);
        await Eventually.HoldsAsync(() => rig.Queue.Statuses.Count() == 5, "the new connection");
        Assert.Equal(
            ["Stale:feed-silent S0", "Connecting:feed-silent S0", "Buffering:awaiting-snapshot S0"], rig.Queue.Statuses.Skip(2));
    }

    [Fact]
    public async Task Heartbeats_keep_the_socket_but_do_not_excuse_a_silent_book()
    {
        var venue = new ScriptedVenue(ScriptedVenue.CalmRules with { SilenceLimit = TimeSpan.FromSeconds(4) });
        await using var rig = await FeedRig.StartAsync([ScriptedVenue.Book(0, TimeSpan.FromSeconds(5)), ScriptedVenue.Book(1)], venue);
        var connection = await rig.Server.ConnectionAsync(0);
        await connection.SendAsync("d 0 1");
        for (var second = 0; second < 6; second++)
        {
            await connection.SendAsync("h");
            var frames = second + 2;
            await Eventually.HoldsAsync(() => rig.Feed.Status.Counts.Frames == frames, "the heartbeat");
            await rig.PassAsync(TimeSpan.FromSeconds(1));
        }

        Assert.True(rig.Queue.Has("Stale:channel-silent S0"));
        Assert.False(rig.Queue.Has("Stale:channel-silent S1"));
        Assert.Contains("resubscribe book S0", connection.Received);
        Assert.Single(rig.Server.Connections);
        Assert.Equal(ChannelState.Silent, rig.ChannelOf("book S0").State);
    }

    [Fact]
    public async Task A_channel_that_never_delivers_is_named_and_the_others_go_on()
    {
        await using var rig = await FeedRig.StartAsync(BookAndMark);
        var connection = await rig.Server.ConnectionAsync(0);
        await connection.SendAsync("d 0 1");
        await rig.QueuedAsync("update S0 1");
        await rig.HoldsAsync(() => rig.ChannelOf("mark S0").State == ChannelState.Silent, TimeSpan.FromSeconds(12), "the silence is found");
        Assert.Contains(rig.Notices, notice => notice.Level == NoticeLevel.Warning
            && notice.Text.Contains("mark S0 was subscribed and never delivered", StringComparison.Ordinal));
        await Eventually.HoldsAsync(() => connection.Received.Contains("resubscribe mark S0"), "another subscription");
        Assert.Equal(0, rig.Feed.Status.Counts.Reconnects);
        Assert.Equal(ChannelState.Delivering, rig.ChannelOf("book S0").State);
    }

    [Fact]
    public async Task A_channel_that_stays_silent_costs_one_replacement_and_no_more()
    {
        var venue = new ScriptedVenue(ScriptedVenue.CalmRules with { AcknowledgeTimeout = TimeSpan.FromSeconds(5) });
        StreamPlan[] streams = [ScriptedVenue.Mark(0, TimeSpan.FromSeconds(3)), ScriptedVenue.Mark(1)];
        await using var rig = await FeedRig.StartAsync(streams, venue, script: server => server.OnFrame = FeedRig.Acknowledging(streams));
        var first = await rig.Server.ConnectionAsync(0);
        await first.SendAsync("d 0 1");
        await rig.QueuedAsync("mark S0 1");
        await rig.HoldsAsync(() => rig.Server.Connections.Length == 2, TimeSpan.FromSeconds(20), "a replacement");
        await (await rig.Server.ConnectionAsync(1)).SendAsync("d 1 1");
        await rig.HoldsAsync(() => first.HasEnded, TimeSpan.FromSeconds(5), "the old one goes");
        await rig.PassAsync(TimeSpan.FromSeconds(40));
        Assert.Equal(2, rig.Server.Connections.Length);
        Assert.Equal(1, rig.Feed.Status.Counts.Replacements);
        Assert.Equal(0, rig.Feed.Status.Counts.Reconnects);
    }

    [Fact]
    public async Task A_stream_that_speaks_again_is_delivering_again()
    {
        await using var rig = await FeedRig.StartAsync([ScriptedVenue.Book(0, TimeSpan.FromSeconds(5))]);
        var connection = await rig.Server.ConnectionAsync(0);
        await connection.SendAsync("d 0 1");
        await rig.QueuedAsync("Stale:channel-silent S0", TimeSpan.FromSeconds(20));
        await connection.SendAsync("d 0 2");
        await rig.QueuedAsync("update S0 2");
        await rig.HoldsAsync(() => rig.ChannelOf("book S0").State == ChannelState.Delivering, TimeSpan.FromSeconds(1), "it is heard");
    }
}
