using Omnibook.Server.Access;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.PerpDex.Trading;

/// <summary><c>POST /api/v1/trading/route</c>: which dex an order should go to.</summary>
internal static class RouteApi
{
    /// <summary>The worked order.</summary>
    public const string Example =
        """{"pair":"BTC-USD","recommended_dex":"lighter","expected_price":65009.5833,"estimated_slippage":0.00024746,"alternative_dex":"hyperliquid","alternative_price":65001.6667,"calculation_time_ms":0.4,"complete":true,"resting":false,"routes":[{"dex":"lighter","fill_price":65009.5833,"effective_price":65009.5833,"slippage":0.00024746,"fee_bps":0,"fillable_size":3.5,"complete":true},{"dex":"hyperliquid","fill_price":65001.6667,"effective_price":65030.9174,"slippage":0.00012565,"fee_bps":4.5,"fillable_size":3,"complete":true}],"split":[]}""";

    /// <summary>Maps the route.</summary>
    public static void MapTradeRoute(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/trading/route", (Delegate)RouteAsync)
            .RequireScope(Scope.Simulate)
            .Describe(
                "Which dex an order should go to",
                "The whole order is walked through the book of each dex; the best price with the fee in it is recommended, among those that can fill it all. "
                + "Slippage is a fraction of the middle over all dexes, positive when it costs. `split` names parts where several dexes together are cheaper by more than 0.1 basis points. "
                + "A limit that nothing is offered within would rest: `resting` is true, the price is the limit, and the maker's fee counts. No order is placed.")
            .TakesOrder()
            .Answers(StatusCodes.Status200OK, "The way.", Example);

    private static Task<IResult> RouteAsync(HttpContext context) => TradeRoute.AnswerAsync(
        context, (_, routing, writer) => Task.FromResult<IResult>(new FrameResult(RoutingWriter.Routing(writer, routing).Complete())));
}
