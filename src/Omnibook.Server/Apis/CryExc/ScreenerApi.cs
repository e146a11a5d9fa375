using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Server.Apis.MarketData;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.CryExc;

/// <summary><c>GET /screener</c>: the figures of the last 24 hours of every instrument of an exchange.</summary>
internal static class ScreenerApi
{
    private const string Example =
        """[{"exchange":"binancef","symbol":"BTCUSDT","lastPrice":42000.1,"priceChange":-120.5,"priceChangePercent":-0.29,"volume24h":250000.1,"quoteVolume24h":10500000000,"high24h":42800,"low24h":41500,"tradeCount":4200000,"timestamp":1700000000000}]""";

    /// <summary>Maps the route.</summary>
    public static void MapScreener(this IEndpointRouteBuilder routes) =>
        routes.MapRead("/screener", ReadAsync)
            .Describe(
                "The last 24 hours of every instrument",
                "Asked for every ten seconds. Where the exchange fails, figures of up to a minute ago are told; their `timestamp` says so. What an exchange does not say is null.")
            .TakesExchange()
            .Answers(StatusCodes.Status200OK, "One object an instrument.", Example)
            .AnswersUpstream();

    private static async Task<IResult> ReadAsync(HttpContext context)
    {
        var services = context.RequestServices;
        if (!ExchangeQuery.TryFind(context, out var exchange, out var refusal))
        {
            return refusal.ToResult(context);
        }

        if (!exchange.Has.Tickers)
        {
            return ApiErrors.NotFound(context, $"Exchange '{exchange.Name.Name}' has no figures of 24 hours");
        }

        var answer = await services.GetRequiredService<CryExcQueries>().AllFiguresAsync(exchange, context.RequestAborted);
        var writer = new FrameWriter(services.GetRequiredService<FramePool>()).Begin();
        DayTicker[] known = [.. answer.List.Where(ticker => ticker.Last is not null)];
        return new FrameResult(RowWriter.List(writer, known, (_, ticker) => Write(writer, exchange.Name.Name, ticker, answer.AskedAt)).Complete());
    }

    private static void Write(FrameWriter writer, string exchange, DayTicker ticker, Timestamp askedAt)
    {
        var change = ticker.Last - ticker.Open;
        writer.Raw("\"exchange\":"u8).Text(exchange).Raw(",\"symbol\":"u8).Text(ticker.Symbol);
        RowWriter.OrNull(writer.Raw(",\"lastPrice\":"u8), ticker.Last);
        RowWriter.OrNull(writer.Raw(",\"priceChange\":"u8), change);
        RowWriter.OrNull(writer.Raw(",\"priceChangePercent\":"u8), ticker.Open is > 0 ? decimal.Round((change / ticker.Open * 100)!.Value, 4) : null);
        RowWriter.OrNull(writer.Raw(",\"volume24h\":"u8), ticker.BaseVolume);
        RowWriter.OrNull(writer.Raw(",\"quoteVolume24h\":"u8), ticker.QuoteVolume);
        RowWriter.OrNull(writer.Raw(",\"high24h\":"u8), ticker.High);
        RowWriter.OrNull(writer.Raw(",\"low24h\":"u8), ticker.Low);
        RowWriter.OrNull(writer.Raw(",\"tradeCount\":"u8), ticker.Trades);
        writer.Raw(",\"timestamp\":"u8).Integer(askedAt.UnixMilliseconds);
    }
}
