using System.Globalization;
using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Bybit;

/// <summary>The endpoints of funding, open interest and positioning: newest first.</summary>
internal sealed class BybitHistoryEndpoints(BybitVenue venue)
{
    private const long Minute = 60_000;
    private const long Day = 24 * 60 * Minute;
    private const long HistoryDays = 365;
    private static readonly Scale RateScale = new(8);

    private static readonly Dictionary<string, long> Periods = new(StringComparer.Ordinal)
    {
        ["5min"] = 5 * Minute,
        ["15min"] = 15 * Minute,
        ["30min"] = 30 * Minute,
        ["1h"] = 60 * Minute,
        ["4h"] = 240 * Minute,
        ["1d"] = Day,
    };

    private long Now => venue.Schedule.Milliseconds;

    /// <summary><c>{"category":"linear","list":[{"symbol":"ETHPERP","fundingRate":"0.0001","fundingRateTimestamp":"1672041600000"}]}</c>; a start without an end is an error.</summary>
    public RestAnswer Funding(RestCall call)
    {
        var query = new BybitQuery(venue, call);
        var limit = query.Limit(200, 200);
        var (start, end) = (query.Number("startTime"), query.Number("endTime"));
        if (start is not null && end is null)
        {
            query.Refuse("endTime is required with startTime");
        }

        return !query.TryGetMarket(out var market) || query.Problem is not null ? query.Problem! : BybitRest.Write(Now, json =>
        {
            json.WriteString("category", "linear");
            json.WriteStartArray("list");
            foreach (var time in Times(BybitMarket.FundingInterval, start, end, limit))
            {
                json.WriteStartObject();
                json.WriteString("symbol", market.Name);
                json.WriteString("fundingRate", RateScale.Format(market.FundingRateAt(time)));
                json.WriteString("fundingRateTimestamp", BybitText.Text(time));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    /// <summary><c>{"symbol":"BTCUSDT","category":"linear","list":[{"openInterest":"461134384.00000000","singleOpenInterest":"…","timestamp":"1669571400000"}],"nextPageCursor":"lastid%3D0%26lasttime%3D1669571400"}</c></summary>
    public RestAnswer OpenInterest(RestCall call) => Rows(call, "intervalTime", 200, static (json, market, time) =>
    {
        var interest = market.OpenInterestAt(time);
        json.WriteString("openInterest", BybitText.Fixed(interest, market.Market.Rules.QuantityScale, 8));
        json.WriteString("singleOpenInterest", BybitText.Fixed(interest / 2, market.Market.Rules.QuantityScale, 8));
        json.WriteString("timestamp", BybitText.Text(time));
    });

    /// <summary><c>{"list":[{"symbol":"BTCUSDT","buyRatio":"0.49","sellRatio":"0.51","timestamp":"1696522800000"}],"nextPageCursor":"…"}</c></summary>
    public RestAnswer AccountRatio(RestCall call) => Rows(call, "period", 500, static (json, market, time) =>
    {
        var longs = market.LongAccountsAt(time) / 10_000m;
        json.WriteString("symbol", market.Name);
        json.WriteString("buyRatio", BybitText.Fixed(longs, 4));
        json.WriteString("sellRatio", BybitText.Fixed(1 - longs, 4));
        json.WriteString("timestamp", BybitText.Text(time));
    });

    private RestAnswer Rows(RestCall call, string periodName, int most, Action<Utf8JsonWriter, BybitMarket, long> write)
    {
        var query = new BybitQuery(venue, call);
        var limit = query.Limit(50, most);
        var (start, end) = (query.Number("startTime"), query.Number("endTime"));
        if (!Periods.TryGetValue(query.TextOrNull(periodName) ?? "", out var period))
        {
            query.Refuse($"{periodName} is invalid");
        }

        if (long.TryParse(query.CursorField("lasttime"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            end = seconds * 1000 - 1;
        }

        if (!query.TryGetMarket(out var market) || query.Problem is not null)
        {
            return query.Problem!;
        }

        var times = Times(period, start, end, limit);
        return BybitRest.Write(Now, json =>
        {
            json.WriteString("symbol", market.Name);
            json.WriteString("category", "linear");
            WriteList(json, times, time => write(json, market, time));
            json.WriteString("nextPageCursor", times.Count < limit ? "" : $"lastid%3D0%26lasttime%3D{times[^1] / 1000}");
        });
    }

    private static void WriteList(Utf8JsonWriter json, List<long> times, Action<long> write)
    {
        json.WriteStartArray("list");
        foreach (var time in times)
        {
            json.WriteStartObject();
            write(time);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The multiples of a period up to the end, newest first.</summary>
    private List<long> Times(long period, long? start, long? end, int limit)
    {
        var times = new List<long>();
        var oldest = Math.Max(start ?? 0, Now - HistoryDays * Day);
        for (var time = Math.Min(end ?? long.MaxValue, Now) / period * period; time >= oldest && times.Count < limit; time -= period)
        {
            times.Add(time);
        }

        return times;
    }
}
