using Omnibook.Server.Access;
using Omnibook.Server.Apis.MarketData;
using Omnibook.Server.Trading;

namespace Omnibook.Server.Apis.PerpDex.Orders;

/// <summary><c>/api/v1/orders…</c>: real orders at Hyperliquid. Whatever changes something needs a key of the scope trade, on every server.</summary>
internal static class OrderApi
{
    private const string Reply = """{"status":"resting","order_id":77738308,"cloid":"0x0000000000000000000000000000002a","filled_size":null,"average_price":null,"message":null,"repeat":false}""";
    private const string Row = """{"order_id":77738308,"cloid":"0x0000000000000000000000000000002a","pair":"BTC-USD","coin":"BTC","side":"long","price":64000,"size":0.01,"remaining":0.01,"reduce_only":false,"tif":"gtc","status":"open","created_at":"2025-01-15T12:00:00Z"}""";
    private const string Order = """{"pair":"BTC-USD","side":"long","size":0.01,"price":64000,"tif":"gtc","reduce_only":false,"cloid":"0x0000000000000000000000000000002a"}""";
    private const string Terms = "`coin` may stand for `pair`: the venue's spelling, such as `merrli:BTC`. `tif` is `gtc` unless told otherwise, `ioc` or `alo`. The same `cloid` never places an order twice; without one, one is made.";

    /// <summary>Maps the routes.</summary>
    public static void MapOrders(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/orders/status", context => Task.FromResult(Status(context)))
            .Describe("Whether orders are sent", "And as whom, where, and what is allowed. `mode` is `off`, `dry_run` or `live`.")
            .Answers(StatusCodes.Status200OK, "Always.", """{"mode":"live","simulated":true,"venue":"hyperliquid","account":"0x14791697260e4c9a71f18484c9f997b308e59325","agent":null,"max_order_usd":1000,"max_day_usd":10000,"used_today_usd":640}""");
        routes.MapRead("/orders", ListAsync)
            .Describe("The open orders", "Of the configured account, on one dex.")
            .Takes("dex", "A builder's dex; the first one unless given.", example: "merrli")
            .Answers(StatusCodes.Status200OK, "The orders.", $"[{Row}]").Refused();
        routes.MapRead("/orders/{order}", FindAsync)
            .Describe("An order", "By the venue's number or by its `cloid`, open or not.")
            .TakesPath("order", "A number, or 0x and 32 hexadecimal digits.", "77738308")
            .Answers(StatusCodes.Status200OK, "The order.", Row)
            .Answers(StatusCodes.Status404NotFound, "The venue knows no such order.", """{"detail":"the venue knows no order 5","path":"/api/v1/orders/5"}""").Refused();
        Change(routes.MapPost("/orders", (Delegate)PlaceAsync), "Places an order", "A limit order, checked, counted and written down before it is sent.").TakesBody(Terms, Order).One();
        Change(routes.MapPost("/orders/bulk", (Delegate)PlaceManyAsync), "Places orders", $"Up to {OrderDesk.MostOrders} in one action; one that is wrong does no harm to the others.")
            .TakesBody(Terms, $$"""{"orders":[{{Order}}]}""").Answers(StatusCodes.Status200OK, "What became of each, in their order.", $"[{Reply}]");
        Change(routes.MapPatch("/orders/{order}", (Delegate)ModifyAsync), "Changes an order", "To another price or size. The venue makes a new order of it, with a new number.")
            .TakesPath("order", "A number, or 0x and 32 hexadecimal digits.", "77738308").TakesBody("One of both, or both; `cloid` names the new order.", """{"price":63990,"size":0.02}""").One();
        Change(routes.MapDelete("/orders/{order}", (Delegate)CancelAsync), "Cancels an order", "By the venue's number or by its `cloid`.")
            .TakesPath("order", "A number, or 0x and 32 hexadecimal digits.", "0x0000000000000000000000000000002a").One();
        Change(routes.MapPost("/orders/cancel", (Delegate)CancelManyAsync), "Cancels orders", "Each by itself.")
            .TakesBody("Numbers or cloids.", """{"orders":[{"order_id":77738308},{"cloid":"0x0000000000000000000000000000002a"}]}""")
            .Answers(StatusCodes.Status200OK, "What became of each, in their order.", $"[{Reply}]");
    }

    private static RouteHandlerBuilder Change(RouteHandlerBuilder route, string summary, string description) =>
        route.RequireScope(Scope.Trade).Describe(summary, description).Refused()
            .Answers(StatusCodes.Status422UnprocessableEntity, "A value is missing or not allowed; every wrong one is listed.", """{"detail":[{"loc":["body","size"],"msg":"Field required","type":"missing","input":null}]}""");

    private static RouteHandlerBuilder One(this RouteHandlerBuilder route) => route
        .Answers(StatusCodes.Status200OK, "What became of it: `resting`, `filled`, `cancelled`, or `dry_run`.", Reply)
        .Answers(StatusCodes.Status409Conflict, "It was refused, by this server or by the venue: nothing has happened.", """{"detail":"the order is worth 1280 dollars; TRADING_MAX_ORDER_USD allows 1000"}""")
        .Answers(StatusCodes.Status504GatewayTimeout, "What became of it is not known.", """{"detail":"what became of the order 0x0000000000000000000000000000002a is not known: api.hyperliquid.xyz did not answer exchange within 3 s.. It counts until it is; ask /api/v1/orders/0x0000000000000000000000000000002a"}""");

    private static RouteHandlerBuilder Refused(this RouteHandlerBuilder route) => route
        .Answers(StatusCodes.Status403Forbidden, "Orders are off.", """{"detail":"orders are off: TRADING_MODE says so"}""").AnswersUpstream();

    /// <summary>403 where orders are off.</summary>
    public static IResult Off() => ApiErrors.Detail(StatusCodes.Status403Forbidden, "orders are off: TRADING_MODE says so");

    private static IResult Status(HttpContext context)
    {
        var identity = context.RequestServices.GetRequiredService<TradingIdentity>();
        var (options, isOff) = (identity.Options, identity.Options.Mode == TradingMode.Off);
        var agent = identity.Signer is { } signer && signer.Address != identity.Account ? $"{signer.Address}" : null;
        return Results.Json(
            new TradingStatus(
                options.Mode switch { TradingMode.Live => "live", TradingMode.DryRun => "dry_run", _ => "off" },
                identity.IsDemo,
                options.Venue.Key,
                identity.Account?.ToString(),
                agent,
                options.MaxOrderUsd,
                options.MaxDayUsd,
                isOff ? 0 : OrderReply.Plain(context.RequestServices.GetRequiredService<OrderDesk>().SpentToday)),
            PerpJson.Default.TradingStatus);
    }

    private static Task<IResult> ListAsync(HttpContext context) => WithDeskAsync(context, async desk =>
    {
        var orders = await desk.OpenAsync(new QueryReader(context.Request).Optional("dex") ?? "", context.RequestAborted);
        return Results.Json([.. orders.Select(OrderRow.Of)], PerpJson.Default.OrderRowArray);
    });

    private static Task<IResult> FindAsync(HttpContext context) => WithOrderAsync(context, async (desk, key) =>
        await desk.StatusAsync(key, context.RequestAborted) is { } order
            ? Results.Json(OrderRow.Of(order), PerpJson.Default.OrderRow)
            : ApiErrors.NotFound(context, $"the venue knows no order {key}"));

    private static Task<IResult> PlaceAsync(HttpContext context) => WithDeskAsync(context, async desk =>
    {
        var body = new OrderBody();
        var terms = body.Order(await OrderBody.ParseAsync(context));
        return body.Problem ?? OrderReply.Of((await desk.PlaceAsync([terms], context.RequestAborted))[0]).ToResult();
    });

    private static Task<IResult> PlaceManyAsync(HttpContext context) => WithDeskAsync(context, async desk =>
    {
        var body = new OrderBody();
        var terms = body.Rows(await OrderBody.ParseAsync(context), "orders").Select(row => body.Order(row.Row, "orders", $"{row.Index}")).ToList();
        return body.Problem ?? Replies(await desk.PlaceAsync(terms, context.RequestAborted));
    });

    private static Task<IResult> ModifyAsync(HttpContext context) => WithOrderAsync(context, async (desk, key) =>
    {
        var body = new OrderBody();
        var (price, size, cloid) = body.Change(await OrderBody.ParseAsync(context));
        return body.Problem ?? OrderReply.Of(await desk.ModifyAsync(key, price, size, cloid, context.RequestAborted)).ToResult();
    });

    private static Task<IResult> CancelAsync(HttpContext context) => WithOrderAsync(context, async (desk, key) =>
        OrderReply.Of((await desk.CancelAsync([key], context.RequestAborted))[0]).ToResult());

    private static Task<IResult> CancelManyAsync(HttpContext context) => WithDeskAsync(context, async desk =>
    {
        var body = new OrderBody();
        var keys = body.Rows(await OrderBody.ParseAsync(context), "orders").Select(row => body.Key(row.Row, "orders", $"{row.Index}")).Distinct().ToList();
        return body.Problem ?? Replies(await desk.CancelAsync(keys, context.RequestAborted));
    });

    private static IResult Replies(IReadOnlyList<OrderReport> reports) => Results.Json([.. reports.Select(OrderReply.Of)], PerpJson.Default.OrderReplyArray);

    private static Task<IResult> WithOrderAsync(HttpContext context, Func<OrderDesk, OrderKey, Task<IResult>> answer)
    {
        var text = InstrumentRoute.Value(context, "order");
        return WithDeskAsync(context, desk => OrderBody.KeyOf(text) is { } key
            ? answer(desk, key)
            : Task.FromResult(ApiErrors.Invalid([new InvalidValue(["path", "order"], "Input should be a number, or 0x and 32 hexadecimal digits", "value_error", text)])));
    }

    private static async Task<IResult> WithDeskAsync(HttpContext context, Func<OrderDesk, Task<IResult>> answer)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (context.RequestServices.GetRequiredService<TradingIdentity>().Options.Mode == TradingMode.Off)
        {
            return Off();
        }

        try
        {
            return await answer(context.RequestServices.GetRequiredService<OrderDesk>());
        }
        catch (JournalException broken)
        {
            return ApiErrors.Detail(StatusCodes.Status503ServiceUnavailable, $"the journal of orders: {broken.Message}");
        }
    }
}
