using System.Text.Json;
using Omnibook.Simulator.Faults;
using Omnibook.Simulator.Markets;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Hyperliquid;

/// <summary>Books, prices, trades, candles and funding.</summary>
internal sealed class HyperliquidMarketInfo(HyperliquidVenue venue)
{
    private const int RecentTrades = 25;
    private const int MostCandles = 5000;
    private const int MostFundings = 500;
    private const long Hour = 3_600_000;

    /// <summary>Adds the request types.</summary>
    public void AddTo(Dictionary<string, Func<InfoRequest, RestAnswer>> types)
    {
        types.Add("l2Book", Book);
        types.Add("allMids", Mids);
        types.Add("recentTrades", Trades);
        types.Add("candleSnapshot", Candles);
        types.Add("fundingHistory", FundingHistory);
        types.Add("predictedFundings", _ => InfoAnswers.List(venue.CoinsOf(venue.Dexes[0]), WritePredicted));
        types.Add("exchangeStatus", _ => RestAnswer.Json(200, $"{{\"time\":{venue.BlockTime},\"specialStatuses\":null}}"));
    }

    /// <summary><c>{"BTC":"110427.5",…}</c>, on the socket wrapped in <c>mids</c>.</summary>
    public static void WriteMids(Utf8JsonWriter json, HyperliquidVenue venue, string? dex, bool isWrapped)
    {
        if (isWrapped)
        {
            json.WriteStartObject();
            json.WritePropertyName("mids");
        }

        json.WriteStartObject();
        foreach (var coin in venue.CoinsOf(venue.FindDex(dex ?? "")!).Where(static coin => !coin.Market.IsHalted))
        {
            json.WriteString(coin.Name, HyperliquidText.Amount(coin.Mid(venue.BlockTime)));
        }

        json.WriteEndObject();
        if (isWrapped)
        {
            if (dex is { Length: > 0 })
            {
                json.WriteString("dex", dex);
            }

            json.WriteEndObject();
        }
    }

    /// <summary>The contexts of a dex, in the order of its universe.</summary>
    public static void WriteContexts(Utf8JsonWriter json, HyperliquidVenue venue, HyperliquidDex dex) =>
        InfoAnswers.WriteList(json, venue.CoinsOf(dex), (writer, coin) => HyperliquidFrames.Context(writer, coin, venue.BlockTime));

    private RestAnswer Book(InfoRequest request)
    {
        var (name, figures, mantissa) = (request.Text("coin"), request.NumberOrNull("nSigFigs"), request.NumberOrNull("mantissa"));
        if (request.IsBad)
        {
            return InfoRequest.Unreadable;
        }

        if (!venue.Coins.TryGetValue(name, out var coin))
        {
            return InfoAnswers.Null;
        }

        return Subscription.IsGoodAggregation(figures, mantissa)
            ? SnapshotFaults.Apply(venue.Faults, name, lag => BookOf(coin, figures, mantissa, lag))
            : InfoAnswers.Failure;
    }

    private RestAnswer BookOf(HyperliquidMarket coin, int? figures, int? mantissa, long lag) => InfoAnswers.Write(json =>
    {
        if (lag == 0)
        {
            HyperliquidFrames.Book(json, coin, venue.BlockTime, Ladder.MostLevels, figures, mantissa, fast: false);
        }
        else
        {
            var time = venue.BlockTime - lag;
            HyperliquidFrames.OldBook(json, coin, time, coin.Market.Oracle.AsOf(coin.Market.Book, time));
        }
    });

    private RestAnswer Mids(InfoRequest request)
    {
        var dex = request.TextOrNull("dex");
        return venue.FindDex(dex ?? "") is null
            ? InfoAnswers.Failure
            : InfoAnswers.Write(json => WriteMids(json, venue, dex, isWrapped: false));
    }

    private RestAnswer Trades(InfoRequest request)
    {
        var name = request.Text("coin");
        return request.IsBad ? InfoRequest.Unreadable
            : venue.Coins.TryGetValue(name, out var coin)
                ? InfoAnswers.Write(json => HyperliquidFrames.Trades(json, coin, coin.Market.Trades.Newest(RecentTrades).Reverse()))
                : InfoAnswers.Failure;
    }

    /// <summary><c>{"type":"candleSnapshot","req":{"coin":"BTC","interval":"1m","startTime":…,"endTime":…}}</c>; only the newest 5,000 exist.</summary>
    private RestAnswer Candles(InfoRequest request)
    {
        var part = request.Part("req");
        if (request.IsBad)
        {
            return InfoRequest.Unreadable;
        }

        var (name, interval) = (part.Text("coin"), CandleInterval.Find(part.Text("interval")));
        var (start, end) = (part.Moment("startTime"), part.MomentOrNull("endTime") ?? long.MaxValue);
        if (part.IsBad || interval is null)
        {
            return InfoRequest.Unreadable;
        }

        if (!venue.Coins.TryGetValue(name, out var coin))
        {
            return InfoAnswers.Failure;
        }

        coin.Market.Candles.OpenUntil(venue.BlockTime);
        var from = Math.Max(interval.Floor(start), venue.BlockTime - MostCandles * interval.Milliseconds);
        var candles = coin.Market.Candles.Between(interval, from, Math.Min(end, venue.BlockTime));
        return InfoAnswers.List(candles.Where(static candle => candle.Trades > 0), (json, candle) => HyperliquidFrames.Candle(json, coin, interval, candle));
    }

    /// <summary><c>[{"coin":"ETH","fundingRate":"-0.00022196","premium":"-0.00052196","time":1683849600076}]</c>, oldest first, at most 500.</summary>
    private RestAnswer FundingHistory(InfoRequest request)
    {
        var (name, start, end) = (request.Text("coin"), request.Moment("startTime"), request.MomentOrNull("endTime") ?? long.MaxValue);
        if (request.IsBad)
        {
            return InfoRequest.Unreadable;
        }

        if (!venue.Coins.TryGetValue(name, out var coin))
        {
            return InfoAnswers.Failure;
        }

        var newest = Math.Min(end, venue.BlockTime);
        var first = Math.Max(start, newest - 365L * 24 * Hour);
        var times = Enumerable.Range(0, MostFundings + 1)
            .Select(index => FundingTime((first / Hour + index) * Hour))
            .Where(time => time >= first && time <= newest).Take(MostFundings);
        return InfoAnswers.List(times, (json, time) =>
        {
            json.WriteStartObject();
            json.WriteString("coin", coin.Name);
            json.WriteString("fundingRate", HyperliquidText.Amount(coin.FundingAt(time - Hour), 10));
            json.WriteString("premium", HyperliquidText.Amount((coin.Mark(time) - coin.Oracle(time)) / coin.Oracle(time), 10));
            json.WriteNumber("time", time);
            json.WriteEndObject();
        });
    }

    /// <summary>Funding is paid 1 to 118 ms after the hour.</summary>
    private static long FundingTime(long hour) => hour + 1 + (long)(SeededRandom.Mix(0xF0, (ulong)hour) % 118);

    /// <summary><c>["BTC",[["BinPerp",{"fundingRate":"0.0001","nextFundingTime":…,"fundingIntervalHours":8}],["HlPerp",{…}],["BybitPerp",{…}]]]</c></summary>
    private void WritePredicted(Utf8JsonWriter json, HyperliquidMarket coin)
    {
        var rate = coin.FundingAt(venue.BlockTime);
        json.WriteStartArray();
        json.WriteStringValue(coin.Name);
        json.WriteStartArray();
        WritePrediction(json, "BinPerp", rate * 8, 8);
        WritePrediction(json, "HlPerp", rate, 1);
        WritePrediction(json, "BybitPerp", rate * 8, 8);
        json.WriteEndArray();
        json.WriteEndArray();
    }

    private void WritePrediction(Utf8JsonWriter json, string venueName, decimal rate, int hours)
    {
        json.WriteStartArray();
        json.WriteStringValue(venueName);
        json.WriteStartObject();
        json.WriteString("fundingRate", HyperliquidText.Amount(rate, 10));
        json.WriteNumber("nextFundingTime", (venue.BlockTime / (hours * Hour) + 1) * hours * Hour);
        json.WriteNumber("fundingIntervalHours", hours);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
