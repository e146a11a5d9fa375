using Omnibook.Server.Apis.Health;

namespace Omnibook.Server.Apis.PerpDex.Trading;

/// <summary><c>GET /api/v1/trading/dex-status</c>: which dexes are connected.</summary>
internal static class DexStatusApi
{
    /// <summary>Maps the route.</summary>
    public static void MapDexStatus(this IEndpointRouteBuilder routes) =>
        routes.MapRead("/trading/dex-status", context => Task.FromResult(Read(context)))
            .Describe("Which dexes are connected", "`trading_available` when all are.")
            .Answers(
                StatusCodes.Status200OK,
                "The dexes.",
                """{"dex_connections":{"hyperliquid":true,"lighter":false},"trading_available":false,"available_dexs":["hyperliquid"],"unavailable_dexs":["lighter"]}""");

    private static IResult Read(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var connections = PerpHealthApi.Connections(context.RequestServices.GetRequiredService<HealthSources>());
        return Results.Json(
            new DexStatus(
                connections,
                connections.Values.All(isConnected => isConnected),
                [.. connections.Where(dex => dex.Value).Select(dex => dex.Key)],
                [.. connections.Where(dex => !dex.Value).Select(dex => dex.Key)]),
            PerpJson.Default.DexStatus);
    }
}

/// <summary>Which dexes are connected.</summary>
/// <param name="DexConnections">Dex by dex.</param>
/// <param name="TradingAvailable">Whether all are.</param>
/// <param name="AvailableDexs">Those that are.</param>
/// <param name="UnavailableDexs">Those that are not.</param>
internal sealed record DexStatus(
    IReadOnlyDictionary<string, bool> DexConnections, bool TradingAvailable, IReadOnlyList<string> AvailableDexs, IReadOnlyList<string> UnavailableDexs);
