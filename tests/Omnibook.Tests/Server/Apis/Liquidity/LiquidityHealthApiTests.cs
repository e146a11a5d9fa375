using System.Text.Json;
using Omnibook.Server.Apis.Health;

namespace Omnibook.Tests.Server.Apis.Liquidity;

public sealed class LiquidityHealthApiTests
{
    [Theory]
    [InlineData("/api/health")]
    [InlineData("/liquidity/api/health")]
    public async Task It_says_how_the_default_symbol_is(string path)
    {
        await using var host = await LiquidityHost.StartAsync();
        await host.FeedGoldenBooksAsync();
        await host.TickAsync();

        var health = await host.GetAsync(path);

        Assert.Equal(
            "status,timestamp,websocket_clients,system_status,venue_status,venues,buffers,tick_hz,last_tick_ms",
            string.Join(',', health.EnumerateObject().Select(field => field.Name)));
        Assert.Equal(("healthy", "live"), (health.GetProperty("status").GetString(), health.GetProperty("system_status").GetString()));
        Assert.Equal("""{"binance":true,"coinbase":true}""", health.GetProperty("venue_status").GetRawText());
        Assert.Equal(500, health.GetProperty("venues").GetProperty("binance").GetProperty("age_ms").GetInt32());
        Assert.Equal("""{"size":0,"capacity":50000,"utilization":0}""", health.GetProperty("buffers").GetProperty("coinbase").GetRawText());
        Assert.Equal(2, health.GetProperty("tick_hz").GetInt32());
        Assert.Equal(host.Time.GetUtcNow().ToUnixTimeMilliseconds(), health.GetProperty("last_tick_ms").GetInt64());
    }

    [Fact]
    public async Task A_venue_without_connection_is_down_however_fresh_its_book_is_and_says_why()
    {
        await using var host = await LiquidityHost.StartAsync(venues: [new VenueHealth("coinbase", "its instruments are not known yet: refused", null, [], [])]);
        await host.FeedGoldenBooksAsync();
        await host.TickAsync();

        var health = await host.GetAsync("/api/health");

        Assert.Equal("""{"binance":true,"coinbase":false}""", health.GetProperty("venue_status").GetRawText());
        Assert.Equal("its instruments are not known yet: refused", health.GetProperty("venues").GetProperty("coinbase").GetProperty("last_error").GetString());
    }

    [Fact]
    public async Task Before_anything_is_known_it_answers_all_the_same()
    {
        await using var host = await LiquidityHost.StartAsync();
        var health = await host.GetAsync("/api/health");

        Assert.Equal(("warming", 0L), (health.GetProperty("system_status").GetString(), health.GetProperty("last_tick_ms").GetInt64()));
        Assert.Equal(JsonValueKind.Null, health.GetProperty("venues").GetProperty("binance").GetProperty("age_ms").ValueKind);
        Assert.True(health.GetProperty("venues").GetProperty("binance").GetProperty("stale").GetBoolean());
    }
}
