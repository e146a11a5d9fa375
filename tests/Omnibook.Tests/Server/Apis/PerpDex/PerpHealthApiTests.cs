using Omnibook.Server.Apis.Health;

namespace Omnibook.Tests.Server.Apis.PerpDex;

/// <summary>The dialect's own health routes.</summary>
public sealed class PerpHealthApiTests
{
    [Theory]
    [InlineData("/api/v1/health")]
    [InlineData("/api/v1/health/")]
    public async Task It_says_that_the_server_answers(string path)
    {
        await using var host = await PerpDexHost.StartAsync();
        Assert.Equal("""{"status":"healthy","service":"perp-dex-aggregator"}""", (await host.GetAsync(path)).GetRawText());
    }

    [Fact]
    public async Task Bug_004_1_without_redis_it_is_disabled_and_nothing_is_degraded()
    {
        await using var host = await PerpDexHost.StartAsync([Connected("hyperliquid"), Connected("lighter")]);
        await host.FeedGoldenAsync();
        Assert.Equal(
            """{"status":"healthy","service":"perp-dex-aggregator","components":{"redis":{"status":"disabled"},"dex_connections":{"hyperliquid":true,"lighter":true},"websocket":{"status":"healthy","active_connections":0,"cached_pairs":1}}}""",
            (await host.GetAsync("/api/v1/health/detailed")).GetRawText());
    }

    [Fact]
    public async Task A_dex_that_is_down_degrades_it()
    {
        await using var host = await PerpDexHost.StartAsync([Connected("hyperliquid"), new VenueHealth("lighter", "no answer", null, [], [])]);
        Assert.Equal(
            """{"status":"degraded","service":"perp-dex-aggregator","components":{"redis":{"status":"disabled"},"dex_connections":{"hyperliquid":true,"lighter":false},"websocket":{"status":"healthy","active_connections":0,"cached_pairs":0}}}""",
            (await host.GetAsync("/api/v1/health/detailed")).GetRawText());
    }

    private static VenueHealth Connected(string key) => new(key, "", null, [], []) { IsOnDemandAlone = true };
}
