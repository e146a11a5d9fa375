using System.Text.Json;
using Omnibook.Core;
using Omnibook.Core.Liquidity;
using Omnibook.Core.Routing;
using Omnibook.Server.Access;
using Omnibook.Server.Pipeline;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.Liquidity;

/// <summary><c>POST /api/execute</c>: what an order would cost, at the naive venue and by the cheapest way. Nothing is ever sent to a venue.</summary>
internal static class ExecuteApi
{
    private const int MostBytes = 16 * 1024;

    private const string Request = """{"symbol":"BTC-USD","side":"buy","notional_usd":200000,"fee_bps":{"binance":10,"coinbase":12}}""";

    private const string Answer =
        """{"ts":"2025-01-15T12:00:01Z","symbol":"BTC-USD","side":"buy","notional":200000,"mid_t0":100007.5,"fee_bps":{"binance":10,"coinbase":12},"naive":{"venue":"binance","vwap":100057.4182,"slippage_bps":4.9914,"fees_usd":200,"effective_price":100157.4756,"cost_bps":14.9964,"filled_qty":1.9988523,"filled_notional":200000,"complete":true,"fills":[{"venue":"binance","px":100010,"qty":1.5},{"venue":"binance","px":100200,"qty":0.4988523}]},"sor":{"vwap":100011.2496,"slippage_bps":0.3749,"fees_usd":209.997,"effective_price":100116.2599,"cost_bps":10.8752,"filled_qty":1.99977503,"filled_notional":200000,"complete":true,"fills":[{"venue":"binance","px":100010,"qty":1.5},{"venue":"coinbase","px":100015,"qty":0.49977503}]},"slippage_saved_bps":4.6165,"cost_saved_bps":4.1212,"unfilled_notional":0}""";

    /// <summary>Maps the route.</summary>
    public static void MapExecute(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/execute", (Delegate)ExecuteAsync)
            .RequireScope(Scope.Simulate)
            .Describe(
                "What an order would cost",
                "Simulated in the books of now, fees included; no order is placed. `naive` is the whole order at the venue with the lowest fee, `sor` the cheapest way of all. "
                + "Required: `side` (`buy`, `sell`) and `notional_usd`. `fee_bps` names fees by venue; those that are left out are FEE_BPS_<VENUE>. "
                + "With too little depth it is still 200: `complete` is false, `unfilled_notional` says how much, and nothing is said of savings.")
            .TakesBody("The order.", Request)
            .Answers(StatusCodes.Status200OK, "The two ways.", Answer)
            .Answers(StatusCodes.Status400BadRequest, "A value is missing or not allowed.", """{"detail":"Missing required parameters"}""")
            .Answers(StatusCodes.Status404NotFound, "There is no such symbol.", """{"detail":"unknown symbol 'DOGE'; there are BTC-USD"}""")
            .Answers(StatusCodes.Status422UnprocessableEntity, "The body is no JSON object.", """{"detail":[{"loc":["body"],"msg":"Input should be a JSON object","type":"json_invalid","input":null}]}""")
            .Answers(StatusCodes.Status503ServiceUnavailable, "The symbol is not live.", """{"detail":{"reason":"warming","status":"warming"}}""");

    private static async Task<IResult> ExecuteAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var (board, settings) = (services.GetRequiredService<LiquidityBoard>(), services.GetRequiredService<LiquiditySettings>());
        try
        {
            using var body = JsonDocument.Parse(await ReadAsync(context));
            if (body.RootElement.ValueKind != JsonValueKind.Object)
            {
                return NoObject();
            }

            var order = ExecuteOrder.Read(body.RootElement, board, settings);
            var status = order.Symbol.Reading.Status;
            var frame = status == LiquidityStatus.Live ? await RenderAsync(context, order) : null;
            return frame is null ? NotLive(context, status) : new FrameResult(frame);
        }
        catch (JsonException)
        {
            return NoObject();
        }
        catch (ExecuteRefusedException refused)
        {
            return refused.Status == StatusCodes.Status404NotFound
                ? ApiErrors.NotFound(context, refused.Message)
                : ApiErrors.Detail(refused.Status, refused.Message);
        }
    }

    private static Task<Frame?> RenderAsync(HttpContext context, ExecuteOrder order)
    {
        var services = context.RequestServices;
        var (board, settings) = (services.GetRequiredService<LiquidityBoard>(), services.GetRequiredService<LiquiditySettings>());
        var writer = new ExecuteWriter(services.GetRequiredService<FramePool>(), settings.TopLevels);
        return services.GetRequiredService<MarketLoop>().ReadAsync(market => Render(market, board, order, writer), context.RequestAborted);
    }

    private static Frame? Render(Market market, LiquidityBoard board, ExecuteOrder order, ExecuteWriter writer)
    {
        var wanted = new RouteOrder { Side = order.Side, Amount = order.Notional, Measure = RouteMeasure.Notional };
        return board.Route(market, order.Symbol, wanted, order.Schedule(), out var result) is { } router
            ? writer.Render(market.Now, order, router, result!)
            : null;
    }

    /// <summary>Books may have gone stale since the last tick: what is not live at this moment is degraded at best.</summary>
    private static IResult NotLive(HttpContext context, LiquidityStatus status)
    {
        var word = MetricsWriter.WordOf(status == LiquidityStatus.Live ? LiquidityStatus.Degraded : status);
        context.Response.Headers.RetryAfter = "1";
        return Results.Json(new NotLiveBody(new NotLiveDetail(word, word)), LiquidityJson.Default.NotLiveBody, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static IResult NoObject() => ApiErrors.Invalid([new InvalidValue(["body"], "Input should be a JSON object", "json_invalid", null)]);

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context)
    {
        var buffer = new byte[MostBytes + 1];
        var length = await context.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, context.RequestAborted);
        return length <= MostBytes
            ? buffer.AsMemory(0, length)
            : throw new ExecuteRefusedException($"the body may have {MostBytes} bytes", StatusCodes.Status413PayloadTooLarge);
    }
}
