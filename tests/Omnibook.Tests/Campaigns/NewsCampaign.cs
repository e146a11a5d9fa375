using Omnibook.Simulator.Faults;
using Omnibook.Venues.Feed;

namespace Omnibook.Tests.Campaigns;

/// <summary>Every fault that a news venue can have: each item is told exactly once, and none is lost that the history still has.</summary>
public sealed class NewsCampaign
{
    private const string News = "news";

    public static TheoryData<string, FaultRequest[]> Faults => new()
    {
        { "lost frames", [new() { Fault = "gap", Channel = News, Count = 5 }] },
        { "frames twice", [new() { Fault = "duplicate", Count = 20 }] },
        { "frames in another order", [new() { Fault = "reorder", Count = 5 }] },
        { "broken frames", [new() { Fault = "malformed", Count = 3 }] },
        { "so many broken frames that the connection is given up", [new() { Fault = "malformed", Count = 10 }] },
        { "no UTF-8", [new() { Fault = "invalid-utf8", Count = 1 }] },
        { "a huge frame", [new() { Fault = "huge-frame", Count = 1, Bytes = 3 << 20 }] },
        { "a mute socket that still answers pings", [new() { Fault = "mute", DurationMs = 90_000 }] },
        { "a frozen socket", [new() { Fault = "stall", DurationMs = 60_000 }] },
        { "a close", [new() { Fault = "disconnect" }] },
        { "a reset", [new() { Fault = "reset" }] },
        { "a long absence of the socket", [new() { Fault = "refuse-handshake", DurationMs = 90_000 }, new() { Fault = "reset" }] },
        { "a long absence of everything", [new() { Fault = "refuse-handshake", DurationMs = 150_000 }, new() { Fault = "rest-status", DurationMs = 150_000 }, new() { Fault = "reset" }] },
        { "a history that lags behind", [new() { Fault = "stale-snapshot", LagMs = 30_000, DurationMs = 60_000 }, new() { Fault = "disconnect" }] },
        { "a history of HTML", [new() { Fault = "rest-status", Status = 200, Body = "html", DurationMs = 40_000 }, new() { Fault = "disconnect" }] },
        { "old news as new", [new() { Fault = "resend-news", Count = 1 }, new() { Fault = "reset" }] },
        { "strange texts", [new() { Fault = "strange-text", DurationMs = 60_000 }, new() { Fault = "disconnect" }] },
        { "a clock ahead", [new() { Fault = "clock-offset", OffsetMs = 5000, DurationMs = 60_000 }] },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Each_item_is_told_exactly_once(string name, FaultRequest[] faults)
    {
        await using var world = await NewsWorld.StartAsync();
        await world.WhenAsync(() => world.Poll.Status.IsHeard && world.Told.Count > 110, "the socket brings news");
        Array.ForEach(faults, world.Inject);
        await world.RunAsync(TimeSpan.FromSeconds(30));
        var took = await world.WhenWholeAsync();
        await world.WhenAsync(() => world.Poll.Status.IsHeard && world.Simulator.Find("treeofalpha").Faults.Active.Count == 0, "all is well again");
        await world.WhenWholeAsync();
        TestContext.Current.SendDiagnosticMessage(
            $"{name}: whole {took.TotalSeconds:0} s later, {world.Told.Count} told, {world.Requests.Length} requests, {world.Feed.Status.Counts.Reconnects} reconnects");
    }

    [Fact]
    public async Task At_the_start_the_latest_hundred_are_there_and_then_the_socket_tells()
    {
        await using var world = await NewsWorld.StartAsync();
        await world.WhenAsync(() => world.Told.Count >= 100, "the history is told");
        Assert.Equal("/api/news?limit=100", world.Requests[0]);
        Assert.All(world.Told.Take(100), item => Assert.True(item.IsFromHistory));
        Assert.Equal(world.Told.Take(100).Select(item => item.At).Order(), world.Told.Take(100).Select(item => item.At));
        await world.WhenAsync(() => world.Told.Any(item => !item.IsFromHistory), "the socket tells");
        await world.WhenAsync(() => world.Poll.Status.IsHeard, "it is noticed");
    }

    [Fact]
    public async Task While_the_socket_is_down_the_history_is_asked_every_twenty_seconds()
    {
        await using var world = await NewsWorld.StartAsync(TimeSpan.FromSeconds(5), new FaultRequest { Fault = "refuse-handshake" });
        await world.RunAsync(TimeSpan.FromSeconds(125));
        Assert.InRange(world.Requests.Length, 6, 8);
        Assert.NotEqual(FeedState.Connected, world.Feed.Status.State);
        Assert.False(world.Poll.Status.IsHeard);
        Assert.All(world.Told, item => Assert.True(item.IsFromHistory));
        await world.WhenWholeAsync();
    }

    [Fact]
    public async Task While_the_socket_tells_the_history_is_asked_once_a_minute()
    {
        await using var world = await NewsWorld.StartAsync(TimeSpan.FromSeconds(5));
        await world.WhenAsync(() => world.Poll.Status.IsHeard, "the socket tells");
        var before = world.Requests.Length;
        await world.RunAsync(TimeSpan.FromMinutes(3));
        Assert.InRange(world.Requests.Length - before, 2, 4);
        Assert.Equal(0, world.Feed.Status.Counts.Reconnects);
    }

    [Fact]
    public async Task A_socket_that_never_tells_is_not_believed_and_not_given_up()
    {
        await using var world = await NewsWorld.StartAsync(null, new FaultRequest { Fault = "mute" });
        await world.RunAsync(TimeSpan.FromMinutes(2));
        Assert.False(world.Poll.Status.IsHeard);
        Assert.Equal((FeedState.Connected, 0L), (world.Feed.Status.State, world.Feed.Status.Counts.Reconnects));
        Assert.NotEmpty(world.Told);
        await world.WhenWholeAsync();
    }

    [Fact]
    public async Task Silence_is_normal_as_long_as_pings_are_answered()
    {
        await using var world = await NewsWorld.StartAsync(TimeSpan.FromHours(2));
        await world.WhenAsync(() => world.Feed.Status.State == FeedState.Connected, "it is connected");
        await world.RunAsync(TimeSpan.FromMinutes(2));
        Assert.Equal((FeedState.Connected, 0L), (world.Feed.Status.State, world.Feed.Status.Counts.Reconnects));
        world.Inject(new FaultRequest { Fault = "stall" });
        await world.WhenAsync(() => world.Feed.Status.Counts.Reconnects > 0, "the missing pong is noticed");
        Assert.Contains(world.Notices, text => text.Contains("although the socket is open", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_hole_larger_than_a_page_is_filled_by_larger_pages()
    {
        await using var world = await NewsWorld.StartAsync(TimeSpan.FromMilliseconds(200));
        await world.WhenAsync(() => world.Poll.Status.IsHeard, "the socket tells");
        world.Inject(new FaultRequest { Fault = "refuse-handshake", DurationMs = 130_000 });
        world.Inject(new FaultRequest { Fault = "rest-status", DurationMs = 130_000 });
        world.Inject(new FaultRequest { Fault = "reset" });
        await world.RunAsync(TimeSpan.FromSeconds(135));
        await world.WhenWholeAsync();
        Assert.Contains("/api/news?limit=3000", world.Requests);
    }

    [Fact]
    public async Task A_history_that_does_not_answer_is_said_in_words_and_the_socket_tells_on()
    {
        await using var world = await NewsWorld.StartAsync(null, new FaultRequest { Fault = "rest-status", Status = 503 });
        await world.WhenAsync(() => world.Told.Count > 5 && world.Poll.Status.Trouble.Length > 0, "the socket tells");
        Assert.All(world.Told, item => Assert.False(item.IsFromHistory));
        Assert.Null(world.Poll.Status.LastAt);
        world.Simulator.ClearFaults();
        await world.WhenAsync(() => world.Poll.Status is { Trouble.Length: 0, LastAt: not null }, "the history answers again");
        await world.WhenWholeAsync();
    }
}
