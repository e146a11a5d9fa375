using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Binance;
using Omnibook.Simulator.Markets;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.BinanceUsdm;

/// <summary>The endpoints of marks, funding, open interest and positioning.</summary>
internal sealed class UsdmMarkEndpoints(UsdmVenue venue)
{
    private const long Day = 24 * 3_600_000L;
    private const long FundingInterval = 8 * 3_600_000L;
    private const int FundingHistory = 3 * 365;
    private static readonly string[] Periods = ["5m", "15m", "30m", "1h", "2h", "4h", "6h", "12h", "1d"];
    private static readonly Scale RateScale = new(8);

    /// <summary><c>{"symbol":"BTCUSDT","markPrice":"…","indexPrice":"…","estimatedSettlePrice":"…","lastFundingRate":"0.00038246","interestRate":"0.00010000","nextFundingTime":…,"time":…}</c></summary>
    public RestAnswer PremiumIndex(RestCall call)
    {
        var query = new BinanceQuery<UsdmMarket>(venue.Contracts, call);
        var markets = query.Markets();
        var now = venue.Schedule.Milliseconds;
        return query.Problem ?? BinanceLists.Write(call, markets, (json, market) =>
        {
            var funding = UsdmMarket.NextFunding(now);
            json.WriteStartObject();
            json.WriteString("symbol", market.Name);
            json.WriteString("markPrice", BinanceText.Micros(market.Market.FairMicrosAt(now)));
            json.WriteString("indexPrice", BinanceText.Micros(market.Market.IndexMicrosAt(now)));
            json.WriteString("estimatedSettlePrice", BinanceText.Micros(market.Market.IndexMicrosAt(now - 5_000)));
            json.WriteString("lastFundingRate", BinanceText.Fixed(market.FundingRateAt(funding), RateScale, 8));
            json.WriteString("interestRate", "0.00010000");
            json.WriteNumber("nextFundingTime", funding);
            json.WriteNumber("time", now);
            json.WriteEndObject();
        });
    }

    /// <summary><c>{"openInterest":"10659.509","symbol":"BTCUSDT","time":1589437530011}</c></summary>
    public RestAnswer OpenInterest(RestCall call)
    {
        var query = new BinanceQuery<UsdmMarket>(venue.Contracts, call);
        var now = venue.Schedule.Milliseconds;
        return !query.TryGetMarket(out var market) ? query.Problem! : BinanceRest.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("openInterest", market.Quantity(market.OpenInterestAt(now)));
            json.WriteString("symbol", market.Name);
            json.WriteNumber("time", now);
            json.WriteEndObject();
        });
    }

    /// <summary><c>[{"symbol":"BTCUSDT","fundingTime":1698768000000,"fundingRate":"0.00010000","markPrice":"34287.54619963","rateType":"Regular"}]</c>, oldest first.</summary>
    public RestAnswer FundingRate(RestCall call)
    {
        var query = new BinanceQuery<UsdmMarket>(venue.Contracts, call);
        var markets = query.Markets();
        var (start, end) = (query.Number("startTime"), query.Number("endTime"));
        var limit = query.Limit(start is null && end is null ? 200 : 100, 1000);
        if (query.Problem is { } problem)
        {
            return problem;
        }

        var newest = Math.Min(end ?? long.MaxValue, venue.Schedule.Milliseconds) / FundingInterval;
        var oldest = Math.Max(newest - FundingHistory, ((start ?? 0) + FundingInterval - 1) / FundingInterval);
        var times = Range(oldest, newest).Select(static index => index * FundingInterval).ToList();
        var rows = times.SelectMany(time => markets.Select(market => (Market: market, Time: time)));
        return BinanceLists.Write(start is null ? rows.TakeLast(limit) : rows.Take(limit), static (json, row) =>
        {
            json.WriteStartObject();
            json.WriteString("symbol", row.Market.Name);
            json.WriteNumber("fundingTime", row.Time);
            json.WriteString("fundingRate", BinanceText.Fixed(row.Market.FundingRateAt(row.Time), RateScale, 8));
            json.WriteString("markPrice", BinanceText.Micros(row.Market.Market.FairMicrosAt(row.Time)));
            json.WriteString("rateType", "Regular");
            json.WriteEndObject();
        });
    }

    /// <summary>Only symbols whose funding was adjusted; here the last one.</summary>
    public RestAnswer FundingInfo(RestCall call) => BinanceLists.Write(venue.Contracts.Values.TakeLast(1), (json, market) =>
    {
        json.WriteStartObject();
        json.WriteString("symbol", market.Name);
        json.WriteString("adjustedFundingRateCap", "0.02000000");
        json.WriteString("adjustedFundingRateFloor", "-0.02000000");
        json.WriteNumber("fundingIntervalHours", 8);
        json.WriteBoolean("disclaimer", false);
        json.WriteNumber("updateTime", market.Contract.OnboardTime);
        json.WriteEndObject();
    });

    /// <summary><c>[{"symbol":"BTCUSDT","sumOpenInterest":"20403.63700000","sumOpenInterestValue":"150570784.07809979","CMCCirculatingSupply":"…","timestamp":…}]</c></summary>
    public RestAnswer OpenInterestHistory(RestCall call) => History(call, static (json, market, time) =>
    {
        var interest = market.OpenInterestAt(time);
        json.WriteStartObject();
        json.WriteString("symbol", market.Name);
        json.WriteString("sumOpenInterest", BinanceText.Fixed(interest, market.Market.Rules.QuantityScale, 8));
        json.WriteString("sumOpenInterestValue", BinanceText.Fixed(market.Value((decimal)interest * market.Market.FairPriceAt(time)), 8));
        json.WriteString("CMCCirculatingSupply", "19900000.00000000");
        json.WriteNumber("timestamp", time);
        json.WriteEndObject();
    });

    /// <summary><c>[{"symbol":"BTCUSDT","longAccount":"0.6622","longShortRatio":"1.9604","shortAccount":"0.3378","timestamp":1583139600000}]</c></summary>
    public RestAnswer LongShortRatio(RestCall call) => History(call, static (json, market, time) =>
    {
        decimal longs = market.LongAccountsAt(time) / 10_000m;
        json.WriteStartObject();
        json.WriteString("symbol", market.Name);
        json.WriteString("longAccount", BinanceText.Fixed(longs, 4));
        json.WriteString("longShortRatio", BinanceText.Fixed(longs / (1 - longs), 4));
        json.WriteString("shortAccount", BinanceText.Fixed(1 - longs, 4));
        json.WriteNumber("timestamp", time);
        json.WriteEndObject();
    });

    private RestAnswer History(RestCall call, Action<Utf8JsonWriter, UsdmMarket, long> write)
    {
        var query = new BinanceQuery<UsdmMarket>(venue.Contracts, call);
        var limit = query.Limit(30, 500);
        var (start, end) = (query.Number("startTime"), query.Number("endTime"));
        var name = query.Text("period");
        if (name.Length > 0 && !Periods.Contains(name))
        {
            query.Refuse(BinanceErrors.Invalid("period"));
        }

        if (!query.TryGetMarket(out var market) || query.Problem is not null)
        {
            return query.Problem!;
        }

        var period = CandleInterval.Find(name)!.Milliseconds;
        var now = venue.Schedule.Milliseconds;
        var newest = Math.Min(end ?? long.MaxValue, now) / period;
        var oldest = Math.Max((now - 30 * Day) / period + 1, ((start ?? 0) + period - 1) / period);
        var times = Range(oldest, newest).Select(index => index * period);
        return BinanceLists.Write(start is null ? times.TakeLast(limit) : times.Take(limit), (json, time) => write(json, market, time));
    }

    private static IEnumerable<long> Range(long first, long last)
    {
        for (var index = first; index <= last; index++)
        {
            yield return index;
        }
    }
}
