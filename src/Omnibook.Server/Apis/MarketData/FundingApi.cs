using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Server.Streams;
using Omnibook.Venues.Data;

namespace Omnibook.Server.Apis.MarketData;

/// <summary><c>GET /{exchange}/funding…</c>: what longs paid shorts, and what comes next.</summary>
internal static class FundingApi
{
    private const string Row =
        """{"exchange":"binance","symbol":"BTCUSDT","timestamp":"2025-11-06T16:00:00Z","funding_rate":0.00007806,"funding_time":"2025-11-06T16:00:00Z","next_funding_rate":0.00005,"next_funding_time":"2025-11-07T00:00:00Z"}""";

    /// <summary>Maps the routes.</summary>
    public static void MapFunding(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/{exchange}/funding/{symbol}", ReadAsync)
            .Describe(
                "The last funding",
                "The newest that was settled. `funding_rate` is a fraction of one interval, positive when longs pay; `next_…` is the venue's forecast, null where it has none.")
            .TakesInstrument()
            .Answers(StatusCodes.Status200OK, "The funding.", Row);
        routes.MapRead("/{exchange}/funding-hist/{symbol}", ReadHistoryAsync)
            .Describe("Funding of the past", "Oldest first. `next_…` of a row is what was settled after it, and of the newest the venue's forecast.")
            .TakesInstrument()
            .Takes("limit", "1 to 1000, 100 unless told otherwise: the newest so many.", "integer", example: "100")
            .Answers(StatusCodes.Status200OK, "The fundings.", $"[{Row}]");
    }

    private static Task<IResult> ReadAsync(HttpContext context) =>
        InstrumentRoute.AnswerAsync(context, Feature.Funding, (_, _) => 0, async (asked, _, queries, writer) =>
        {
            var (paid, next) = await AskAsync(asked, new DataRange(1), queries, context.RequestAborted);
            if (paid.Count == 0)
            {
                return null;
            }

            writer.Begin().Raw("{"u8);
            WriteRow(writer, asked, paid, paid.Count - 1, next);
            return writer.Raw("}"u8);
        });

    private static Task<IResult> ReadHistoryAsync(HttpContext context) =>
        InstrumentRoute.AnswerAsync(
            context,
            Feature.Funding,
            (query, _) => InstrumentRoute.Range(query, limit: 100, most: 1000),
            async (asked, range, queries, writer) =>
            {
                var (paid, next) = await AskAsync(asked, range, queries, context.RequestAborted);
                return RowWriter.List(writer.Begin(), paid, (i, _) => WriteRow(writer, asked, paid, i, next));
            });

    /// <summary>What was paid, and the venue's own forecast, asked for side by side.</summary>
    private static async Task<(IReadOnlyList<FundingPoint> Paid, FundingForecast? Next)> AskAsync(
        AskedInstrument asked, DataRange range, MarketQueries queries, CancellationToken cancellationToken)
    {
        var paid = queries.FundingAsync(asked, range, cancellationToken);
        var forecasts = queries.ForecastsAsync(asked, cancellationToken);
        await Task.WhenAll(paid, forecasts);
        return ((await paid).List, (await forecasts).List.FirstOrDefault(forecast => IsOwn(forecast, asked)));
    }

    /// <summary>Venues tell other venues' forecasts as well. Hyperliquid calls its own <c>HlPerp</c>; everybody else's own has the venue's key.</summary>
    private static bool IsOwn(FundingForecast forecast, AskedInstrument asked) =>
        forecast.Venue == (asked.Exchange.Name.Venue.Key.StartsWith("hyperliquid", StringComparison.Ordinal) ? "HlPerp" : asked.Exchange.Name.Venue.Key);

    private static void WriteRow(FrameWriter writer, AskedInstrument asked, IReadOnlyList<FundingPoint> paid, int row, FundingForecast? next)
    {
        var (rate, at) = row + 1 < paid.Count ? (paid[row + 1].Rate, paid[row + 1].At)
            : next is not null ? (next.Rate, next.NextAt)
            : ((decimal?)null, default(Timestamp));
        RowWriter.Funding(writer, asked, paid[row], rate, at);
    }
}
