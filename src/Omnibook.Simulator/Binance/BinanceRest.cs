using System.Globalization;
using System.Text.Json;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Binance;

/// <summary>A REST interface of Binance: limits first, then the endpoint.</summary>
/// <param name="venue">The venue.</param>
/// <param name="endpoints">By path.</param>
/// <param name="unknown">The answer to any other path.</param>
internal sealed class BinanceRest(
    BinanceVenue venue, IReadOnlyDictionary<string, BinanceEndpoint> endpoints, Func<RestCall, RestAnswer> unknown)
{
    private readonly RequestWeights _weights = new(venue.Limits.WeightPerMinute);

    /// <summary>The weight used in the running minute.</summary>
    public int UsedWeight => _weights.Used;

    /// <summary>Answers a request.</summary>
    public RestAnswer Reply(RestCall call)
    {
        if (call.Method != "GET" || !endpoints.TryGetValue(call.Path, out var endpoint))
        {
            return unknown(call);
        }

        var now = venue.Schedule.Milliseconds;
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

    /// <summary>An endpoint of fixed weight.</summary>
    public static BinanceEndpoint Fixed(int weight, Func<RestCall, RestAnswer> answer) => new(_ => weight, answer);

    /// <summary>An endpoint that weighs more for all symbols than for one.</summary>
    public static BinanceEndpoint OneOrAll(int one, int all, Func<RestCall, RestAnswer> answer) =>
        new(call => call.Query.ContainsKey("symbol") ? one : all, answer);

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
            ? BinanceErrors.Body(-1003, venue.Limits.Banned(_weights.BannedUntil))
            : BinanceErrors.BodyOf(status, now, venue.Limits);
        var retry = _weights.RetryAfterSeconds(now).ToString(CultureInfo.InvariantCulture);
        return RestAnswer.Json(status, text) with { Headers = [("Retry-After", retry), UsedHeader] };
    }
}
