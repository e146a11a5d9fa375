using Microsoft.AspNetCore.Http;
using Omnibook.Tests.Time;
using Omnibook.Venues;
using Omnibook.Venues.Feed;

namespace Omnibook.Tests.Venues.Feed;

/// <summary>Snapshots: one at a time, again until they come, and only for the connection for which they were asked.</summary>
public sealed class SnapshotRequestTests
{
    private static readonly StreamPlan[] TwoBooks = [ScriptedVenue.Book(0), ScriptedVenue.Book(1)];

    private static FeedOptions SoonAgain(FeedOptions options) => options with { GeoBlockRetry = TimeSpan.FromSeconds(20) };

    private static Task Answer(HttpContext context, int status, string body, string? retryAfter = null)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter = retryAfter;
        return context.Response.WriteAsync(body);
    }

    [Fact]
    public async Task Requests_for_one_book_are_one_request()
    {
        var gate = new TaskCompletionSource();
        await using var rig = await FeedRig.StartAsync(TwoBooks, script: server => server.OnRequest = async context =>
        {
            await gate.Task;
            await Answer(context, 200, "{\"sequence\":10}");
        });
        await rig.Server.ConnectionAsync(0);
        await rig.QueuedAsync("Buffering:awaiting-snapshot S1");
        for (var i = 0; i < 100; i++)
        {
            rig.Feed.RequestSnapshot(FeedRig.Id(0));
        }

        rig.Feed.RequestSnapshot(FeedRig.Id(1), RequestPriority.Watched);
        await Eventually.HoldsAsync(() => rig.Server.Requests.Count == 2, "two requests");
        gate.SetResult();
        await rig.QueuedAsync("snapshot S0 10");
        await rig.QueuedAsync("snapshot S1 10");
        Assert.Equal((2, 2L), (rig.Server.Requests.Count, rig.Feed.Status.Counts.Snapshots));
    }

    [Theory]
    [InlineData(500, "")]
    [InlineData(200, "<html>maintenance</html>")]
    [InlineData(200, "")]
    [InlineData(200, "{\"code\":-1003,\"msg\":\"too busy\"}")]
    [InlineData(302, "elsewhere")]
    public async Task A_failed_request_is_repeated_until_it_succeeds(int status, string body)
    {
        var failures = 3;
        await using var rig = await FeedRig.StartAsync(TwoBooks, script: server => server.OnRequest =
            context => failures-- > 0 ? Answer(context, status, body) : Answer(context, 200, "{\"sequence\":10}"));
        await rig.QueuedAsync("Buffering:awaiting-snapshot S0");
        rig.Feed.RequestSnapshot(FeedRig.Id(0));
        var waited = await rig.QueuedAsync("snapshot S0 10", TimeSpan.FromSeconds(5));
        Assert.Equal(3, rig.Queue.Count("Syncing:snapshot-failed S0"));
        Assert.Equal((4, 3L), (rig.Server.Requests.Count, rig.Feed.Status.Counts.SnapshotFailures));
        Assert.True(waited >= TimeSpan.FromMilliseconds(350 * 0.8), "50 + 100 + 200 ms, less a little chance");
    }

    [Fact]
    public async Task A_market_that_is_never_content_is_slowed_down()
    {
        await using var rig = await FeedRig.StartAsync(TwoBooks);
        await rig.QueuedAsync("Buffering:awaiting-snapshot S0");
        var end = rig.Clock.Elapsed + TimeSpan.FromMinutes(2);
        while (rig.Clock.Elapsed < end)
        {
            var before = rig.Queue.Count("snapshot S0 10");
            rig.Feed.RequestSnapshot(FeedRig.Id(0));
            await rig.HoldsAsync(() => rig.Queue.Count("snapshot S0 10") > before, TimeSpan.FromMinutes(2), "a snapshot");
        }

        // A book rests for longer of its own accord; this is the second brake.
        Assert.InRange(rig.Server.Requests.Count, 7, 20);
    }

    [Fact]
    public async Task A_snapshot_of_a_connection_that_ended_is_discarded_and_fetched_anew_if_wanted()
    {
        var gate = new TaskCompletionSource();
        var answers = 0;
        await using var rig = await FeedRig.StartAsync(TwoBooks, script: server => server.OnRequest = async context =>
        {
            var sequence = Interlocked.Increment(ref answers) == 1 ? 10 : 20;
            await (sequence == 10 ? gate.Task : Task.CompletedTask);
            await Answer(context, 200, $"{{\"sequence\":{sequence}}}");
        });
        await rig.QueuedAsync("Buffering:awaiting-snapshot S0");
        rig.Feed.RequestSnapshot(FeedRig.Id(0));
        await Eventually.HoldsAsync(() => rig.Server.Requests.Count == 1, "the request");
        (await rig.Server.ConnectionAsync(0)).Abort();
        await rig.Server.ConnectionAsync(1);
        await Eventually.HoldsAsync(() => rig.Queue.Count("Buffering:awaiting-snapshot S0") == 2, "the new connection");
        rig.Feed.RequestSnapshot(FeedRig.Id(0));
        gate.SetResult();
        await rig.QueuedAsync("snapshot S0 20", TimeSpan.FromSeconds(2));
        Assert.False(rig.Queue.Has("snapshot S0 10"));
        Assert.Equal(1, rig.Feed.Status.Counts.SnapshotsDiscarded);
    }

    [Fact]
    public async Task A_ban_is_kept_to_shown_and_ended_by_itself()
    {
        var refusals = 1;
        await using var rig = await FeedRig.StartAsync(TwoBooks, script: server => server.OnRequest =
            context => Interlocked.Decrement(ref refusals) >= 0 ? Answer(context, 429, "slow down", "7") : Answer(context, 200, "{\"sequence\":10}"));
        await rig.QueuedAsync("Buffering:awaiting-snapshot S0");
        rig.Feed.RequestSnapshot(FeedRig.Id(0));
        await rig.QueuedAsync("RateLimited:rate-limited S0");
        rig.Feed.RequestSnapshot(FeedRig.Id(1));
        await rig.QueuedAsync("RateLimited:rate-limited S1");
        Assert.Single(rig.Server.Requests);
        Assert.Equal(rig.Clock.GetUtcNow() + TimeSpan.FromSeconds(7), rig.Rest.BlockedUntil);
        var waited = await rig.QueuedAsync("snapshot S0 10", TimeSpan.FromSeconds(10));
        Assert.InRange(waited, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(8));
        await rig.QueuedAsync("snapshot S1 10", TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Closing_ends_the_wait_of_a_ban()
    {
        var rig = await FeedRig.StartAsync(TwoBooks, script: server => server.OnRequest =
            context => Answer(context, 418, "{\"code\":-1003,\"msg\":\"IP banned until 1795200000000.\"}"));
        await using var server = rig.Server;
        await rig.QueuedAsync("Buffering:awaiting-snapshot S0");
        rig.Feed.RequestSnapshot(FeedRig.Id(0));
        await rig.QueuedAsync("RateLimited:rate-limited S0");
        await rig.Feed.DisposeAsync();
        rig.Feed.RequestSnapshot(FeedRig.Id(0));
        Assert.Single(rig.Server.Requests);
        Assert.Equal(0, rig.Clock.ActiveTimers);
        rig.Rest.Dispose();
    }

    [Fact]
    public async Task A_geo_block_of_the_REST_host_switches_the_book_off_until_it_is_lifted()
    {
        var refusals = 1;
        await using var rig = await FeedRig.StartAsync(TwoBooks, configure: SoonAgain, script: server => server.OnRequest = context =>
            Interlocked.Decrement(ref refusals) >= 0 ? Answer(context, 451, "restricted location") : Answer(context, 200, "{\"sequence\":10}"));
        await rig.QueuedAsync("Buffering:awaiting-snapshot S0");
        rig.Feed.RequestSnapshot(FeedRig.Id(0));
        await rig.QueuedAsync("GeoBlocked:geo-blocked S0");
        await rig.QueuedAsync("snapshot S0 10", TimeSpan.FromSeconds(21));
        Assert.Equal(
            ["GeoBlocked:geo-blocked S0", "Buffering:awaiting-snapshot S0", "snapshot S0 10"], rig.Queue.Events.TakeLast(3));
    }

    [Fact]
    public async Task Where_the_venue_has_no_snapshots_the_stream_is_begun_anew()
    {
        await using var rig = await FeedRig.StartAsync(TwoBooks, new ScriptedVenue(hasSnapshots: false));
        var connection = await rig.Server.ConnectionAsync(0);
        await rig.QueuedAsync("Buffering:awaiting-snapshot S1");
        await Eventually.HoldsAsync(() => connection.Received.Length == 2, "the subscriptions");
        rig.Feed.RequestSnapshot(FeedRig.Id(1));
        await Eventually.HoldsAsync(() => connection.Received.Contains("resubscribe book S1"), "the stream begins anew");
        Assert.Empty(rig.Server.Requests);
        Assert.Equal(1, rig.Feed.Status.Counts.Resubscribes);
    }

    [Fact]
    public async Task A_book_of_another_feed_is_none_of_its_business()
    {
        await using var rig = await FeedRig.StartAsync(TwoBooks);
        await rig.QueuedAsync("Buffering:awaiting-snapshot S0");
        rig.Feed.RequestSnapshot(FeedRig.Id(9));
        rig.Feed.RequestSnapshot(FeedRig.Id(0));
        await rig.QueuedAsync("snapshot S0 10");
        Assert.Equal(["/snapshot?symbol=S0"], rig.Server.Requests);
    }
}
