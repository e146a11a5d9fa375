using Omnibook.Server.Apis.PerpDex.Prices;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.PerpDex.Trading;

/// <summary>What is the same in every route that takes an order.</summary>
internal static class TradeRoute
{
    /// <summary>An order at the market.</summary>
    public const string RequestExample =
        """{"pair":"BTC-USD","side":"long","size":1.2,"order_type":"market","price":null,"slippage_tolerance":0.01}""";

    /// <summary>Answers an order: 422 for one that is none, 404 for an unknown pair, 503 where no dex shows a fresh price.</summary>
    public static async Task<IResult> AnswerAsync(
        HttpContext context, Func<TradeRequest, TradeRouting, FrameWriter, Task<IResult>> answer)
    {
        var services = context.RequestServices;
        var (request, problem) = await TradeRequestReader.ReadAsync(context);
        if (request is null)
        {
            return problem!;
        }

        if (!services.GetRequiredService<Dexes>().TryFind(request.Pair, out var pair, out var refusal))
        {
            return refusal.ToResult(context);
        }

        var (routing, prices) = await services.GetRequiredService<TradeDesk>().RouteAsync(pair, request.Order, context.RequestAborted);
        return routing is null
            ? PairRoute.NoPrices(context, prices)
            : await answer(request, routing, new FrameWriter(services.GetRequiredService<FramePool>()).Begin());
    }

    /// <summary>Tells what every such route takes and refuses.</summary>
    public static RouteHandlerBuilder TakesOrder(this RouteHandlerBuilder route, string more = "") =>
        route
            .TakesBody(
                "`side` is `long` or `short`, `size` counts the coin, `order_type` is `market` (unless told otherwise) or `limit` with a `price`, "
                + $"`slippage_tolerance` is a fraction that is warned of, 0.01 unless told otherwise.{more}",
                RequestExample)
            .AnswersUnknownPair()
            .Answers(
                StatusCodes.Status422UnprocessableEntity,
                "A value is missing or not allowed; every wrong one is listed.",
                """{"detail":[{"loc":["body","size"],"msg":"Input should be a number above 0 and at most 1000000000000","type":"value_error","input":"0"}]}""")
            .AnswersNoPrices();
}
