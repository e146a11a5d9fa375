using Omnibook.Core.Routing;
using Omnibook.Server.Access;
using Omnibook.Server.Apis.Liquidity;
using Omnibook.Server.Apis.PerpDex.Prices;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.PerpDex.Trading;

/// <summary><c>POST /api/v1/trading/simulate</c>: what an order, and holding what it opens, would cost.</summary>
internal static class SimulateApi
{
    private const string Example =
        $$"""{"order":{"pair":"BTC-USD","side":"long","size":1.2,"order_type":"market","price":null,"slippage_tolerance":0.01,"leverage":10,"holding_hours":1,"maintenance_fraction":null},"routing":{{RouteApi.Example}},"simulation":{"estimated_fill_price":65009.5833,"estimated_slippage":0.00024746,"estimated_fees":0,"total_cost":78011.5,"execution_dex":"lighter","filled_size":1.2,"slippage_cost":19.3,"estimated_funding_cost":0.780115,"net_cost":20.080115,"margin_required":7801.15,"liquidation_price":null,"complete":true},"warnings":[]}""";

    /// <summary>Maps the route.</summary>
    public static void MapSimulate(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/trading/simulate", (Delegate)SimulateAsync)
            .RequireScope(Scope.Simulate)
            .Describe(
                "What an order would cost",
                "At the recommended dex, in dollars. `total_cost` is the notional, `net_cost` slippage, fees and funding together. Funding is the rate of now for all `holding_hours`; "
                + "null where the dex tells none. The liquidation price needs a `maintenance_fraction`, and is null without one. No order is placed.")
            .TakesOrder(" `leverage` is 1 or more and 1 unless told otherwise, `holding_hours` 0; `maintenance_fraction` is what the dex wants to see covered of the notional.")
            .Answers(StatusCodes.Status200OK, "The costs.", Example);

    /// <summary>The order, as it was understood.</summary>
    public static FrameWriter Order(FrameWriter writer, TradeRequest request, string pair) =>
        writer.Raw("{\"pair\":"u8).Text(pair).Raw(",\"side\":"u8).Text(request.SideName).Raw(",\"size\":"u8).Decimal(request.Size)
            .Raw(request.IsLimit ? ",\"order_type\":\"limit\""u8 : ",\"order_type\":\"market\""u8)
            .OrNull(",\"price\":"u8, request.Price)
            .Raw(",\"slippage_tolerance\":"u8).Decimal(request.SlippageTolerance)
            .Raw(",\"leverage\":"u8).Decimal(request.Leverage)
            .Raw(",\"holding_hours\":"u8).Decimal(request.HoldingHours)
            .OrNull(",\"maintenance_fraction\":"u8, request.MaintenanceFraction)
            .Raw("}"u8);

    private static Task<IResult> SimulateAsync(HttpContext context) => TradeRoute.AnswerAsync(context, (request, routing, writer) =>
    {
        Order(writer.Raw("{\"order\":"u8), request, routing.Pair.Name);
        RoutingWriter.Routing(writer.Raw(",\"routing\":"u8), routing);
        Simulation(writer.Raw(",\"simulation\":"u8), routing, routing.FilledOf(request), routing.Estimate(request));
        PriceWriter.Texts(writer.Raw(",\"warnings\":"u8), routing.Warnings(request));
        return Task.FromResult<IResult>(new FrameResult(writer.Raw("}"u8).Complete()));
    });

    private static void Simulation(FrameWriter writer, TradeRouting routing, decimal filled, ExecutionEstimate estimate) =>
        writer.Price("{\"estimated_fill_price\":"u8, routing.Best.FillPrice)
            .Number(",\"estimated_slippage\":"u8, routing.Best.Slippage, RoutingWriter.AmountDecimals)
            .Amount(",\"estimated_fees\":"u8, estimate.Fees)
            .Amount(",\"total_cost\":"u8, estimate.Notional)
            .Raw(",\"execution_dex\":"u8).Text(routing.Best.Instrument.Venue.Key)
            .Amount(",\"filled_size\":"u8, filled)
            .Amount(",\"slippage_cost\":"u8, estimate.SlippageCost)
            .Amount(",\"estimated_funding_cost\":"u8, estimate.FundingCost)
            .Amount(",\"net_cost\":"u8, estimate.NetCost)
            .Amount(",\"margin_required\":"u8, estimate.Margin)
            .Price(",\"liquidation_price\":"u8, estimate.LiquidationPrice)
            .Raw(routing.Best.IsComplete ? ",\"complete\":true}"u8 : ",\"complete\":false}"u8);

    private static FrameWriter Amount(this FrameWriter writer, ReadOnlySpan<byte> name, decimal? amount) =>
        writer.Number(name, amount, RoutingWriter.AmountDecimals);
}
