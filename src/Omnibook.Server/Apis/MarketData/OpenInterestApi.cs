using Omnibook.Core.Derived;

namespace Omnibook.Server.Apis.MarketData;

/// <summary><c>GET /{exchange}/oi…</c>: how much is and was held open.</summary>
internal static class OpenInterestApi
{
    private const string Row =
        """{"exchange":"binance","symbol":"BTCUSDT","timestamp":"2025-11-06T17:50:12Z","open_interest":78247.212,"open_interest_value":7966000000}""";

    /// <summary>What the original allows; venues have some of them.</summary>
    private static readonly string[] Periods = ["5m", "15m", "30m", "1h", "2h", "4h", "6h", "12h", "1d"];

    /// <summary>Maps the routes.</summary>
    public static void MapOpenInterest(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/{exchange}/oi/{symbol}", ReadAsync)
            .Describe("Open interest now", "Base assets, one side counted, and their worth in the quote asset at the mark price.")
            .TakesInstrument()
            .Answers(StatusCodes.Status200OK, "The open interest.", Row);
        routes.MapRead("/{exchange}/oi-hist/{symbol}", ReadHistoryAsync)
            .Describe("Open interest of the past", "Oldest first, one row a period. Some exchanges keep none; 404 says which do.")
            .TakesInstrument()
            .Takes("period", $"One of {string.Join(", ", Periods)}, `5m` unless told otherwise; `/exchanges` lists those of each exchange.", example: "5m")
            .Takes("limit", "1 to 500, 30 unless told otherwise.", "integer", example: "30")
            .Answers(StatusCodes.Status200OK, "The open interest.", $"[{Row}]");
    }

    private static Task<IResult> ReadAsync(HttpContext context) =>
        InstrumentRoute.AnswerAsync(context, Feature.OpenInterest, (_, _) => 0, async (asked, _, queries, writer) =>
        {
            var answer = await queries.OpenInterestAsync(asked, context.RequestAborted);
            writer.Begin().Raw("{"u8);
            RowWriter.OpenInterest(writer, asked, answer.List[0]);
            return writer.Raw("}"u8);
        });

    private static Task<IResult> ReadHistoryAsync(HttpContext context) =>
        InstrumentRoute.AnswerAsync(
            context,
            Feature.OpenInterestHistory,
            (query, exchange) => (Step: PeriodOf(query, exchange), Range: InstrumentRoute.Range(query, limit: 30, most: 500)),
            async (asked, values, queries, writer) =>
            {
                var answer = await queries.OpenInterestHistoryAsync(asked, values.Step!, values.Range, context.RequestAborted);
                return RowWriter.List(writer.Begin(), answer.List, (_, point) => RowWriter.OpenInterest(writer, asked, point));
            });

    private static CandleInterval? PeriodOf(QueryReader query, ServedExchange exchange) =>
        InstrumentRoute.Interval(
            query.Optional("period") ?? Periods[0],
            [.. exchange.Has.OpenInterestHistory.Where(step => Periods.Contains(step.Name, StringComparer.Ordinal))],
            $"Exchange '{exchange.Name.Name}': period",
            (message, type, input) => query.Complain("period", message, type, input));
}
