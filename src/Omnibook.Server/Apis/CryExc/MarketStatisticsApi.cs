using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Server.Apis.MarketData;
using Omnibook.Server.Streams;
using Omnibook.Venues;

namespace Omnibook.Server.Apis.CryExc;

/// <summary><c>GET /api/market-stats</c>: prices, funding, open interest and shares of accounts of perpetuals.</summary>
internal static class MarketStatisticsApi
{
    private const string Example =
        """[{"exchange":"binancef","symbol":"BTCUSDT","timestamp":1700000000000,"fundingRate":0.0001,"nextFundingTime":1700006400000,"openInterest":80000.5,"openInterestUsd":3360189001.05,"oiTimestamp":1699999900000,"indexPrice":42000,"markPrice":42002.1,"basis":2.1,"basisBps":0.5,"longShortRatio":1.8,"longAccount":0.643,"shortAccount":0.357}]""";

    /// <summary>Whether an exchange has something to tell here.</summary>
    public static bool IsOffered(ServedExchange exchange) => exchange.Has is { Tickers: true, OpenInterest: true };

    /// <summary>Maps the route.</summary>
    public static void MapMarketStatistics(this IEndpointRouteBuilder routes) =>
        routes.MapRead("/api/market-stats", ReadAsync)
            .Describe(
                "Prices, funding, open interest and shares of accounts",
                "Of `symbol`, or of SUPPORTED_SYMBOLS. Mark, index and funding are at most two seconds old; open interest and shares are asked for every five minutes, and what could not be had is null, "
                + "and asked for again with the next request. `openInterestUsd` = `openInterest` × `markPrice`; `basis` = `markPrice` − `indexPrice`; `basisBps` = `basis` / `indexPrice` × 10⁴.")
            .Takes("symbol", "Any usual spelling.", example: "BTCUSDT")
            .TakesExchange()
            .Answers(StatusCodes.Status200OK, "One object a symbol.", Example)
            .AnswersUpstream();

    private static async Task<IResult> ReadAsync(HttpContext context)
    {
        var (services, query) = (context.RequestServices, new QueryReader(context.Request));
        if (!ExchangeQuery.TryFind(context, out var exchange, out var refusal))
        {
            return refusal.ToResult(context);
        }

        if (!IsOffered(exchange))
        {
            return ApiErrors.NotFound(context, $"Exchange '{exchange.Name.Name}' has no perpetuals");
        }

        if (query.Optional("symbol") is { } symbol)
        {
            return Exchanges.TryResolve(exchange, symbol, out var asked, out refusal)
                ? await AnswerAsync(context, [asked])
                : refusal.ToResult(context);
        }

        List<AskedInstrument> usual = [];
        foreach (var name in services.GetRequiredService<MarketDataRules>().Symbols)
        {
            if (Exchanges.TryResolve(exchange, name, out var asked, out refusal))
            {
                usual.Add(asked);
            }
        }

        return usual.Count > 0 ? await AnswerAsync(context, usual) : refusal!.ToResult(context);
    }

    private static async Task<IResult> AnswerAsync(HttpContext context, IReadOnlyList<AskedInstrument> asked)
    {
        var queries = context.RequestServices.GetRequiredService<CryExcQueries>();
        var readings = await Task.WhenAll(asked.Select(one => ReadAsync(queries, one, context.RequestAborted)));
        var told = readings.Where(reading => reading.Refusal is null).ToArray();
        if (told.Length == 0)
        {
            throw readings[0].Refusal!;
        }

        var writer = new FrameWriter(context.RequestServices.GetRequiredService<FramePool>()).Begin();
        return new FrameResult(RowWriter.List(writer, told, (_, reading) => Write(writer, reading)).Complete());
    }

    private static async Task<Reading> ReadAsync(CryExcQueries queries, AskedInstrument asked, CancellationToken cancellationToken)
    {
        try
        {
            var figures = queries.FiguresAsync(asked, cancellationToken);
            var (interest, shares) = (queries.OpenInterestAsync(asked, cancellationToken), queries.SharesAsync(asked, cancellationToken));
            await Task.WhenAll(interest, shares);
            var answer = await figures;
            return new Reading(asked, answer.AskedAt, answer.List is [var one, ..] ? one : null, (await interest)?.List[^1], (await shares)?.List[^1], null);
        }
        catch (VenueRequestException refused)
        {
            return new Reading(asked, default, null, null, null, refused);
        }
    }

    private static void Write(FrameWriter writer, Reading reading)
    {
        var (mark, index) = (reading.Figures?.Mark, reading.Figures?.Index);
        var basis = mark - index;
        writer.Raw("\"exchange\":"u8).Text(reading.Asked.ExchangeName).Raw(",\"symbol\":"u8).Text(reading.Asked.Echo)
            .Raw(",\"timestamp\":"u8).Integer(reading.At.UnixMilliseconds);
        Number(writer.Raw(",\"fundingRate\":"u8), reading.Figures?.FundingRate);
        Moment(writer.Raw(",\"nextFundingTime\":"u8), reading.Figures?.NextFundingAt ?? default);
        Number(writer.Raw(",\"openInterest\":"u8), reading.Interest?.Quantity);
        Number(writer.Raw(",\"openInterestUsd\":"u8), reading.Interest?.Quantity * mark ?? reading.Interest?.Value);
        Moment(writer.Raw(",\"oiTimestamp\":"u8), reading.Interest?.At ?? default);
        Number(writer.Raw(",\"indexPrice\":"u8), index);
        Number(writer.Raw(",\"markPrice\":"u8), mark);
        Number(writer.Raw(",\"basis\":"u8), basis);
        Number(writer.Raw(",\"basisBps\":"u8), index is > 0 ? decimal.Round((basis / index * 10_000)!.Value, 6) : null);
        Number(writer.Raw(",\"longShortRatio\":"u8), reading.Shares is { ShortShare: > 0 } shares ? decimal.Round(shares.LongShare / shares.ShortShare, 6) : null);
        Number(writer.Raw(",\"longAccount\":"u8), reading.Shares?.LongShare);
        Number(writer.Raw(",\"shortAccount\":"u8), reading.Shares?.ShortShare);
    }

    private static void Number(FrameWriter writer, decimal? value) => RowWriter.OrNull(writer, value);

    private static void Moment(FrameWriter writer, Timestamp moment) =>
        _ = moment.IsUnknown ? writer.Raw("null"u8) : writer.Integer(moment.UnixMilliseconds);

    private sealed record Reading(
        AskedInstrument Asked, Timestamp At, DayTicker? Figures, OpenInterestPoint? Interest, LongShortPoint? Shares, VenueRequestException? Refusal);
}
