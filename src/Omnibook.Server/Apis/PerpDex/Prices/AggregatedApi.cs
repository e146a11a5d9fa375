using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.PerpDex.Prices;

/// <summary><c>GET /api/v1/prices/aggregated/{pair}</c>: what a pair costs over all dexes.</summary>
internal static class AggregatedApi
{
    /// <summary>A pair at two dexes.</summary>
    public const string Example =
        """{"pair":"BTC-USD","best_bid":64992,"best_ask":64995,"best_bid_dex":"lighter","best_ask_dex":"lighter","mid":64993.5,"spread":3,"spread_bps":0.4616,"crossed":false,"sources":[{"pair":"BTC-USD","dex":"hyperliquid","bid":64990,"ask":65000,"last_price":64998,"volume_24h":2500000000,"funding_rate":0.0000125,"funding_interval_hours":1,"timestamp":"2025-01-15T12:00:00Z"},{"pair":"BTC-USD","dex":"lighter","bid":64992,"ask":64995,"last_price":64994,"volume_24h":900000000,"funding_rate":0.00001,"funding_interval_hours":1,"timestamp":"2025-01-15T12:00:00Z"}],"timestamp":"2025-01-15T12:00:00Z","warnings":[]}""";

    /// <summary>Maps the route.</summary>
    public static void MapAggregated(this IEndpointRouteBuilder routes) =>
        routes.MapRead("/prices/aggregated/{pair}", ReadAsync)
            .Describe(
                "What a pair costs over all dexes",
                "The highest bid and the lowest ask of all dexes whose book was updated within 30 s; `warnings` names those that are left out. "
                + "`volume_24h` is in dollars, `funding_rate` a fraction of one hour, positive when longs pay; what a dex does not tell is null. "
                + "A pair that nobody asked for yet begins to be followed: its first answer is 503, the next one a moment later is not.")
            .TakesPair()
            .Answers(StatusCodes.Status200OK, "The prices.", Example)
            .AnswersNoPrices();

    private static Task<IResult> ReadAsync(HttpContext context) => PairRoute.AnswerAsync(context, async pair =>
    {
        var services = context.RequestServices;
        var reading = await services.GetRequiredService<PriceDesk>().ReadAsync(pair, context.RequestAborted);
        return reading.Sources.Count == 0
            ? PairRoute.NoPrices(context, reading)
            : new FrameResult(PriceWriter.Aggregate(new FrameWriter(services.GetRequiredService<FramePool>()).Begin(), reading).Complete());
    });
}
