using Omnibook.Simulator.Markets;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Bybit;

/// <summary>The candle endpoints: newest first, the running candle included.</summary>
internal sealed class BybitCandleEndpoints(BybitVenue venue)
{
    private const int MarkSamples = 8;

    private long Now => venue.Schedule.Milliseconds;

    /// <summary><c>{"symbol":"BTCUSDT","category":"linear","list":[["1670608800000","17071","17073","17027","17055.5","268611","15.74462667"]]}</c></summary>
    public RestAnswer Klines(RestCall call) => Answer(call, static (market, interval, opens) =>
        opens.Count == 0 ? [] : market.Market.Candles.Between(interval, opens[^1], opens[0]).Reverse().Select(candle => new[]
        {
            BybitText.Text(candle.OpenTime), market.Price(candle.Open), market.Price(candle.High), market.Price(candle.Low),
            market.Price(candle.Close), market.Quantity(candle.Volume), BybitText.Fixed(market.Value(candle.Quote), 4),
        }));

    /// <summary><c>[["1670608800000","17164.16","17164.16","17121.5","17131.64"]]</c></summary>
    public RestAnswer MarkKlines(RestCall call) => Answer(call, (market, interval, opens) => opens.Select(open => Sample(market, interval, open, market.Market.FairMicrosAt)));

    /// <summary>The same of the index.</summary>
    public RestAnswer IndexKlines(RestCall call) => Answer(call, (market, interval, opens) => opens.Select(open => Sample(market, interval, open, market.Market.IndexMicrosAt)));

    private RestAnswer Answer(RestCall call, Func<BybitMarket, CandleInterval, IReadOnlyList<long>, IEnumerable<string[]>> rows)
    {
        var query = new BybitQuery(venue, call, isCategoryOptional: true);
        var limit = query.Limit(200, 1000);
        var (start, end) = (query.Number("start"), query.Number("end"));
        var interval = BybitTopic.IntervalOf(query.TextOrNull("interval") ?? "");
        if (interval is null)
        {
            query.Refuse("Interval is invalid");
        }

        if (!query.TryGetMarket(out var market) || query.Problem is not null)
        {
            return query.Problem!;
        }

        market.Market.Candles.OpenUntil(Now);
        var opens = Opens(interval!, start, Math.Min(end ?? long.MaxValue, Now), isForward: start is not null && end is null, limit);
        return Write(market, rows(market, interval!, opens));
    }

    private RestAnswer Write(BybitMarket market, IEnumerable<string[]> rows) => BybitRest.Write(Now, json =>
    {
        json.WriteString("symbol", market.Name);
        json.WriteString("category", "linear");
        json.WriteStartArray("list");
        foreach (var row in rows)
        {
            json.WriteStartArray();
            foreach (var value in row)
            {
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    });

    /// <summary>When the candles of a request open, newest first: the first ones from a start alone, else the last ones before the end.</summary>
    private static List<long> Opens(CandleInterval interval, long? start, long end, bool isForward, int limit)
    {
        var opens = new List<long>();
        if (isForward)
        {
            var from = interval.Floor(start!.Value) is var floor && floor < start ? interval.After(floor) : floor;
            for (var open = from; open <= end && opens.Count < limit; open = interval.After(open))
            {
                opens.Add(open);
            }

            opens.Reverse();
            return opens;
        }

        for (var open = interval.Floor(end); open >= (start ?? 0) && opens.Count < limit; open = interval.Floor(open - 1))
        {
            opens.Add(open);
        }

        return opens;
    }

    private string[] Sample(BybitMarket market, CandleInterval interval, long open, Func<long, long> micros)
    {
        var close = Math.Min(interval.After(open), Now);
        var (first, last) = (micros(open), micros(close));
        var (high, low) = (Math.Max(first, last), Math.Min(first, last));
        for (var sample = 1; sample < MarkSamples; sample++)
        {
            var price = micros(open + (close - open) * sample / MarkSamples);
            (high, low) = (Math.Max(high, price), Math.Min(low, price));
        }

        return
        [
            BybitText.Text(open), market.PriceOfMicros(first), market.PriceOfMicros(high), market.PriceOfMicros(low), market.PriceOfMicros(last),
        ];
    }
}
