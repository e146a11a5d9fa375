using System.Net;
using System.Net.Sockets;
using Omnibook.Tests.Time;
using Omnibook.Venues;
using Omnibook.Venues.Feed;

namespace Omnibook.Tests.Venues.Feed;

/// <summary>Connections that do not come about.</summary>
public sealed class HandshakeTests
{
    private static readonly StreamPlan[] OneBook = [ScriptedVenue.Book(0)];

    [Theory]
    [InlineData(403)]
    [InlineData(451)]
    public async Task A_venue_that_refuses_our_address_is_asked_every_quarter_of_an_hour_and_complained_of_once_an_hour(int status)
    {
        await using var rig = await FeedRig.StartAsync(OneBook, script: server => server.Refuse = _ => status);
        await rig.QueuedAsync("GeoBlocked:geo-blocked S0");
        Assert.Equal(FeedState.GeoBlocked, rig.Feed.Status.State);
        Assert.Equal(rig.Clock.GetUtcNow() + TimeSpan.FromMinutes(15), rig.Feed.Status.Until);
        await rig.PassAsync(TimeSpan.FromMinutes(61));
        Assert.InRange(rig.Server.Handshakes, 4, 5);
        Assert.InRange(rig.Notices.Count(notice => notice.Level == NoticeLevel.Warning), 1, 2);
    }

    [Fact]
    public async Task A_venue_that_opens_again_after_a_geo_block_is_followed()
    {
        int? refusal = 451;
        await using var rig = await FeedRig.StartAsync(OneBook, script: server => server.Refuse = _ => refusal);
        await rig.QueuedAsync("GeoBlocked:geo-blocked S0");
        refusal = null;
        await rig.QueuedAsync("Buffering:awaiting-snapshot S0", TimeSpan.FromMinutes(16));
        Assert.Equal(FeedState.Connected, rig.Feed.Status.State);
    }

    [Theory]
    [InlineData(429, "7", 7)]
    [InlineData(418, "200", 200)]
    [InlineData(418, null, 120)]
    [InlineData(429, null, 60)]
    public async Task A_venue_that_says_too_often_is_left_alone_for_as_long_as_it_says(int status, string? retryAfter, int seconds)
    {
        await using var rig = await FeedRig.StartAsync(OneBook, script: server => server.Refuse = context =>
        {
            context.Response.Headers.RetryAfter = retryAfter;
            return server.Handshakes == 1 ? status : null;
        });
        await rig.QueuedAsync("RateLimited:rate-limited S0");
        Assert.Equal(FeedState.RateLimited, rig.Feed.Status.State);
        Assert.Equal(rig.Clock.GetUtcNow() + TimeSpan.FromSeconds(seconds), rig.Feed.Status.Until);
        var waited = await rig.HoldsAsync(() => rig.Server.Handshakes == 2, TimeSpan.FromMinutes(5), "another try");
        Assert.InRange(waited, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds + 2));
    }

    [Fact]
    public async Task Any_other_refusal_is_answered_with_growing_pauses()
    {
        await using var rig = await FeedRig.StartAsync(OneBook, script: server => server.Refuse = _ => 503);
        await rig.QueuedAsync("Connecting:refused S0");
        await rig.PassAsync(TimeSpan.FromMinutes(10));
        Assert.InRange(rig.Server.Handshakes, 15, 25);
        Assert.Contains("503", rig.Feed.Status.Reason, StringComparison.Ordinal);
        Assert.Equal(rig.Server.Handshakes, rig.Feed.Status.FailedAttempts);
    }

    [Fact]
    public async Task A_handshake_that_hangs_is_given_up_after_ten_seconds()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var clock = new ManualTimeProvider();
        var queue = new RecordingQueue();
        using var rest = new RestClient(new Uri("http://127.0.0.1:1"), ScriptedVenue.CalmRules, clock);
        var plan = new ConnectionPlan("public-0", new Uri($"ws://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/ws"), OneBook);
        await using var feed = new VenueFeed(new ScriptedVenue(), plan, rest, queue, clock);
        feed.Start();
        using var silent = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        var waited = await clock.HoldsAsync(() => feed.Status.FailedAttempts == 1, TimeSpan.FromSeconds(12), "a failure");
        Assert.InRange(waited, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(11));
        Assert.Contains("did not complete the handshake", feed.Status.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_at_home_is_said_in_plain_words()
    {
        var clock = new ManualTimeProvider();
        var queue = new RecordingQueue();
        using var rest = new RestClient(new Uri("http://127.0.0.1:1"), ScriptedVenue.CalmRules, clock);
        var plan = new ConnectionPlan("public-0", new Uri("ws://127.0.0.1:1/ws"), OneBook);
        await using var feed = new VenueFeed(new ScriptedVenue(), plan, rest, queue, clock);
        feed.Start();
        await Eventually.HoldsAsync(() => feed.Status.FailedAttempts >= 1, "a failure");
        Assert.Contains("cannot be reached", feed.Status.Reason, StringComparison.Ordinal);
        Assert.True(queue.Has("Connecting:connecting S0"));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused()
    {
        await using var server = await FakeVenueServer.StartAsync(secure: true);
        var clock = new ManualTimeProvider();
        var queue = new RecordingQueue();
        using var rest = new RestClient(server.Rest, ScriptedVenue.CalmRules, clock);
        await using var feed = new VenueFeed(
            new ScriptedVenue(), new ConnectionPlan("public-0", server.Socket, OneBook), rest, queue, clock);
        feed.Start();
        await Eventually.HoldsAsync(() => queue.Has("Connecting:tls S0"), () => $"the refusal, but: {feed.Status.Reason}");
        Assert.Equal(0, server.Handshakes);
    }
}
