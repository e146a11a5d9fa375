using Omnibook.Core.Derived;
using Omnibook.Server.Streams;
using Omnibook.Venues;
using Omnibook.Venues.Data;

namespace Omnibook.Server.Apis.MarketData;

/// <summary><c>GET /multi/ohlc/{symbol}/{interval}</c>: the same candles of every exchange that has them.</summary>
internal static class MultiCandleApi
{
    /// <summary>The header that says which exchanges have an empty list, and why.</summary>
    public const string LeftOut = "X-Left-Out";

    /// <summary>Maps the route.</summary>
    public static void MapMultiCandles(this IEndpointRouteBuilder routes) =>
        routes.MapRead("/multi/ohlc/{symbol}/{interval}", ReadAsync)
            .Describe(
                "Candles of every exchange",
                $"One list an exchange, asked side by side. An exchange that fails, or has no such symbol or interval, has an empty list; the header `{LeftOut}` says why.")
            .TakesPath("symbol", "Any usual spelling.", "BTCUSDT")
            .TakesPath("interval", "`1m` … `1M`.", "5m")
            .Takes("limit", "1 to 1000, 200 unless told otherwise: the newest so many.", "integer", example: "2")
            .Answers(StatusCodes.Status200OK, "The candles.", $$"""{"binance":{{CandleApi.Example}},"bybit":[]}""")
            .Answers(
                StatusCodes.Status404NotFound,
                "No exchange has such a symbol.",
                """{"detail":"No exchange has candles of 'NOPE'","path":"/multi/ohlc/NOPE/5m"}""")
            .AnswersInvalid();

    private static async Task<IResult> ReadAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var (symbol, name) = (InstrumentRoute.Value(context, "symbol"), InstrumentRoute.Value(context, "interval"));
        var exchanges = services.GetRequiredService<Exchanges>().Served
            .Where(exchange => !exchange.Name.IsTest && Feature.Candles.IsOffered(exchange.Has)).ToList();
        var query = new QueryReader(context.Request);
        var range = InstrumentRoute.Range(query, limit: 200, most: 1000);
        var interval = InstrumentRoute.Interval(
            name,
            [.. CandleInterval.All.Where(one => exchanges.Exists(exchange => exchange.Has.Candles.Contains(one)))],
            "Interval",
            (message, type, input) => query.ComplainOfPath("interval", message, type, input));
        if (query.Problem is { } problem)
        {
            return problem;
        }

        var queries = services.GetRequiredService<MarketQueries>();
        var shares = await Task.WhenAll(exchanges.Select(exchange => ShareAsync(exchange, symbol, interval!, range, queries, context.RequestAborted)));
        if (shares.Length > 0 && Array.TrueForAll(shares, share => share.IsUnknown))
        {
            return ApiErrors.NotFound(context, $"No exchange has candles of '{symbol}': {string.Join("; ", shares.Select(share => share.Failure))}");
        }

        TellFailures(context, shares);
        return new FrameResult(Render(new FrameWriter(services.GetRequiredService<FramePool>()), interval!, shares));
    }

    private static async Task<Share> ShareAsync(
        ServedExchange exchange, string symbol, CandleInterval interval, DataRange range, MarketQueries queries, CancellationToken cancellationToken)
    {
        if (!exchange.Has.Candles.Contains(interval))
        {
            return new Share(exchange, null, null, $"it has no '{interval}'");
        }

        if (!Exchanges.TryResolve(exchange, symbol, out var asked, out var refusal))
        {
            return new Share(exchange, null, null, refusal.Detail, IsUnknown: refusal.Status == StatusCodes.Status404NotFound);
        }

        try
        {
            return new Share(exchange, asked, await queries.CandlesAsync(asked, interval, range, cancellationToken), null);
        }
        catch (VenueRequestException refused)
        {
            return new Share(exchange, asked, null, UpstreamErrors.Describe(refused));
        }
    }

    /// <summary>A header holds ASCII alone, and should be short.</summary>
    private static void TellFailures(HttpContext context, Share[] shares)
    {
        var failures = shares.Where(share => share.Failure is not null).Select(share => $"{share.Exchange.Name.Name}: {share.Failure}").ToArray();
        if (failures.Length > 0)
        {
            var text = string.Join(" | ", failures);
            context.Response.Headers[LeftOut] = string.Concat(text.Take(1000).Select(letter => letter is >= ' ' and <= '~' ? letter : '?'));
        }
    }

    private static Frame Render(FrameWriter writer, CandleInterval interval, Share[] shares)
    {
        writer.Begin().Raw("{"u8);
        for (var i = 0; i < shares.Length; i++)
        {
            writer.Raw(i == 0 ? ""u8 : ","u8).Text(shares[i].Exchange.Name.Name).Raw(":"u8);
            if (shares[i] is { Asked: { } asked, Candles: { } candles })
            {
                CandleApi.Write(writer, asked, interval, candles);
            }
            else
            {
                writer.Raw("[]"u8);
            }
        }

        return writer.Raw("}"u8).Complete();
    }

    private sealed record Share(
        ServedExchange Exchange, AskedInstrument? Asked, Answer<Candle>? Candles, string? Failure, bool IsUnknown = false);
}
