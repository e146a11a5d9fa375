using System.Text.Json;
using Omnibook.Simulator.Markets;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Binance;

/// <summary>Candles, which both markets write alike.</summary>
internal static class BinanceKlines
{
    /// <summary><c>[[1499040000000,"0.01","0.80","0.01","0.01","148976.114",1499644799999,"2434.19055334",308,"1756.874","28.46694368","0"]]</c></summary>
    public static RestAnswer Answer(BinanceVenue venue, RestCall call, int mostRows)
    {
        var query = new BinanceQuery<BinanceMarket>(venue.Symbols, call);
        var limit = query.Limit(500, mostRows);
        var (start, end) = (query.Number("startTime"), query.Number("endTime"));
        var name = query.Text("interval");
        var interval = CandleInterval.Find(name);
        if (interval is null && name.Length > 0)
        {
            query.Refuse(BinanceErrors.Bad(-1120, "Invalid interval."));
        }

        if (!query.TryGetMarket(out var market) || query.Problem is not null)
        {
            return query.Problem!;
        }

        var now = venue.Schedule.Milliseconds;
        market.Market.Candles.OpenUntil(now);
        var span = limit * interval!.Milliseconds;
        var candles = market.Market.Candles.Between(interval, start ?? (end ?? now) - span, Math.Min(end ?? long.MaxValue, now));
        var chosen = start is null ? candles.TakeLast(limit) : candles.Take(limit);
        return BinanceLists.Write(chosen, (json, candle) => WriteRow(json, market, interval, candle));
    }

    /// <summary><c>"k":{"t":…,"T":…,"s":"BTCUSDT","i":"1m","f":100,"L":200,"o":"…",…,"x":false,…,"B":"0"}</c></summary>
    public static void WriteObject(Utf8JsonWriter json, BinanceMarket market, CandleInterval interval, in Candle candle, bool isClosed)
    {
        json.WriteStartObject("k");
        json.WriteNumber("t", candle.OpenTime);
        json.WriteNumber("T", interval.After(candle.OpenTime) - 1);
        json.WriteString("s", market.Name);
        json.WriteString("i", interval.Name);
        json.WriteNumber("f", candle.FirstTrade);
        json.WriteNumber("L", candle.LastTrade);
        json.WriteString("o", market.Price(candle.Open));
        json.WriteString("c", market.Price(candle.Close));
        json.WriteString("h", market.Price(candle.High));
        json.WriteString("l", market.Price(candle.Low));
        json.WriteString("v", market.Quantity(candle.Volume));
        json.WriteNumber("n", candle.Trades);
        json.WriteBoolean("x", isClosed);
        json.WriteString("q", BinanceText.Fixed(market.Value(candle.Quote), 8));
        json.WriteString("V", market.Quantity(candle.TakerBuyVolume));
        json.WriteString("Q", BinanceText.Fixed(market.Value(candle.TakerBuyQuote), 8));
        json.WriteString("B", "0");
        json.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter json, BinanceMarket market, CandleInterval interval, Candle candle)
    {
        json.WriteStartArray();
        json.WriteNumberValue(candle.OpenTime);
        json.WriteStringValue(market.Price(candle.Open));
        json.WriteStringValue(market.Price(candle.High));
        json.WriteStringValue(market.Price(candle.Low));
        json.WriteStringValue(market.Price(candle.Close));
        json.WriteStringValue(market.Quantity(candle.Volume));
        json.WriteNumberValue(interval.After(candle.OpenTime) - 1);
        json.WriteStringValue(BinanceText.Fixed(market.Value(candle.Quote), 8));
        json.WriteNumberValue(candle.Trades);
        json.WriteStringValue(market.Quantity(candle.TakerBuyVolume));
        json.WriteStringValue(BinanceText.Fixed(market.Value(candle.TakerBuyQuote), 8));
        json.WriteStringValue("0");
        json.WriteEndArray();
    }
}
