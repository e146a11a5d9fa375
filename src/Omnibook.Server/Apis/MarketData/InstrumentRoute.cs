using Omnibook.Core.Derived;
using Omnibook.Server.Streams;
using Omnibook.Venues.Data;

namespace Omnibook.Server.Apis.MarketData;

/// <summary>What is the same in every route that is about one instrument of one exchange.</summary>
internal static class InstrumentRoute
{
    private const string Symbols = "Any usual spelling: `BTCUSDT`, `BTC`, `BTC-USD`, `merrli:BTC`. It is echoed in upper case.";

    /// <summary>
    /// Answers a request: 404 for an exchange or a feature that is not there, 422 with everything that is wrong with the values, 404 for an
    /// instrument that is not there, otherwise what <paramref name="answer"/> makes of it.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="feature">What the exchange must have.</param>
    /// <param name="read">Reads the values; complains of what is wrong.</param>
    /// <param name="answer">Asks, and renders; null where the exchange has nothing to tell of the instrument.</param>
    public static async Task<IResult> AnswerAsync<TValues>(
        HttpContext context,
        Feature feature,
        Func<QueryReader, ServedExchange, TValues> read,
        Func<AskedInstrument, TValues, MarketQueries, FrameWriter, Task<FrameWriter?>> answer)
    {
        var services = context.RequestServices;
        if (!services.GetRequiredService<Exchanges>().TryFind(Value(context, "exchange"), feature, out var exchange, out var refusal))
        {
            return refusal.ToResult(context);
        }

        var query = new QueryReader(context.Request);
        var values = read(query, exchange);
        if (query.Problem is { } problem)
        {
            return problem;
        }

        if (!Exchanges.TryResolve(exchange, Value(context, "symbol"), out var asked, out refusal))
        {
            return refusal.ToResult(context);
        }

        var writer = new FrameWriter(services.GetRequiredService<FramePool>());
        return await answer(asked, values, services.GetRequiredService<MarketQueries>(), writer) is { } written
            ? new FrameResult(written.Complete())
            : ApiErrors.NotFound(context, $"Exchange '{exchange.Name.Name}' has no {feature.Words} of '{asked.Echo}' yet");
    }

    /// <summary>A part of the path.</summary>
    public static string Value(HttpContext context, string name) => (string?)context.Request.RouteValues[name] ?? string.Empty;

    /// <summary>An interval out of those that there are; any other is complained of with all that there are.</summary>
    public static CandleInterval? Interval(
        string text, IReadOnlyList<CandleInterval> allowed, string what, Action<string, string, string> complain)
    {
        if (CandleInterval.TryParse(text, out var interval) && allowed.Contains(interval))
        {
            return interval;
        }

        complain($"{what} '{text}' does not exist there; there is {string.Join(", ", allowed.Select(one => one.Name))}", "enum", text);
        return null;
    }

    /// <summary>Reads <c>limit</c>, and the times of the oldest and the newest row, both included, where the route has names for them.</summary>
    public static DataRange Range(QueryReader query, int limit, int most, (string From, string To)? times = null)
    {
        var rows = query.Integer("limit", 1, most) ?? limit;
        if (times is not var (fromName, toName))
        {
            return new DataRange(rows);
        }

        var (from, to) = (query.Moment(fromName), query.Moment(toName));
        if (from > to)
        {
            query.Complain(toName, $"Input should not be before {fromName}", "value_error", query.Optional(toName));
        }

        return new DataRange(rows, from, to);
    }

    /// <summary>Tells what every such route takes and refuses.</summary>
    public static RouteHandlerBuilder TakesInstrument(this RouteHandlerBuilder route) =>
        route
            .TakesPath("exchange", "The exchange, in any letter case; `/exchanges` lists them.", "binance")
            .TakesPath("symbol", Symbols, "BTCUSDT")
            .Answers(
                StatusCodes.Status404NotFound,
                "No such exchange, it lacks the feature, or no such symbol there.",
                """{"detail":"Exchange 'kraken' is not supported (binance, hyperliquid, bybit)","path":"/kraken/oi/BTCUSDT"}""")
            .AnswersInvalid()
            .AnswersUpstream();
}
