using Omnibook.Server.Apis.MarketData;

namespace Omnibook.Server.Apis.PerpDex.Prices;

/// <summary>What is the same in every route that is about one pair.</summary>
internal static class PairRoute
{
    /// <summary>Answers for a pair of the path: 404 for one that no dex lists.</summary>
    public static async Task<IResult> AnswerAsync(HttpContext context, Func<PerpPair, Task<IResult>> answer) =>
        context.RequestServices.GetRequiredService<Dexes>().TryFind(InstrumentRoute.Value(context, "pair"), out var pair, out var refusal)
            ? await answer(pair)
            : refusal.ToResult(context);

    /// <summary>503: the pair exists, and no dex shows a fresh price of it now.</summary>
    public static IResult NoPrices(HttpContext context, PriceReading reading)
    {
        context.Response.Headers.RetryAfter = "1";
        return ApiErrors.Detail(StatusCodes.Status503ServiceUnavailable, $"no fresh price of {reading.Pair}: {string.Join("; ", reading.Warnings)}");
    }

    /// <summary>Tells what every such route takes.</summary>
    public static RouteHandlerBuilder TakesPair(this RouteHandlerBuilder route) =>
        route
            .TakesPath("pair", "The coin and `-USD`, in any letter case.", "BTC-USD")
            .AnswersUnknownPair();

    /// <summary>Tells of pairs that do not exist.</summary>
    public static RouteHandlerBuilder AnswersUnknownPair(this RouteHandlerBuilder route) =>
        route.Answers(
            StatusCodes.Status404NotFound,
            "No dex lists the pair.",
            """{"detail":"Pair 'DOGGE-USD' is not known at hyperliquid, lighter; there is DOGE-USD","path":"/api/v1/prices/aggregated/DOGGE-USD"}""");

    /// <summary>Tells of pairs without a fresh price.</summary>
    public static RouteHandlerBuilder AnswersNoPrices(this RouteHandlerBuilder route) =>
        route.Answers(
            StatusCodes.Status503ServiceUnavailable,
            "No dex shows a fresh price of the pair now.",
            """{"detail":"no fresh price of BTC-USD: hyperliquid: its book was not updated for 31 s; lighter: its book has only one side"}""");
}
