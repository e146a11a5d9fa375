using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Apis.Health;
using Omnibook.Tests.Server.Apis.Nbbo;
using Omnibook.Venues.Feed;

namespace Omnibook.Tests.Server.Apis;

public sealed class HealthApiTests
{
    [Fact]
    public async Task Everything_in_order_is_healthy()
    {
        await using var host = await NbboHost.StartAsync(venues: [Venue(FeedState.Connected, "")]);
        await host.FeedGoldenBooksAsync();
        await host.AdvanceAsync(TimeSpan.FromSeconds(5));

        var health = await host.GetAsync("/health");
        Assert.Equal("healthy", health.GetProperty("status").GetString());
        Assert.True(health.GetProperty("ok").GetBoolean());
        Assert.True(health.GetProperty("exchanges").GetProperty("hyperliquid-testnet").GetBoolean());
        Assert.Equal("demo", health.GetProperty("mode").GetString());
        Assert.Equal("1.2.3", health.GetProperty("version").GetString());
        Assert.Equal(5, health.GetProperty("uptime_seconds").GetInt64());
        Assert.True(health.GetProperty("storage").GetProperty("ok").GetBoolean());
        var book = health.GetProperty("books")[0];
        Assert.Equal("merrli:BTC", book.GetProperty("symbol").GetString());
        Assert.Equal("live", book.GetProperty("state").GetString());
        Assert.Equal(5000, book.GetProperty("ageMs").GetInt64());
        Assert.Equal(1, book.GetProperty("lastSeq").GetInt64());
        Assert.Equal(0, book.GetProperty("resyncs").GetInt64());
        Assert.Empty(host.Rest.Asked);
    }

    [Fact]
    public async Task A_book_that_is_not_live_is_degraded_and_says_why_and_it_is_still_200()
    {
        await using var host = await NbboHost.StartAsync(venues: [Venue(FeedState.Connected, "")]);
        await host.FeedGoldenBooksAsync();
        await host.StatusAsync(host.Sekaw, BookState.Resyncing, StatusReasons.Gap);

        var health = await host.GetAsync("/health");
        Assert.Equal("degraded", health.GetProperty("status").GetString());
        var book = health.GetProperty("books")[1];
        Assert.NotEqual("live", book.GetProperty("state").GetString());
        Assert.Equal("gap", book.GetProperty("reason").GetString());
        Assert.Contains("an update is missing", book.GetProperty("words").GetString(), StringComparison.Ordinal);
        Assert.Equal(host.Time.GetUtcNow().ToUnixTimeMilliseconds(), book.GetProperty("since_ms").GetInt64());
    }

    [Fact]
    public async Task A_venue_that_cannot_be_reached_says_what_is_wrong()
    {
        await using var host = await NbboHost.StartAsync(venues: [Venue(FeedState.Waiting, "the venue's name cannot be resolved")]);
        var health = await host.GetAsync("/health");
        Assert.Equal("degraded", health.GetProperty("status").GetString());
        Assert.False(health.GetProperty("exchanges").GetProperty("hyperliquid-testnet").GetBoolean());
        var venue = health.GetProperty("venues").GetProperty("hyperliquid-testnet");
        Assert.Equal("public-0: the venue's name cannot be resolved", venue.GetProperty("reason").GetString());
        Assert.Equal("waiting", venue.GetProperty("connections")[0].GetProperty("state").GetString());
    }

    [Fact]
    public async Task Bug_003_12_a_connection_that_failed_too_often_is_called_down()
    {
        await using var host = await NbboHost.StartAsync(venues: [Venue(FeedState.Waiting, "no route", failedAttempts: 10)]);
        var venue = (await host.GetAsync("/health")).GetProperty("venues").GetProperty("hyperliquid-testnet");
        Assert.Equal("public-0: down, 10 tries failed: no route", venue.GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData(FeedState.Connected, true, "", "pushed")]
    [InlineData(FeedState.Connected, false, "", "the socket is open and has brought none yet, the history is asked instead")]
    [InlineData(FeedState.Waiting, false, "", "the socket is not open, the history is asked instead")]
    [InlineData(FeedState.Connected, true, "503", "pushed; the history cannot be read: 503")]
    public async Task News_says_how_it_comes_and_is_no_exchange(FeedState state, bool isHeard, string trouble, string words)
    {
        var news = new NewsPollStatus(DateTimeOffset.UnixEpoch, trouble, isHeard, 1, 2);
        await using var host = await NbboHost.StartAsync(venues:
        [
            Venue(FeedState.Connected, ""),
            Venue(state, "") with { Key = "treeofalpha", Feeds = [Venue(state, "").Feeds[0] with { Channels = [] }], News = news },
        ]);
        var health = await host.GetAsync("/health");
        var venue = health.GetProperty("venues").GetProperty("treeofalpha");
        Assert.Equal(words, venue.GetProperty("news").GetProperty("words").GetString());
        Assert.Equal((isHeard, 2), (venue.GetProperty("news").GetProperty("pushed").GetBoolean(), venue.GetProperty("news").GetProperty("unreadable").GetInt32()));
        Assert.False(health.GetProperty("exchanges").TryGetProperty("treeofalpha", out _));
        Assert.False(health.GetProperty("venues").GetProperty("hyperliquid-testnet").TryGetProperty("news", out _));
        Assert.Equal(0, health.GetProperty("news").GetProperty("items").GetInt64());
    }

    [Fact]
    public async Task It_is_live_at_once_and_ready_when_a_book_is_live()
    {
        await using var host = await NbboHost.StartAsync();
        await host.GetAsync("/health/live");
        var waiting = await host.GetAsync("/health/ready", 503);
        Assert.Contains("merrli:BTC connecting", waiting.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await host.FeedGoldenBooksAsync();
        Assert.Equal("ready", (await host.GetAsync("/health/ready")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_dialects_own_health_is_as_it_always_was()
    {
        await using var host = await NbboHost.StartAsync();
        Assert.Equal("""{"status":"ok"}""", await host.GetTextAsync("/nbbo/health"));
    }

    [Theory]
    [InlineData(BookState.RateLimited, "rate-limited")]
    [InlineData(BookState.GeoBlocked, "geo-blocked")]
    [InlineData(BookState.Live, "live")]
    public void A_state_is_written_in_lower_case_with_hyphens(BookState state, string name) => Assert.Equal(name, BookWords.NameOf(state));

    [Fact]
    public void Every_reason_has_words()
    {
        var reasons = typeof(StatusReasons).GetFields().Select(field => (string)field.GetRawConstantValue()!).Where(reason => reason.Length > 0);
        Assert.All(reasons, reason => Assert.Contains(' ', BookWords.Describe(new BookStatus(BookState.Stale, reason, default, default, 0))["stale: ".Length..]));
    }

    [Fact]
    public async Task The_figures_are_told_as_Prometheus_reads_them()
    {
        await using var host = await NbboHost.StartAsync(venues: [Venue(FeedState.Connected, "")]);
        await host.FeedGoldenBooksAsync();
        using var client = await Streams.RawClient.ConnectAsync(host.Address, "/ws/prices");
        await client.ReadTextAsync();

        var lines = (await host.GetTextAsync("/metrics")).Split('\n');
        Assert.Contains("# TYPE omnibook_ws_clients gauge", lines);
        Assert.Contains("omnibook_ws_clients 1", lines);
        Assert.Contains("omnibook_book_state{venue=\"hyperliquid-testnet\",symbol=\"merrli:BTC\",state=\"live\"} 1", lines);
        Assert.Contains("omnibook_resync_total{venue=\"hyperliquid-testnet\",symbol=\"merrli:BTC\"} 0", lines);
        Assert.Contains("omnibook_feed_frames_total{venue=\"hyperliquid-testnet\",connection=\"public-0\"} 42", lines);
        Assert.Contains(lines, line => line.StartsWith("omnibook_market_events_total ", StringComparison.Ordinal));
        Assert.All(lines.Where(line => line.Length > 0), line => Assert.Matches(@"^(# (HELP|TYPE) [a-z0-9_]+ .*|[a-z0-9_]+(\{.*\})? -?[0-9.E+-]+)$", line));
    }

    private static VenueHealth Venue(FeedState state, string reason, int failedAttempts = 0)
    {
        var counts = new FeedCounts(42, 1000, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0);
        var feed = new FeedStatus
        {
            Venue = new VenueId("hyperliquid-testnet"),
            Connection = "public-0",
            Address = new Uri("wss://api.hyperliquid-testnet.xyz/ws"),
            State = state,
            Since = DateTimeOffset.UnixEpoch,
            Reason = reason,
            FailedAttempts = failedAttempts,
            Channels = [],
            Counts = counts,
        };
        return new VenueHealth("hyperliquid-testnet", "", null, [], [feed]);
    }
}
