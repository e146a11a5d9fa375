using Omnibook.Core.Derived;
using Omnibook.Venues;
using Omnibook.Venues.Data;

namespace Omnibook.Server.Apis.MarketData;

/// <summary><c>GET /binance/…</c>: some answers of Binance's futures as they are, byte for byte.</summary>
/// <remarks>https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api</remarks>
internal static class BinanceProxyApi
{
    private const string Exchange = "binance";
    private const string SymbolWords = "Any usual spelling; all symbols when absent.";

    /// <summary>Maps the routes.</summary>
    public static void MapBinanceProxies(this IEndpointRouteBuilder routes)
    {
        Document(
            routes.MapRead($"/{Exchange}/tickers/24hr", context => ReadAsync(context, "fapi/v1/ticker/24hr", one: 1, all: 40)),
            "Binance: the figures of 24 hours",
            """[{"symbol":"BTCUSDT","priceChange":"-94.99999800","lastPrice":"101801.40","volume":"8913.300","quoteVolume":"15.30","openTime":1762364412000,"closeTime":1762450812000}]""")
            .Takes("symbol", SymbolWords, example: "BTCUSDT");
        Document(
            routes.MapRead($"/{Exchange}/mark-prices", context => ReadAsync(context, "fapi/v1/premiumIndex", one: 1, all: 10)),
            "Binance: mark prices, index prices and next funding",
            """[{"symbol":"BTCUSDT","markPrice":"101801.42","indexPrice":"101850.70","lastFundingRate":"0.00007806","nextFundingTime":1762473600000,"time":1762450812000}]""")
            .Takes("symbol", SymbolWords, example: "BTCUSDT");
        Document(
            routes.MapRead($"/{Exchange}/klines/{{symbol}}/{{interval}}", ReadCandlesAsync),
            "Binance: candles",
            """[[1762451400000,"101621.7","101958.9","101619.9","101818.8","1274.0",1762451699999,"129689803.5",39480,"640.1","65160000.1","0"]]""")
            .TakesPath("symbol", "Any usual spelling.", "BTCUSDT")
            .TakesPath("interval", "`1m` … `1M`.", "5m")
            .Takes("limit", "1 to 1500, 500 unless told otherwise.", "integer", example: "2")
            .Takes("startTime", "The oldest opening time, milliseconds since the Unix epoch.", "integer")
            .Takes("endTime", "The newest opening time, milliseconds since the Unix epoch.", "integer")
            .AnswersInvalid();
    }

    private static RouteHandlerBuilder Document(RouteHandlerBuilder route, string summary, string example) =>
        route.Describe(summary, "What Binance's USD-M futures answer, unchanged: decimals are texts. Shared for a second by all who ask.")
            .Answers(StatusCodes.Status200OK, "Binance's answer.", example)
            .Answers(
                StatusCodes.Status404NotFound,
                "No such symbol, or the exchange is switched off.",
                """{"detail":"Symbol 'BTCUSDX' is not known at exchange 'binance'; there is BTCUSDT","path":"/binance/mark-prices"}""")
            .AnswersUpstream();

    /// <summary>A list of all symbols costs the venue's budget many times what one does.</summary>
    private static async Task<IResult> ReadAsync(HttpContext context, string path, int one, int all)
    {
        if (!context.RequestServices.GetRequiredService<Exchanges>().TryFind(Exchange, Feature.Trades, out var exchange, out var refusal))
        {
            return refusal.ToResult(context);
        }

        if (new QueryReader(context.Request).Optional("symbol") is not { } symbol)
        {
            return await PassAsync(context, exchange, new RestRequest(path, all));
        }

        return Exchanges.TryResolve(exchange, symbol, out var asked, out refusal)
            ? await PassAsync(context, exchange, new RestRequest($"{path}?symbol={Uri.EscapeDataString(asked.Listing.Symbol)}", one))
            : refusal.ToResult(context);
    }

    private static async Task<IResult> ReadCandlesAsync(HttpContext context)
    {
        if (!context.RequestServices.GetRequiredService<Exchanges>().TryFind(Exchange, Feature.Candles, out var exchange, out var refusal))
        {
            return refusal.ToResult(context);
        }

        var query = new QueryReader(context.Request);
        var interval = CandleApi.IntervalOf(query, exchange, InstrumentRoute.Value(context, "interval"));
        var range = InstrumentRoute.Range(query, limit: 500, most: 1500, ("startTime", "endTime"));
        if (query.Problem is { } problem)
        {
            return problem;
        }

        return Exchanges.TryResolve(exchange, InstrumentRoute.Value(context, "symbol"), out var asked, out refusal)
            ? await PassAsync(context, exchange, CandleRequest(asked, interval!, range))
            : refusal.ToResult(context);
    }

    /// <summary>The weight goes by the limit: up to 99 is 1, up to 499 is 2, up to 1000 is 5, above is 10.</summary>
    private static RestRequest CandleRequest(AskedInstrument asked, CandleInterval interval, DataRange range)
    {
        var path = $"fapi/v1/klines?symbol={Uri.EscapeDataString(asked.Listing.Symbol)}&interval={interval}&limit={range.Limit}"
            + (range.From is { } from ? $"&startTime={from.UnixMilliseconds}" : string.Empty)
            + (range.To is { } to ? $"&endTime={to.UnixMilliseconds}" : string.Empty);
        return new RestRequest(path, range.Limit switch { < 100 => 1, < 500 => 2, <= 1000 => 5, _ => 10 });
    }

    private static async Task<IResult> PassAsync(HttpContext context, ServedExchange exchange, RestRequest request)
    {
        var body = await context.RequestServices.GetRequiredService<MarketQueries>().RawAsync(exchange, request, context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Bytes(body, "application/json; charset=utf-8");
    }
}
