using Omnibook.Tests.Time;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.Feed;

/// <summary>One connection takes over from another before the venue ends it.</summary>
public sealed class ReplacementTests
{
    private static readonly StreamPlan[] TwoBooks = [ScriptedVenue.Book(0), ScriptedVenue.Book(1)];
    private static readonly string[] NeverBroken =
        ["Connecting:connecting S0", "Connecting:connecting S1", "Buffering:awaiting-snapshot S0", "Buffering:awaiting-snapshot S1"];

    private static readonly ScriptedVenue Brief = new(ScriptedVenue.CalmRules with { MaxConnectionAge = TimeSpan.FromSeconds(100) });

    private static async Task<FakeVenueConnection> DeliveringAsync(FeedRig rig, int number, int sequence)
    {
        var connection = await rig.Server.ConnectionAsync(number);
        await connection.SendAsync($"d 0 {sequence}");
        await connection.SendAsync($"d 1 {sequence}");
        await rig.QueuedAsync($"update S1 {sequence}");
        return connection;
    }

    [Fact]
    public async Task Before_its_last_hour_a_connection_is_replaced_and_no_book_notices()
    {
        await using var rig = await FeedRig.StartAsync(TwoBooks, Brief);
        var first = await DeliveringAsync(rig, 0, 1);
        var age = await rig.HoldsAsync(() => rig.Server.Connections.Length == 2, TimeSpan.FromSeconds(101), "a second connection");
        Assert.InRange(age, TimeSpan.FromSeconds(94), TimeSpan.FromSeconds(101));
        Assert.False(first.HasEnded);

        var second = await rig.Server.ConnectionAsync(1);
        await second.SendAsync("d 0 2");
        await rig.QueuedAsync("update S0 2");
        await rig.PassAsync(TimeSpan.FromSeconds(2));
        Assert.False(first.HasEnded);
        await first.SendAsync("d 1 2");
        await rig.QueuedAsync("update S1 2");
        await second.SendAsync("d 1 3");
        await rig.QueuedAsync("update S1 3");

        await rig.HoldsAsync(() => first.HasEnded, TimeSpan.FromSeconds(2), "the first one goes");
        Assert.Equal(NeverBroken, rig.Queue.Statuses);
        Assert.Equal(["subscribe book S0", "subscribe book S1"], second.Received);
        Assert.Equal((1L, 0L), (rig.Feed.Status.Counts.Replacements, rig.Feed.Status.Counts.Reconnects));
    }

    [Fact]
    public async Task An_announced_shutdown_is_answered_at_once()
    {
        await using var rig = await FeedRig.StartAsync(TwoBooks);
        var first = await DeliveringAsync(rig, 0, 1);
        await first.SendAsync("c");
        await DeliveringAsync(rig, 1, 2);
        await rig.HoldsAsync(() => first.HasEnded, TimeSpan.FromSeconds(2), "the first one goes");
        Assert.Equal(NeverBroken, rig.Queue.Statuses);
    }

    [Fact]
    public async Task If_the_new_one_fails_the_old_one_is_kept_and_it_is_tried_again()
    {
        await using var rig = await FeedRig.StartAsync(TwoBooks);
        var first = await DeliveringAsync(rig, 0, 1);
        rig.Server.Refuse = _ => 503;
        await first.SendAsync("c");
        await Eventually.HoldsAsync(() => rig.Server.Handshakes == 2, "a failed try");
        await first.SendAsync("d 0 2");
        await rig.QueuedAsync("update S0 2");
        rig.Server.Refuse = _ => null;
        await rig.HoldsAsync(() => rig.Server.Connections.Length == 2, TimeSpan.FromSeconds(41), "another try");
        await DeliveringAsync(rig, 1, 3);
        await rig.HoldsAsync(() => first.HasEnded, TimeSpan.FromSeconds(2), "the first one goes");
        Assert.Equal(NeverBroken, rig.Queue.Statuses);
    }

    [Fact]
    public async Task A_new_one_that_does_not_deliver_is_dropped()
    {
        await using var rig = await FeedRig.StartAsync(TwoBooks);
        var first = await DeliveringAsync(rig, 0, 1);
        await first.SendAsync("c");
        var second = await rig.Server.ConnectionAsync(1);
        await Eventually.HoldsAsync(() => second.Received.Length == 2, "it is subscribed");
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        await first.SendAsync("d 0 2");
        await first.SendAsync("d 1 2");
        await rig.QueuedAsync("update S1 2");
        await rig.HoldsAsync(() => second.HasEnded, TimeSpan.FromSeconds(32), "the second one goes");
        Assert.False(first.HasEnded);
        Assert.Equal(NeverBroken, rig.Queue.Statuses);
    }

    [Fact]
    public async Task If_the_old_one_dies_first_only_what_had_not_come_over_is_broken()
    {
        await using var rig = await FeedRig.StartAsync(TwoBooks);
        var first = await DeliveringAsync(rig, 0, 1);
        await first.SendAsync("c");
        var second = await rig.Server.ConnectionAsync(1);
        await second.SendAsync("d 0 2");
        await rig.QueuedAsync("update S0 2");
        first.Abort();
        await rig.QueuedAsync("Resyncing:disconnected S1", TimeSpan.FromSeconds(2));
        await second.SendAsync("d 1 7");
        await rig.QueuedAsync("update S1 7");
        Assert.Equal([.. NeverBroken, "Resyncing:disconnected S1"], rig.Queue.Statuses);
        Assert.Equal(2, rig.Server.Connections.Length);
    }

    [Fact]
    public async Task A_reconnect_that_the_market_asks_for_waits_until_the_connection_has_stood_for_a_while()
    {
        await using var rig = await FeedRig.StartAsync(TwoBooks);
        var first = await DeliveringAsync(rig, 0, 1);
        rig.Feed.RequestReconnect("S0 cannot be repaired");
        rig.Feed.RequestReconnect("S0 cannot be repaired");
        var waited = await rig.HoldsAsync(() => rig.Server.Connections.Length == 2, TimeSpan.FromSeconds(32), "another connection");
        Assert.InRange(waited, TimeSpan.FromSeconds(29), TimeSpan.FromSeconds(31));
        await DeliveringAsync(rig, 1, 2);
        await rig.HoldsAsync(() => first.HasEnded, TimeSpan.FromSeconds(2), "the first one goes");
        await rig.PassAsync(TimeSpan.FromSeconds(40));
        Assert.Equal(2, rig.Server.Connections.Length);
    }
}
