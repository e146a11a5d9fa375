using System.Text.Json;
using Omnibook.Simulator.Lighter.Accounts;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Lighter;

/// <summary>Lighter's REST interface: the limit of standard accounts first, 60 requests a minute, then the endpoint.</summary>
internal sealed class LighterRest
{
    private const int PerMinute = 60;
    private const long Minute = 60_000;
    private readonly LighterVenue _venue;
    private readonly Dictionary<string, Func<RestCall, RestAnswer>> _endpoints = new(StringComparer.Ordinal);
    private long _minute;

    /// <summary>Creates the interface.</summary>
    public LighterRest(LighterVenue venue)
    {
        _venue = venue;
        var markets = new LighterMarketEndpoints(venue);
        var books = new LighterBookEndpoints(venue);
        var histories = new LighterHistoryEndpoints(venue);
        var accounts = new LighterAccountEndpoints(venue);
        Add("orderBooks", markets.OrderBooks);
        Add("orderBookDetails", markets.Details);
        Add("assetDetails", static _ => LighterMarketEndpoints.Assets());
        Add("exchangeStats", _ => markets.ExchangeStatistics());
        Add("orderBookOrders", books.Orders);
        Add("recentTrades", books.RecentTrades);
        Add("candles", histories.Candles);
        Add("fundings", histories.Fundings);
        Add("funding-rates", _ => histories.FundingRates());
        Add("account", accounts.Account);
        Add("accountsByL1Address", accounts.ByAddress);
        _endpoints.Add("/", _ => RestAnswer.Json(200, $"{{\"status\":200,\"network_id\":304,\"timestamp\":{venue.Schedule.Milliseconds / 1000}}}"));
    }

    /// <summary>The requests of the running minute.</summary>
    public int UsedRequests { get; private set; }

    /// <summary>Answers a request.</summary>
    public RestAnswer Reply(RestCall call)
    {
        var now = _venue.Schedule.Milliseconds;
        if (now / Minute != _minute)
        {
            (_minute, UsedRequests) = (now / Minute, 0);
        }

        return ++UsedRequests > PerMinute ? RestAnswer.Json(429, LighterErrors.BodyOf(429))
            : call.Method == "GET" && _endpoints.TryGetValue(call.Path, out var endpoint) ? endpoint(call)
            : RestAnswer.Json(404, LighterErrors.BodyOf(404));
    }

    /// <summary><c>{"code":200,…}</c></summary>
    public static RestAnswer Write(Action<Utf8JsonWriter> fields)
    {
        using var text = new JsonText();
        return new RestAnswer(200, text.Write(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("code", 200);
            fields(json);
            json.WriteEndObject();
        }));
    }

    private void Add(string path, Func<RestCall, RestAnswer> answer) => _endpoints.Add("/api/v1/" + path, answer);
}
