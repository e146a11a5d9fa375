using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Binance;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.BinanceSpot;

/// <summary>
/// The events of Spot. https://github.com/binance/binance-spot-api-docs/blob/master/web-socket-streams.md
/// </summary>
internal sealed class SpotFrames : IBinanceFrames
{
    /// <summary><c>{"e":"depthUpdate","E":…,"s":"BNBBTC","U":157,"u":160,"b":[["0.0024","10"]],"a":[["0.0026","100"]]}</c>: no <c>T</c>, no <c>pu</c>.</summary>
    public void Depth(Utf8JsonWriter json, BinanceMarket market, DiffStream stream, long now)
    {
        Begin(json, "depthUpdate", market, now);
        json.WriteNumber("U", stream.First);
        json.WriteNumber("u", stream.Last);
        BinanceText.WriteLevels(json, "b", market, stream.Bids);
        BinanceText.WriteLevels(json, "a", market, stream.Asks);
        json.WriteEndObject();
    }

    /// <summary><c>{"lastUpdateId":160,"bids":[["0.0024","10"]],"asks":[["0.0026","100"]]}</c>: nothing says whose.</summary>
    public void PartialDepth(Utf8JsonWriter json, BinanceMarket market, DiffStream stream, int levels, long now)
    {
        json.WriteStartObject();
        json.WriteNumber("lastUpdateId", stream.Last);
        BinanceText.WriteLevels(json, "bids", market, market.Levels(Side.Bid, levels));
        BinanceText.WriteLevels(json, "asks", market, market.Levels(Side.Ask, levels));
        json.WriteEndObject();
    }

    /// <summary><c>{"u":400900217,"s":"BNBUSDT","b":"25.35190000","B":"31.21000000","a":"25.36520000","A":"40.66000000"}</c>: no name, no time.</summary>
    public void BookTicker(Utf8JsonWriter json, BinanceMarket market, long sequence, long now)
    {
        json.WriteStartObject();
        json.WriteNumber("u", sequence);
        json.WriteString("s", market.Name);
        json.WriteString("b", market.Price(market.Top.Bid.Price));
        json.WriteString("B", market.Quantity(market.Top.Bid.Quantity));
        json.WriteString("a", market.Price(market.Top.Ask.Price));
        json.WriteString("A", market.Quantity(market.Top.Ask.Quantity));
        json.WriteEndObject();
    }

    /// <summary><c>{"e":"trade","E":…,"s":"BNBBTC","t":12345,"p":"0.001","q":"100","T":…,"m":true,"M":true}</c></summary>
    public void Trade(Utf8JsonWriter json, BinanceMarket market, in MarketTrade trade, long now)
    {
        Begin(json, "trade", market, now);
        json.WriteNumber("t", trade.Id);
        json.WriteString("p", market.Price(trade.Price));
        json.WriteString("q", market.Quantity(trade.Quantity));
        json.WriteNumber("T", trade.Milliseconds);
        json.WriteBoolean("m", trade.TakerSide == Side.Ask);
        json.WriteBoolean("M", true);
        json.WriteEndObject();
    }

    /// <summary><c>{"e":"aggTrade","E":…,"s":"BNBBTC","a":12345,"p":"0.001","q":"100","f":100,"l":105,"T":…,"m":true,"M":true}</c></summary>
    public void AggregateTrade(Utf8JsonWriter json, BinanceMarket market, in AggregateTrade aggregate, long now)
    {
        Begin(json, "aggTrade", market, now);
        AggregateFields(json, market, aggregate);
        json.WriteEndObject();
    }

    /// <summary>The fields that the stream and REST share.</summary>
    public static void AggregateFields(Utf8JsonWriter json, BinanceMarket market, in AggregateTrade aggregate)
    {
        json.WriteNumber("a", aggregate.Id);
        json.WriteString("p", market.Price(aggregate.First.Price));
        json.WriteString("q", market.Quantity(aggregate.Quantity));
        json.WriteNumber("f", aggregate.First.Id);
        json.WriteNumber("l", aggregate.Last.Id);
        json.WriteNumber("T", aggregate.First.Milliseconds);
        json.WriteBoolean("m", aggregate.First.TakerSide == Side.Ask);
        json.WriteBoolean("M", true);
    }

    /// <summary><c>{"e":"kline","E":…,"s":"BNBBTC","k":{…}}</c></summary>
    public void Kline(Utf8JsonWriter json, BinanceMarket market, CandleInterval interval, in Candle candle, bool isClosed, long now)
    {
        Begin(json, "kline", market, now);
        BinanceKlines.WriteObject(json, market, interval, candle, isClosed);
        json.WriteEndObject();
    }

    /// <summary>
    /// <c>{"e":"24hrTicker","E":…,"s":"BNBBTC","p":"0.0015","P":"250.00","w":"0.0018","x":"0.0009","c":"0.0025","Q":"10","b":"0.0024","B":"10","a":"0.0026","A":"100",
    /// "o":"0.0010","h":"0.0025","l":"0.0010","v":"10000","q":"18","O":0,"C":86400000,"F":0,"L":18150,"n":18151}</c>, and shorter <c>24hrMiniTicker</c>.
    /// </summary>
    public void Ticker(Utf8JsonWriter json, BinanceMarket market, bool isMini, long now)
    {
        var day = market.Market.Candles.Day(now);
        Begin(json, isMini ? "24hrMiniTicker" : "24hrTicker", market, now);
        if (!isMini)
        {
            TickerHead(json, market, day);
        }
        else
        {
            json.WriteString("c", market.Price(day.Close));
        }

        json.WriteString("o", market.Price(day.Open));
        json.WriteString("h", market.Price(day.High));
        json.WriteString("l", market.Price(day.Low));
        json.WriteString("v", market.Quantity(day.Volume));
        json.WriteString("q", BinanceText.Fixed(market.Value(day.Quote), SpotSymbols.Digits));
        if (!isMini)
        {
            json.WriteNumber("O", day.OpenTime);
            json.WriteNumber("C", now);
            json.WriteNumber("F", day.FirstTrade);
            json.WriteNumber("L", day.LastTrade);
            json.WriteNumber("n", day.Trades);
        }

        json.WriteEndObject();
    }

    /// <summary><c>{"e":"avgPrice","E":1693907033000,"s":"BTCUSDT","i":"5m","w":"25776.86000000","T":1693907032213}</c></summary>
    public static void AveragePrice(Utf8JsonWriter json, BinanceMarket market, long now)
    {
        Begin(json, "avgPrice", market, now);
        json.WriteString("i", "5m");
        json.WriteString("w", SpotStatistics.AveragePrice(market, now));
        json.WriteNumber("T", SpotStatistics.LastTradeTime(market, now));
        json.WriteEndObject();
    }

    private static void TickerHead(Utf8JsonWriter json, BinanceMarket market, in Candle day)
    {
        json.WriteString("p", market.Price(day.Close - day.Open));
        json.WriteString("P", SpotStatistics.ChangePercent(day));
        json.WriteString("w", SpotStatistics.WeightedAverage(market, day));
        json.WriteString("x", market.Price(day.Open));
        json.WriteString("c", market.Price(day.Close));
        json.WriteString("Q", market.Quantity(market.LastQuantity));
        json.WriteString("b", market.Price(market.Best(Side.Bid).Price));
        json.WriteString("B", market.Quantity(market.Best(Side.Bid).Quantity));
        json.WriteString("a", market.Price(market.Best(Side.Ask).Price));
        json.WriteString("A", market.Quantity(market.Best(Side.Ask).Quantity));
    }

    private static void Begin(Utf8JsonWriter json, string type, BinanceMarket market, long now)
    {
        json.WriteStartObject();
        json.WriteString("e", type);
        json.WriteNumber("E", now);
        json.WriteString("s", market.Name);
    }
}
