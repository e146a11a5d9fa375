using System.Globalization;
using System.Text.Json;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.BinanceUsdm;

/// <summary>One endpoint: what it weighs and what it answers.</summary>
/// <param name="Weight">From the parameters; null for the endpoints with a pool of their own.</param>
/// <param name="Answer">The answer.</param>
internal sealed record BinanceEndpoint(Func<RestCall, int>? Weight, Func<RestCall, RestAnswer> Answer)
{
    /// <summary>The pool, for endpoints without weight.</summary>
    public (string Family, int Limit) Pool { get; init; }
}

/// <summary>Binance's REST interface: limits first, then the endpoint.</summary>
internal sealed class BinanceRest
{
    private readonly BinanceVenue _venue;
    private readonly RequestWeights _weights = new();
    private readonly Dictionary<string, BinanceEndpoint> _endpoints = new(StringComparer.Ordinal);

    /// <summary>Creates the interface.</summary>
    public BinanceRest(BinanceVenue venue)
    {
        _venue = venue;
        var exchange = new BinanceExchangeInfo(venue);
        var books = new BinanceBookEndpoints(venue);
        var trades = new BinanceTradeEndpoints(venue);
        var marks = new BinanceMarkEndpoints(venue);
        Add("/fapi/v1/ping", static _ => 1, static _ => RestAnswer.Json(200, "{}"));
        Add("/fapi/v1/time", static _ => 1, _ => RestAnswer.Json(200, $"{{\"serverTime\":{venue.Schedule.Milliseconds}}}"));
        Add("/fapi/v1/exchangeInfo", static _ => 1, _ => exchange.Answer());
        Add("/fapi/v1/depth", BinanceBookEndpoints.DepthWeight, books.Depth);
        Add("/fapi/v1/ticker/bookTicker", static call => HasSymbol(call) ? 2 : 5, books.BookTicker);
        Add("/fapi/v1/trades", static _ => 5, trades.Recent);
        Add("/fapi/v1/historicalTrades", static _ => 200, static _ => RestAnswer.Json(401, BinanceErrors.BodyOf(401, 0)));
        Add("/fapi/v1/aggTrades", static _ => 20, trades.Aggregates);
        Add("/fapi/v1/klines", BinanceTradeEndpoints.KlineWeight, trades.Klines);
        Add("/fapi/v1/ticker/24hr", static call => HasSymbol(call) ? 1 : 40, trades.Day);
        Add("/fapi/v2/ticker/price", static call => HasSymbol(call) ? 1 : 2, trades.LastPrice);
        Add("/fapi/v1/ticker/price", static call => HasSymbol(call) ? 1 : 2, trades.LastPrice);
        Add("/fapi/v1/premiumIndex", static call => HasSymbol(call) ? 1 : 10, marks.PremiumIndex);
        Add("/fapi/v1/openInterest", static _ => 1, marks.OpenInterest);
        AddPooled("/fapi/v1/fundingRate", ("funding", 500), marks.FundingRate);
        AddPooled("/fapi/v1/fundingInfo", ("funding", 500), marks.FundingInfo);
        AddPooled("/futures/data/openInterestHist", ("data", 1000), marks.OpenInterestHistory);
        AddPooled("/futures/data/globalLongShortAccountRatio", ("data", 1000), marks.LongShortRatio);
    }

    /// <summary>The weight used in the running minute.</summary>
    public int UsedWeight => _weights.Used;

    /// <summary>Answers a request.</summary>
    public RestAnswer Reply(RestCall call)
    {
        if (call.Method != "GET" || !_endpoints.TryGetValue(call.Path, out var endpoint))
        {
            return RestAnswer.Json(404, BinanceErrors.Body(-5000, $"Path {call.Path}, Method {call.Method} is invalid"));
        }

        var now = _venue.Schedule.Milliseconds;
        var refusal = endpoint.Weight is { } weight
            ? _weights.Charge(weight(call), now)
            : _weights.Count(endpoint.Pool.Family, endpoint.Pool.Limit, now);
        if (refusal != 0)
        {
            return Refuse(refusal, now);
        }

        var answer = endpoint.Answer(call);
        return endpoint.Weight is null ? answer : answer with { Headers = [.. answer.Headers, UsedHeader] };
    }

    /// <summary>Writes an answer of status 200.</summary>
    public static RestAnswer Write(Action<Utf8JsonWriter> body)
    {
        using var text = new JsonText();
        return new RestAnswer(200, text.Write(body));
    }

    private (string Name, string Value) UsedHeader => ("X-MBX-USED-WEIGHT-1M", _weights.Used.ToString(CultureInfo.InvariantCulture));

    private RestAnswer Refuse(int status, long now)
    {
        var text = status == 418
            ? BinanceErrors.Body(-1003, $"Way too many requests; IP banned until {_weights.BannedUntil}. Please use the websocket for live updates to avoid bans.")
            : BinanceErrors.BodyOf(status, now);
        var retry = _weights.RetryAfterSeconds(now).ToString(CultureInfo.InvariantCulture);
        return RestAnswer.Json(status, text) with { Headers = [("Retry-After", retry), UsedHeader] };
    }

    private void Add(string path, Func<RestCall, int> weight, Func<RestCall, RestAnswer> answer) =>
        _endpoints.Add(path, new BinanceEndpoint(weight, answer));

    private void AddPooled(string path, (string Family, int Limit) pool, Func<RestCall, RestAnswer> answer) =>
        _endpoints.Add(path, new BinanceEndpoint(null, answer) { Pool = pool });

    private static bool HasSymbol(RestCall call) => call.Query.ContainsKey("symbol");
}
