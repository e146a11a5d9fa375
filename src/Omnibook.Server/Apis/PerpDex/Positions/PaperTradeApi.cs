using System.Globalization;
using Omnibook.Core.Events;
using Omnibook.Core.Routing;
using Omnibook.History;
using Omnibook.Server.Access;
using Omnibook.Server.Apis.Liquidity;
using Omnibook.Server.Apis.MarketData;
using Omnibook.Server.Apis.PerpDex.Orders;
using Omnibook.Server.Apis.PerpDex.Prices;
using Omnibook.Server.Apis.PerpDex.Trading;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.PerpDex.Positions;

/// <summary><c>POST /api/v1/trading/execute</c> and <c>/positions/{id}/close</c>: opens and closes positions on paper, at the books of now.</summary>
internal static class PaperTradeApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapPaperTrades(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/trading/execute", (Delegate)ExecuteAsync)
            .RequireScope(Scope.Simulate)
            .Describe(
                "Opens a position on paper",
                "At the recommended dex and the average price of its book now; what cannot be filled is left out. No order is placed anywhere. The position survives a restart. With `mode` `live` a real order goes to Hyperliquid instead: that needs a key of the scope `trade` and `TRADING_MODE`, see docs/trading.md.")
            .TakesOrder(" `leverage` and `maintenance_fraction` as in `simulate`. `mode` is `paper` unless told otherwise, or `live`; then `cloid` may name the order, and the same `cloid` never places it twice.")
            .Answers(
                StatusCodes.Status200OK,
                "The position is open.",
                $$"""{"status":"simulated","message":"paper order only: nothing was sent to a dex","order_id":"sim_1736942400","position_id":"paper:1","routing":{{RouteApi.Example}},"execution_details":{"dex":"lighter","estimated_price":65009.5833,"size":1.2,"side":"long","fees":0},"warnings":[]}""")
            .Answers(StatusCodes.Status409Conflict, "The order would rest, or too many positions are open.", """{"detail":"no offer is within the limit of 64000: paper orders do not rest"}""");
        routes.MapPost("/positions/{position_id}/close", (Delegate)CloseAsync)
            .RequireScope(Scope.Simulate)
            .Describe("Closes a position on paper", "At its dex, whole, at the average price of the book now. `net_pnl` is `estimated_pnl` and `funding` less both fees; where the dex has not told the rate of an hour yet, `unpaid_hours` says so, and /positions/closed has the whole once it has.")
            .TakesPath("position_id", "The `id` of the position.", "paper:1")
            .Answers(
                StatusCodes.Status200OK,
                "The position is closed.",
                """{"status":"simulated","message":"paper position closed: nothing was sent to a dex","position_id":"paper:1","close_order_id":"close_paper:1_1736942400","estimated_close_price":64990,"estimated_pnl":495,"fees":14.62275,"open_fees":14.4,"funding":-0.4,"net_pnl":465.57725,"unpaid_hours":0}""")
            .AnswersNoPosition()
            .Answers(StatusCodes.Status409Conflict, "The dex's book does not take all of it.", """{"detail":"only 0.3 of 0.5 can be filled at hyperliquid now; the position stays open"}""")
            .AnswersNoPrices();
    }

    private static Task<IResult> ExecuteAsync(HttpContext context) => TradeRoute.AnswerAsync(context, async (request, routing, writer) =>
    {
        if (request.IsLive)
        {
            return await LiveTrade.ExecuteAsync(context, request, routing, writer);
        }

        if (routing.Advice.IsResting)
        {
            return ApiErrors.Detail(StatusCodes.Status409Conflict, FormattableString.Invariant($"no offer is within the limit of {request.Price}: paper orders do not rest"));
        }

        var opened = await context.RequestServices.GetRequiredService<PaperPositionStore>().OpenAsync(PositionOf(context, request, routing), context.RequestAborted);
        return opened is null
            ? ApiErrors.Detail(StatusCodes.Status409Conflict, $"{PaperPositionStore.MostOpen} paper positions are open, which is as many as may be: close some")
            : new FrameResult(Opened(writer, request, routing, opened).Complete());
    });

    private static PaperPosition PositionOf(HttpContext context, TradeRequest request, TradeRouting routing)
    {
        var estimate = routing.Estimate(request);
        return new PaperPosition(
            0,
            routing.Pair.Name,
            routing.Best.Instrument.Venue.Key,
            request.Side == TakerSide.Buy,
            routing.FilledOf(request),
            routing.Best.FillPrice!.Value,
            estimate.Margin,
            estimate.LiquidationPrice,
            estimate.Fees,
            Now(context).ToUnixTimeMilliseconds());
    }

    private static FrameWriter Opened(FrameWriter writer, TradeRequest request, TradeRouting routing, PaperPosition position)
    {
        writer.Raw("{\"status\":\"simulated\",\"message\":\"paper order only: nothing was sent to a dex\",\"order_id\":"u8)
            .Text(string.Create(CultureInfo.InvariantCulture, $"sim_{position.OpenedAtMs / 1000}"))
            .Raw(",\"position_id\":"u8).Text(PositionView.Of(position).Id);
        RoutingWriter.Routing(writer.Raw(",\"routing\":"u8), routing);
        writer.Raw(",\"execution_details\":{\"dex\":"u8).Text(position.Dex)
            .Price(",\"estimated_price\":"u8, position.EntryPrice)
            .Raw(",\"size\":"u8).Decimal(position.Size)
            .Raw(",\"side\":"u8).Text(request.SideName)
            .Number(",\"fees\":"u8, position.Fees, RoutingWriter.AmountDecimals);
        return PriceWriter.Texts(writer.Raw("},\"warnings\":"u8), routing.Warnings(request)).Raw("}"u8);
    }

    private static async Task<IResult> CloseAsync(HttpContext context)
    {
        var (id, services) = (InstrumentRoute.Value(context, "position_id"), context.RequestServices);
        var store = services.GetRequiredService<PaperPositionStore>();
        var position = PositionView.PaperNumber(id) is { } number
            ? (await store.ListAsync(context.RequestAborted)).FirstOrDefault(open => open.Id == number)
            : null;
        if (position is null && RealPositions.OwnerOf(id) is not null)
        {
            return ApiErrors.Detail(StatusCodes.Status409Conflict, $"{id} is a real position, which is only read here: close it with an order");
        }

        if (position is null)
        {
            return PositionApi.NotOpen(context, id);
        }

        if (!services.GetRequiredService<Dexes>().TryFind(position.Pair, out var pair, out var refusal))
        {
            return refusal.ToResult(context);
        }

        var order = new RouteOrder { Side = position.IsLong ? TakerSide.Sell : TakerSide.Buy, Amount = position.Size, Measure = RouteMeasure.Size };
        var (routing, prices) = await services.GetRequiredService<TradeDesk>().RouteAsync(pair, order, context.RequestAborted);
        var quote = routing?.Advice.Quotes.FirstOrDefault(candidate => candidate.Instrument.Venue.Key == position.Dex);
        return quote is null ? PairRoute.NoPrices(context, prices)
            : !quote.IsComplete ? NotWhole(position, quote)
            : await FinishAsync(context, store, position, quote);
    }

    private static IResult NotWhole(PaperPosition position, VenueQuote quote) => ApiErrors.Detail(
        StatusCodes.Status409Conflict,
        FormattableString.Invariant($"only {quote.FillableSize:0.########} of {position.Size:0.########} can be filled at {position.Dex} now; the position stays open"));

    private static async Task<IResult> FinishAsync(HttpContext context, PaperPositionStore store, PaperPosition position, VenueQuote quote)
    {
        var (price, id, now) = (quote.FillPrice!.Value, PositionView.Of(position).Id, Now(context));
        position = await context.RequestServices.GetRequiredService<FundingCollector>().SettleAsync(position, context.RequestAborted);
        position = position with { CloseFees = price * position.Size * quote.FeeBps / 10_000, ClosedAtMs = now.ToUnixTimeMilliseconds() };
        var profit = position.ProfitAt(price);
        if (!await store.CloseAsync(position.Id, price, profit, position.CloseFees, now.ToUnixTimeMilliseconds(), context.RequestAborted))
        {
            return PositionApi.NotOpen(context, id); // Somebody else has just closed it.
        }

        var writer = new FrameWriter(context.RequestServices.GetRequiredService<FramePool>()).Begin()
            .Raw("{\"status\":\"simulated\",\"message\":\"paper position closed: nothing was sent to a dex\",\"position_id\":"u8).Text(id)
            .Raw(",\"close_order_id\":"u8).Text(string.Create(CultureInfo.InvariantCulture, $"close_{id}_{now.ToUnixTimeSeconds()}"))
            .Price(",\"estimated_close_price\":"u8, price)
            .Number(",\"estimated_pnl\":"u8, profit, RoutingWriter.AmountDecimals)
            .Number(",\"fees\":"u8, position.CloseFees, RoutingWriter.AmountDecimals)
            .Number(",\"open_fees\":"u8, position.Fees, RoutingWriter.AmountDecimals)
            .Number(",\"funding\":"u8, position.Funding, RoutingWriter.AmountDecimals)
            .Number(",\"net_pnl\":"u8, position.NetAt(price), RoutingWriter.AmountDecimals)
            .Raw(",\"unpaid_hours\":"u8).Integer(FundingCollector.UnpaidHours(position));
        return new FrameResult(writer.Raw("}"u8).Complete());
    }

    private static DateTimeOffset Now(HttpContext context) => context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
}
