using System.Globalization;
using System.Text.Json;
using Omnibook.Tests.Server.Commands;

namespace Omnibook.Tests.Server.Redis;

/// <summary>The keys and channels of contracts part 6.7, from a whole server in its own process.</summary>
public sealed class PriceRelayTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("omnibook-relay-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Prices_are_in_Redis_with_their_lives_and_on_their_channels()
    {
        using var redis = RedisServer.Start();
        using var listening = redis.Listen("price_updates:BTC-USD");
        var port = OmnibookProcess.FreePort();
        using var server = OmnibookProcess.Start(
            _folder.FullName, $"--demo --port {port} --cryexc-port 0", ("REDIS_URL", $"redis://127.0.0.1:{redis.Port}/0"), ("PRICE_CACHE_TTL", "5"));
        var aggregated = await ComesAsync(() => Task.FromResult(redis.Ask("GET aggregated_price:BTC-USD")), text => text.Contains("\"lighter\"", StringComparison.Ordinal), server);
        var root = JsonDocument.Parse(aggregated).RootElement;
        Assert.Equal("BTC-USD", root.GetProperty("pair").GetString());
        Assert.NotEqual(0, root.GetProperty("sources").GetArrayLength());
        Assert.InRange(Life(redis, "aggregated_price:BTC-USD"), 1, 5_000);

        var lighter = JsonDocument.Parse(await ComesAsync(() => Task.FromResult(redis.Ask("GET price:BTC-USD:lighter")), text => text.Length > 0, server)).RootElement;
        Assert.Equal("lighter", lighter.GetProperty("dex").GetString());
        Assert.InRange(Life(redis, "price:BTC-USD:lighter"), 30_000, 60_000);

        await ComesAsync(() => Task.FromResult(listening.Lines.Count(line => line.StartsWith("{\"pair\":\"BTC-USD\"", StringComparison.Ordinal))), count => count > 1, server);
        using var http = new HttpClient();
        var health = await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/health"), TestContext.Current.CancellationToken);
        Assert.True(JsonDocument.Parse(health).RootElement.GetProperty("redis").GetProperty("connected").GetBoolean());
        var detailed = await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/api/v1/health/detailed"), TestContext.Current.CancellationToken);
        Assert.Contains("\"redis\":{\"status\":\"healthy\"}", detailed, StringComparison.Ordinal);
        Assert.Contains("omnibook_redis_connected 1", await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics"), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        redis.Kill();
        await ComesAsync(
            () => http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/api/v1/health/detailed"), TestContext.Current.CancellationToken),
            text => text.Contains("\"redis\":{\"status\":\"unhealthy\",\"error\":", StringComparison.Ordinal) && text.Contains("\"status\":\"degraded\"", StringComparison.Ordinal),
            server);
        Assert.Contains("BTC-USD", await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/api/v1/prices/pairs"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static int Life(RedisServer redis, string key) => int.Parse(redis.Ask($"PTTL {key}"), CultureInfo.InvariantCulture);

    private static async Task<T> ComesAsync<T>(Func<Task<T>> read, Func<T, bool> isIt, OmnibookProcess server)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            if (await read() is var value && isIt(value))
            {
                return value;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"It did not come. {server.Errors}");
        return default;
    }
}
