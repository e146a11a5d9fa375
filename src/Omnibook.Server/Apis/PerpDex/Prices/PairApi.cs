using Omnibook.Server.Apis.PerpDex.Live;

namespace Omnibook.Server.Apis.PerpDex.Prices;

/// <summary><c>GET /api/v1/prices/pairs</c> and <c>/stats</c>: which pairs have prices now, and who listens.</summary>
internal static class PairApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapPairs(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/prices/pairs", ReadPairsAsync)
            .Describe("Pairs that have prices now", "Every pair that is followed and has a fresh book at one dex at least. Other pairs are followed once somebody asks for them.")
            .Answers(StatusCodes.Status200OK, "The pairs.", """["BTC-USD","ETH-USD"]""");
        routes.MapRead("/prices/stats", ReadStatsAsync)
            .Describe("Pairs and who listens", "`active_connections` are open sockets of this dialect, `subscribers` those that follow the pair.")
            .Answers(
                StatusCodes.Status200OK,
                "The pairs.",
                """{"total_pairs":2,"active_connections":3,"pair_details":{"BTC-USD":{"dex_count":2,"subscribers":1},"ETH-USD":{"dex_count":2,"subscribers":0}}}""");
    }

    private static async Task<IResult> ReadPairsAsync(HttpContext context)
    {
        var pairs = await PairsAsync(context);
        return Results.Json([.. pairs.Keys], PerpJson.Default.StringArray);
    }

    private static async Task<IResult> ReadStatsAsync(HttpContext context)
    {
        var (pairs, streams) = (await PairsAsync(context), context.RequestServices.GetRequiredService<PairStreams>());
        var details = pairs.ToDictionary(pair => pair.Key, pair => new PairDetail(pair.Value, streams.SubscribersOf(pair.Key)), StringComparer.Ordinal);
        return Results.Json(new PairStats(pairs.Count, streams.Clients, details), PerpJson.Default.PairStats);
    }

    private static Task<SortedDictionary<string, int>> PairsAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return context.RequestServices.GetRequiredService<PriceDesk>().PairsAsync(context.RequestAborted);
    }
}

/// <summary>The pairs.</summary>
/// <param name="TotalPairs">How many have prices now.</param>
/// <param name="ActiveConnections">Open sockets of the dialect.</param>
/// <param name="PairDetails">Each of them.</param>
internal sealed record PairStats(int TotalPairs, int ActiveConnections, IReadOnlyDictionary<string, PairDetail> PairDetails);

/// <summary>A pair.</summary>
/// <param name="DexCount">How many dexes show a fresh price.</param>
/// <param name="Subscribers">How many sockets follow it.</param>
internal sealed record PairDetail(int DexCount, int Subscribers);
