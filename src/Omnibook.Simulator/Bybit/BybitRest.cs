using System.Text.Json;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Bybit;

/// <summary>Bybit's REST interface: limits first, then the endpoint, then the headers.</summary>
internal sealed class BybitRest
{
    private readonly BybitVenue _venue;
    private readonly RequestWindow _window = new();
    private readonly Dictionary<string, Func<RestCall, RestAnswer>> _endpoints = new(StringComparer.Ordinal);

    /// <summary>Creates the interface.</summary>
    public BybitRest(BybitVenue venue)
    {
        _venue = venue;
        var books = new BybitBookEndpoints(venue);
        var candles = new BybitCandleEndpoints(venue);
        var histories = new BybitHistoryEndpoints(venue);
        Add("time", _ => Time());
        Add("instruments-info", new BybitInstruments(venue).Answer);
        Add("orderbook", books.Book);
        Add("recent-trade", books.Trades);
        Add("tickers", books.Tickers);
        Add("kline", candles.Klines);
        Add("mark-price-kline", candles.MarkKlines);
        Add("index-price-kline", candles.IndexKlines);
        Add("funding/history", histories.Funding);
        Add("open-interest", histories.OpenInterest);
        Add("account-ratio", histories.AccountRatio);
    }

    /// <summary>The requests of the running window.</summary>
    public int UsedRequests => _window.Used;

    /// <summary>Answers a request.</summary>
    public RestAnswer Reply(RestCall call)
    {
        var now = _venue.Schedule.Milliseconds;
        return _window.Count(now) switch
        {
            403 => RestAnswer.Text(403, BybitErrors.AccessTooFrequent),
            429 => RestAnswer.Json(200, BybitErrors.BodyOf(429, now)) with { Headers = Headers(now) },
            _ when call.Method == "GET" && _endpoints.TryGetValue(call.Path, out var endpoint) => endpoint(call) with { Headers = Headers(now) },
            _ => RestAnswer.Json(404, BybitErrors.BodyOf(404, now)),
        };
    }

    /// <summary><c>{"retCode":0,"retMsg":"OK","result":{…},"retExtInfo":{},"time":1672025956592}</c></summary>
    /// <param name="now">The venue's time, Unix milliseconds.</param>
    /// <param name="result">Writes the fields of the result.</param>
    public static RestAnswer Write(long now, Action<Utf8JsonWriter> result)
    {
        using var text = new JsonText();
        return new RestAnswer(200, text.Write(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("retCode", 0);
            json.WriteString("retMsg", "OK");
            json.WriteStartObject("result");
            result(json);
            json.WriteEndObject();
            json.WriteStartObject("retExtInfo");
            json.WriteEndObject();
            json.WriteNumber("time", now);
            json.WriteEndObject();
        }));
    }

    private void Add(string path, Func<RestCall, RestAnswer> answer) => _endpoints.Add("/v5/market/" + path, answer);

    /// <summary>Remaining requests and when the limit is over; the moment is now when nothing is limited.</summary>
    private (string Name, string Value)[] Headers(long now) =>
    [
        ("X-Bapi-Limit", BybitText.Text(RequestWindow.Limit)),
        ("X-Bapi-Limit-Status", BybitText.Text(Math.Max(0, RequestWindow.Limit - _window.Used))),
        ("X-Bapi-Limit-Reset-Timestamp", BybitText.Text(_window.ResetAt(now))),
    ];

    /// <summary><c>{"timeSecond":"1688639403","timeNano":"1688639403423213947"}</c></summary>
    private RestAnswer Time()
    {
        var microseconds = _venue.Schedule.Microseconds;
        return Write(microseconds / 1000, json =>
        {
            json.WriteString("timeSecond", BybitText.Text(microseconds / 1_000_000));
            json.WriteString("timeNano", BybitText.Text(microseconds * 1000));
        });
    }
}
