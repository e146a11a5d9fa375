using System.Text.Json;
using Omnibook.Simulator.Markets;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Lighter;

/// <summary>The endpoints of candles and funding. Both histories want all five parameters and nothing else.</summary>
internal sealed class LighterHistoryEndpoints(LighterVenue venue)
{
    private const int MostRows = 500;
    private const int HoursOfFunding = 8;
    private const long HistoryMilliseconds = 365L * 24 * LighterMarket.Hour;

    private static readonly (string Exchange, decimal BiasPercent)[] Exchanges =
        [("binance", 0.0001m), ("bybit", 0.0002m), ("hyperliquid", -0.0001m), ("lighter", 0m)];

    private long Now => venue.Schedule.Milliseconds;

    /// <summary><c>{"code":200,"r":"1m","c":[{"t":…,"o":2361.11,"h":2362.22,"l":2360,"c":2361.31,"v":1.2345,"V":2914.87,"i":19211490282}]}</c>: <c>c</c> is the list, and the close in it; null when it is empty.</summary>
    public RestAnswer Candles(RestCall call)
    {
        var query = new LighterQuery(venue, call);
        var range = ReadRange(query, static name => LighterChannel.IntervalOf(name));
        if (!query.TryGetMarket(out var market) || range is null)
        {
            return query.Problem!;
        }

        market.Market.Candles.OpenUntil(Now);
        var candles = market.Market.Candles.Between(range.Interval, range.From, range.To).TakeLast(MostRows).ToList();
        return LighterRest.Write(json =>
        {
            json.WriteString("r", range.Interval.Name);
            if (candles.Count == 0)
            {
                json.WriteNull("c");
                return;
            }

            json.WriteStartArray("c");
            foreach (var candle in candles)
            {
                LighterFrames.Candle(json, market, candle);
            }

            json.WriteEndArray();
        });
    }

    /// <summary><c>{"code":200,"resolution":"1h","fundings":[{"timestamp":1778702400,"value":"0.02707872","rate":"0.0012","direction":"long"}]}</c>: seconds, percent without sign, short for negative.</summary>
    public RestAnswer Fundings(RestCall call)
    {
        var query = new LighterQuery(venue, call);
        var range = ReadRange(query, static name => name is "1h" or "1d" ? CandleInterval.Find(name) : null);
        if (!query.TryGetMarket(out var market) || range is null)
        {
            return query.Problem!;
        }

        return LighterRest.Write(json =>
        {
            json.WriteString("resolution", range.Interval.Name);
            json.WriteStartArray("fundings");
            foreach (var time in Times(range).TakeLast(MostRows))
            {
                WriteFunding(json, market, time);
            }

            json.WriteEndArray();
        });
    }

    /// <summary><c>{"code":200,"funding_rates":[{"market_id":0,"exchange":"binance","symbol":"ETH","rate":0.00001}]}</c>: fractions of eight hours, whatever the exchange's own interval.</summary>
    public RestAnswer FundingRates() => LighterRest.Write(json =>
    {
        json.WriteStartArray("funding_rates");
        foreach (var (exchange, bias) in Exchanges)
        {
            foreach (var market in venue.ById.Values)
            {
                json.WriteStartObject();
                json.WriteNumber("market_id", market.Id);
                json.WriteString("exchange", exchange);
                json.WriteString("symbol", market.Symbol);
                json.WriteNumber("rate", (market.FundingPercentAt(Now) + bias) / 100 * HoursOfFunding);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    });

    private static void WriteFunding(Utf8JsonWriter json, LighterMarket market, long time)
    {
        // The rate that was the estimate of the hour that ended then.
        var percent = market.FundingPercentAt(time - 1);
        json.WriteStartObject();
        json.WriteNumber("timestamp", time / 1000);
        json.WriteString("value", LighterText.Fixed(Math.Abs(percent) / 100 * market.Mark(time), 8));
        json.WriteString("rate", LighterText.Fixed(Math.Abs(percent), 4));
        json.WriteString("direction", percent < 0 ? "short" : "long");
        json.WriteEndObject();
    }

    /// <summary>The range of a history; null when something is wrong with it. The end does not belong to it; the count is the least, and may reach back.</summary>
    private HistoryRange? ReadRange(LighterQuery query, Func<string?, CandleInterval?> intervalOf)
    {
        query.Exactly("market_id", "resolution", "start_timestamp", "end_timestamp", "count_back");
        var (start, end, count) = (query.Moment("start_timestamp"), query.Moment("end_timestamp"), query.Number("count_back") ?? 0);
        if (intervalOf(query.TextOrNull("resolution")) is not { } interval)
        {
            query.Refuse(LighterErrors.Parameter("resolution"));
            return null;
        }

        if (end <= start)
        {
            query.Refuse(LighterErrors.Range());
        }

        var last = Math.Min(end - 1, Now);
        var reach = interval.Floor(last) - (Math.Min(count, MostRows) - 1) * interval.Milliseconds;
        return query.Problem is null ? new HistoryRange(interval, Math.Min(start, count > 0 ? reach : start), last) : null;
    }

    private IEnumerable<long> Times(HistoryRange range)
    {
        var step = range.Interval.Milliseconds;
        for (var time = (Math.Max(range.From, Now - HistoryMilliseconds) + step - 1) / step * step; time <= range.To; time += step)
        {
            yield return time;
        }
    }

    /// <summary>What a history asks for: both ends belong to it, in Unix milliseconds.</summary>
    private sealed record HistoryRange(CandleInterval Interval, long From, long To);
}
