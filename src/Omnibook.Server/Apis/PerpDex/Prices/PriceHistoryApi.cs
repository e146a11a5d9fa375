using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Server.Apis.MarketData;
using Omnibook.Server.Streams;
using Omnibook.Venues;
using Omnibook.Venues.Data;

namespace Omnibook.Server.Apis.PerpDex.Prices;

/// <summary><c>GET /api/v1/prices/history/{pair}</c>: what a pair has cost.</summary>
internal static class PriceHistoryApi
{
    private static readonly CandleInterval[] Intervals = [.. new[] { "1m", "5m", "15m", "1h", "4h", "1d" }.Select(CandleInterval.Parse)];

    /// <summary>Maps the route.</summary>
    public static void MapPriceHistory(this IEndpointRouteBuilder routes) =>
        routes.MapRead("/prices/history/{pair}", ReadAsync)
            .Describe(
                "What a pair has cost",
                "Oldest first. Nobody keeps the middle prices of the past, so that each row is the plain average of what was paid at the dexes that have a candle "
                + "of that time; `dexes` says how many. `message` says so too, and which dex could not be asked.")
            .TakesPair()
            .Takes("limit", "1 to 1000, 100 unless told otherwise: the newest so many.", "integer", example: "100")
            .Takes("interval", "`1m`, `5m`, `15m`, `1h`, `4h` or `1d`; `1m` unless told otherwise.", example: "1m")
            .Answers(
                StatusCodes.Status200OK,
                "The prices.",
                """{"pair":"BTC-USD","interval":"1m","data":[{"timestamp":"2025-01-15T12:00:00Z","open":64990,"high":65000,"low":64980,"close":64993.5,"dexes":2}],"message":"average of what was paid at hyperliquid, lighter"}""")
            .AnswersInvalid()
            .AnswersUpstream();

    private static async Task<IResult> ReadAsync(HttpContext context)
    {
        var query = new QueryReader(context.Request);
        var limit = query.Integer("limit", 1, 1000) ?? 100;
        var interval = InstrumentRoute.Interval(
            query.Optional("interval") ?? "1m", Intervals, "interval", (message, type, input) => query.Complain("interval", message, type, input));
        return query.Problem ?? await PairRoute.AnswerAsync(context, pair => AnswerAsync(context, pair, interval!, limit));
    }

    private static async Task<IResult> AnswerAsync(HttpContext context, PerpPair pair, CandleInterval interval, int limit)
    {
        var queries = context.RequestServices.GetRequiredService<MarketQueries>();
        var offered = pair.Listings.Where(listing => listing.Dex.Has.Candles.Contains(interval)).ToArray();
        var shares = await Task.WhenAll(offered.Select(listing => AskAsync(queries, listing, interval, limit, context.RequestAborted)));
        if (shares.Length > 0 && shares.All(share => share.Failure is not null))
        {
            throw shares[0].Failure!;
        }

        var writer = new FrameWriter(context.RequestServices.GetRequiredService<FramePool>()).Begin()
            .Raw("{\"pair\":"u8).Text(pair.Name).Raw(",\"interval\":"u8).Text(interval.Name).Raw(",\"data\":"u8);
        RowWriter.List(writer, Average(shares, limit), (_, row) => Row(writer, row));
        return new FrameResult(writer.Raw(",\"message\":"u8).Text(Message(shares, pair.Missing)).Raw("}"u8).Complete());
    }

    private static async Task<Share> AskAsync(
        MarketQueries queries, DexListing listing, CandleInterval interval, int limit, CancellationToken cancellationToken)
    {
        try
        {
            var asked = new AskedInstrument(listing.Dex, listing.Listing, listing.Listing.Symbol);
            return new Share(listing.Dex.Name.Name, (await queries.CandlesAsync(asked, interval, new DataRange(limit), cancellationToken)).List, null);
        }
        catch (VenueRequestException refused)
        {
            return new Share(listing.Dex.Name.Name, [], refused);
        }
    }

    private static List<Averaged> Average(Share[] shares, int limit) =>
    [
        .. shares.SelectMany(share => share.Candles).GroupBy(candle => candle.Start).OrderBy(group => group.Key).TakeLast(limit)
            .Select(group => new Averaged(
                group.Key,
                group.Average(candle => candle.Open),
                group.Average(candle => candle.High),
                group.Average(candle => candle.Low),
                group.Average(candle => candle.Close),
                group.Count())),
    ];

    private static void Row(FrameWriter writer, Averaged row) =>
        writer.Raw("\"timestamp\":"u8).Moment(row.Start).Raw(",\"open\":"u8).Decimal(row.Open).Raw(",\"high\":"u8).Decimal(row.High)
            .Raw(",\"low\":"u8).Decimal(row.Low).Raw(",\"close\":"u8).Decimal(row.Close).Raw(",\"dexes\":"u8).Integer(row.Dexes);

    private static string Message(Share[] shares, IReadOnlyList<string> missing)
    {
        var told = shares.Where(share => share.Failure is null).Select(share => share.Dex).ToArray();
        var failed = shares.Where(share => share.Failure is not null).Select(share => $"{share.Dex}: {UpstreamErrors.Describe(share.Failure!)}");
        var first = told.Length == 0 ? "no dex has candles of this length" : $"average of what was paid at {string.Join(", ", told)}";
        return string.Join("; ", [first, .. failed, .. missing]);
    }

    private sealed record Share(string Dex, IReadOnlyList<Candle> Candles, VenueRequestException? Failure);

    private sealed record Averaged(Timestamp Start, decimal Open, decimal High, decimal Low, decimal Close, int Dexes);
}
