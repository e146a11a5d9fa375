using Omnibook.Core.Derived;
using Omnibook.Server.Apis.MarketData;
using Omnibook.Server.Streams;
using Omnibook.Venues.Data;

namespace Omnibook.Server.Apis.CryExc;

/// <summary><c>GET /klines</c>, and <c>GET /api/candles</c> with the moment of the answer: candles of one venue.</summary>
internal static class KlineApi
{
    private const string Row = """{"timestamp":1699999980000,"open":42001.3,"high":42012,"low":42001.3,"close":42012,"volume":1.7}""";

    /// <summary>Maps the routes.</summary>
    public static void MapKlines(this IEndpointRouteBuilder routes)
    {
        Takes(routes.MapRead("/klines", context => ReadAsync(context, isWrapped: false)))
            .Describe("Candles", "Oldest first, as the venue tells them; the last may still be open. `volume` counts base assets.")
            .Answers(StatusCodes.Status200OK, "The candles.", $"[{Row}]");
        Takes(routes.MapRead("/api/candles", context => ReadAsync(context, isWrapped: true)))
            .Describe("Candles with the moment of the answer", "The same as `/klines`; `asOf` is when the venue was asked.")
            .Answers(StatusCodes.Status200OK, "The candles.", $$"""{"candles":[{{Row}}],"asOf":1700000000000}""");
    }

    private static RouteHandlerBuilder Takes(RouteHandlerBuilder route) =>
        route.Takes("symbol", "Any usual spelling.", required: true, example: "BTCUSDT")
            .Takes("interval", "`1m` … `1M`, `1m` unless told otherwise.", example: "1m")
            .Takes("limit", "1 to 1500, 500 unless told otherwise.", "integer", example: "2")
            .TakesExchange()
            .AnswersInvalid()
            .AnswersUpstream();

    private static async Task<IResult> ReadAsync(HttpContext context, bool isWrapped)
    {
        var (services, query) = (context.RequestServices, new QueryReader(context.Request));
        var (symbol, limit) = (query.Required("symbol"), query.Integer("limit", 1, 1500) ?? 500);
        if (!ExchangeQuery.TryFind(context, out var exchange, out var refusal))
        {
            return refusal.ToResult(context);
        }

        var interval = InstrumentRoute.Interval(
            query.Optional("interval") ?? "1m", exchange.Has.Candles, $"Exchange '{exchange.Name.Name}': interval",
            (message, type, input) => query.Complain("interval", message, type, input));
        if (query.Problem is { } problem)
        {
            return problem;
        }

        if (!Exchanges.TryResolve(exchange, symbol, out var asked, out refusal))
        {
            return refusal.ToResult(context);
        }

        var answer = await services.GetRequiredService<MarketQueries>().CandlesAsync(asked, interval!, new DataRange(limit), context.RequestAborted);
        return new FrameResult(Render(new FrameWriter(services.GetRequiredService<FramePool>()).Begin(), answer, isWrapped));
    }

    private static Frame Render(FrameWriter writer, Answer<Candle> answer, bool isWrapped)
    {
        if (!isWrapped)
        {
            return List(writer, answer).Complete();
        }

        writer.Raw("{\"candles\":"u8);
        return List(writer, answer).Raw(",\"asOf\":"u8).Integer(answer.AskedAt.UnixMilliseconds).Raw("}"u8).Complete();
    }

    private static FrameWriter List(FrameWriter writer, Answer<Candle> answer) =>
        RowWriter.List(writer, answer.List, (_, candle) => writer
            .Raw("\"timestamp\":"u8).Integer(candle.Start.UnixMilliseconds)
            .Raw(",\"open\":"u8).Decimal(candle.Open).Raw(",\"high\":"u8).Decimal(candle.High)
            .Raw(",\"low\":"u8).Decimal(candle.Low).Raw(",\"close\":"u8).Decimal(candle.Close)
            .Raw(",\"volume\":"u8).Decimal(candle.BaseVolume));
}
