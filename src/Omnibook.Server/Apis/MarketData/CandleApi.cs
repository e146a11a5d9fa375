using Omnibook.Core.Derived;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.MarketData;

/// <summary><c>GET /{exchange}/ohlc/{symbol}/{interval}</c>: candles of one venue.</summary>
internal static class CandleApi
{
    /// <summary>Two candles, of which the newer is still open.</summary>
    public const string Example =
        """[{"exchange":"binance","symbol":"BTCUSDT","timestamp":"2025-11-06T17:50:00Z","interval":"5m","open":101621.7,"high":101958.9,"low":101619.9,"close":101818.8,"volume":1274,"quote_volume":129689803.5,"trades_count":39480,"is_closed":true},{"exchange":"binance","symbol":"BTCUSDT","timestamp":"2025-11-06T17:55:00Z","interval":"5m","open":101818.8,"high":101830,"low":101790.2,"close":101801.4,"volume":211.4,"quote_volume":21521934.1,"trades_count":6120,"is_closed":false}]""";

    /// <summary>Maps the route.</summary>
    public static void MapCandles(this IEndpointRouteBuilder routes) =>
        routes.MapRead("/{exchange}/ohlc/{symbol}/{interval}", ReadAsync)
            .Describe(
                "Candles",
                "Oldest first. `is_closed` is true once the interval was over when the venue was asked. `volume` counts base assets, `quote_volume` quote assets; "
                + "where the venue does not tell it (hyperliquid, coinbase) `quote_volume` is estimated as volume × close, and an untold `trades_count` is 0.")
            .TakesInstrument()
            .TakesPath("interval", "`1m` … `1M`; `/exchanges` lists those of each exchange. `1m` is a minute, `1M` a month.", "5m")
            .Takes("limit", "1 to 1500, 500 unless told otherwise: the newest so many, or with start_time the first.", "integer", example: "2")
            .Takes("start_time", "The oldest opening time, milliseconds since the Unix epoch.", "integer")
            .Takes("end_time", "The newest opening time, milliseconds since the Unix epoch.", "integer")
            .Answers(StatusCodes.Status200OK, "The candles.", Example);

    private static Task<IResult> ReadAsync(HttpContext context) =>
        InstrumentRoute.AnswerAsync(
            context,
            Feature.Candles,
            (query, exchange) => (
                Interval: IntervalOf(query, exchange, InstrumentRoute.Value(context, "interval")),
                Range: InstrumentRoute.Range(query, limit: 500, most: 1500, ("start_time", "end_time"))),
            async (asked, values, queries, writer) =>
                Write(writer.Begin(), asked, values.Interval!, await queries.CandlesAsync(asked, values.Interval!, values.Range, context.RequestAborted)));

    /// <summary>The interval of a path; one that the exchange lacks is complained of.</summary>
    public static CandleInterval? IntervalOf(QueryReader query, ServedExchange exchange, string text) =>
        InstrumentRoute.Interval(
            text,
            exchange.Has.Candles,
            $"Exchange '{exchange.Name.Name}': interval",
            (message, type, input) => query.ComplainOfPath("interval", message, type, input));

    /// <summary>Writes candles as a list.</summary>
    public static FrameWriter Write(FrameWriter writer, AskedInstrument asked, CandleInterval interval, Answer<Candle> candles) =>
        RowWriter.List(writer, candles.List, (_, candle) =>
            RowWriter.Candle(writer, asked.ExchangeName, asked.Echo, interval, candle, interval.EndOf(candle.Start) <= candles.AskedAt));
}
