using Omnibook.History;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.Nbbo;

/// <summary><c>GET /chart/{coin}</c>: candles of the middle price out of the stored snapshots.</summary>
internal static class ChartApi
{
    private const string Example =
        """{"success":true,"data":[{"timestamp":1758523500000,"open":113685,"high":113700,"low":113640,"close":113690}],"coin":"BTC","timeframe":"15m","count":1}""";

    /// <summary>Maps the route.</summary>
    public static void MapChart(this IEndpointRouteBuilder routes) =>
        routes.MapRead("/chart/{coin}", ReadAsync)
            .Describe(
                "Candles",
                "Open, high, low and close of the middle price; `timestamp` is the start of a candle in whole seconds, ascending, each once. "
                + "Looks back 24 hours up to `1h`, then 200 candles within 30 days.")
            .TakesPath("coin", "`BTC` is the aggregate; a dex's coin is its own book.", "BTC")
            .Takes("timeframe", $"One of {ChartFrame.Names}.", example: "15m")
            .Answers(StatusCodes.Status200OK, "The candles; none where nothing is stored.", Example)
            .AnswersInvalid();

    private static async Task<IResult> ReadAsync(HttpContext context)
    {
        var query = new QueryReader(context.Request);
        var name = query.Optional("timeframe") ?? ChartFrame.Default;
        if (ChartFrame.Find(name) is not { } frame)
        {
            query.Complain("timeframe", $"Input should be one of {ChartFrame.Names}", "enum", name);
            return query.Problem!;
        }

        var coin = (string)context.Request.RouteValues["coin"]!;
        var candles = await ReadCandlesAsync(context, coin, frame);
        return new FrameResult(Render(new FrameWriter(context.RequestServices.GetRequiredService<FramePool>()), coin, name, candles));
    }

    /// <summary>Rows that were inserted to try the store out have a dex of their own, so they are in no chart.</summary>
    private static Task<IReadOnlyList<PriceCandle>> ReadCandlesAsync(HttpContext context, string coin, ChartFrame frame)
    {
        var services = context.RequestServices;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds();
        var isAggregate = coin == services.GetRequiredService<NbboRules>().Coin;
        return services.GetRequiredService<PriceSnapshotStore>().CandlesAsync(
            coin,
            isAggregate ? PriceSnapshot.Aggregated : NbboRules.DexOf(coin),
            frame.StartMs(now),
            now + 1,
            frame.Length,
            context.RequestAborted);
    }

    private static Frame Render(FrameWriter writer, string coin, string timeframe, IReadOnlyList<PriceCandle> candles)
    {
        writer.Begin().Raw("{\"success\":true,\"data\":["u8);
        for (var i = 0; i < candles.Count; i++)
        {
            var candle = candles[i];
            writer.Raw(i == 0 ? "{\"timestamp\":"u8 : ",{\"timestamp\":"u8).Integer(candle.StartMs)
                .Raw(",\"open\":"u8).Decimal(candle.Open).Raw(",\"high\":"u8).Decimal(candle.High)
                .Raw(",\"low\":"u8).Decimal(candle.Low).Raw(",\"close\":"u8).Decimal(candle.Close).Raw("}"u8);
        }

        return writer.Raw("],\"coin\":"u8).Text(coin).Raw(",\"timeframe\":"u8).Text(timeframe)
            .Raw(",\"count\":"u8).Integer(candles.Count).Raw("}"u8).Complete();
    }
}
