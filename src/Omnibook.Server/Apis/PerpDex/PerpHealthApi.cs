using System.Text.Json.Serialization;
using Omnibook.Server.Apis.Health;
using Omnibook.Server.Apis.PerpDex.Live;
using Omnibook.Server.Apis.PerpDex.Prices;
using Omnibook.Server.Redis;

namespace Omnibook.Server.Apis.PerpDex;

/// <summary><c>GET /api/v1/health</c> and <c>/health/detailed</c>: always 200, and nobody outside is asked.</summary>
internal static class PerpHealthApi
{
    private const string Service = "perp-dex-aggregator";

    /// <summary>Maps the routes.</summary>
    public static void MapPerpHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/health", _ => Task.FromResult(Results.Json(new PerpHealth("healthy", Service), PerpJson.Default.PerpHealth)))
            .Describe("Whether the server answers", "The dialect's own health route; the root's /health says everything.")
            .Answers(StatusCodes.Status200OK, "Always.", """{"status":"healthy","service":"perp-dex-aggregator"}""");
        routes.MapRead("/health/detailed", ReadAsync)
            .Describe(
                "Which dexes are connected",
                "`degraded` when any dex is not, or when Redis is used and not well; `disabled` is no trouble. `cached_pairs` are pairs with a fresh price.")
            .Answers(
                StatusCodes.Status200OK,
                "Always.",
                """{"status":"degraded","service":"perp-dex-aggregator","components":{"redis":{"status":"disabled"},"dex_connections":{"hyperliquid":true,"lighter":false},"websocket":{"status":"healthy","active_connections":3,"cached_pairs":2}}}""");
    }

    /// <summary>Dex by dex, whether it is connected; one that this server does not follow is not.</summary>
    public static IReadOnlyDictionary<string, bool> Connections(HealthSources health)
    {
        var venues = health.Venues();
        return Dexes.All.ToDictionary(dex => dex.Name, dex => venues.Any(venue => venue.Key == dex.Venue.Key && venue.IsConnected), StringComparer.Ordinal);
    }

    private static async Task<IResult> ReadAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var services = context.RequestServices;
        var connections = Connections(services.GetRequiredService<HealthSources>());
        var pairs = await services.GetRequiredService<PriceDesk>().PairsAsync(context.RequestAborted);
        var sockets = new SocketHealth("healthy", services.GetRequiredService<PairStreams>().Clients, pairs.Count);
        var redis = RedisHealth.Of(services.GetRequiredService<RedisState>());
        var status = connections.Values.All(isConnected => isConnected) && redis.Status != RedisHealth.Unhealthy ? "healthy" : "degraded";
        return Results.Json(
            new PerpHealthDetail(status, Service, new PerpComponents(redis, connections, sockets)), PerpJson.Default.PerpHealthDetail);
    }
}

/// <summary>That the server answers.</summary>
/// <param name="Status">Always <c>healthy</c>.</param>
/// <param name="Service">What the dialect calls itself.</param>
internal sealed record PerpHealth(string Status, string Service);

/// <summary>How the dialect is doing.</summary>
/// <param name="Status"><c>healthy</c>, or <c>degraded</c> when a dex is not connected or Redis is unhealthy.</param>
/// <param name="Service">What the dialect calls itself.</param>
/// <param name="Components">Its parts.</param>
internal sealed record PerpHealthDetail(string Status, string Service, PerpComponents Components);

/// <summary>The parts of the dialect.</summary>
/// <param name="Redis">The cache that the original could not start without.</param>
/// <param name="DexConnections">Dex by dex, whether it is connected.</param>
/// <param name="Websocket">Its sockets.</param>
internal sealed record PerpComponents(
    RedisHealth Redis, IReadOnlyDictionary<string, bool> DexConnections, [property: JsonPropertyName("websocket")] SocketHealth Websocket);

/// <summary>Redis.</summary>
/// <param name="Status"><c>disabled</c>, <c>healthy</c> or <c>unhealthy</c>.</param>
/// <param name="Error">What is wrong; absent when nothing is.</param>
internal sealed record RedisHealth(
    string Status, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error = null)
{
    /// <summary>Configured, and not there or refusing.</summary>
    public const string Unhealthy = "unhealthy";

    /// <summary>What is known of it.</summary>
    public static RedisHealth Of(RedisState redis) =>
        !redis.IsEnabled ? new RedisHealth("disabled")
        : redis.Status is { IsConnected: true, Reason.Length: 0 } ? new RedisHealth("healthy")
        : new RedisHealth(Unhealthy, redis.Status.Reason);
}

/// <summary>The sockets.</summary>
/// <param name="Status">Always <c>healthy</c>.</param>
/// <param name="ActiveConnections">How many are open.</param>
/// <param name="CachedPairs">How many pairs have a fresh price.</param>
internal sealed record SocketHealth(string Status, int ActiveConnections, int CachedPairs);
