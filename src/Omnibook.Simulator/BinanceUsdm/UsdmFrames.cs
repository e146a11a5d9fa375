using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Binance;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.BinanceUsdm;

/// <summary>The stream events, field for field in the venue's order.</summary>
internal sealed class UsdmFrames : IBinanceFrames
{
    /// <summary><c>{"e":"depthUpdate","E":…,"T":…,"s":"BTCUSDT","ps":"BTCUSDT","st":1,"U":…,"u":…,"pu":…,"b":[["61800.20","2.507"]],"a":[]}</c></summary>
    public void Depth(Utf8JsonWriter json, BinanceMarket market, DiffStream stream, long now) =>
        WriteDepth(json, market, stream, now, stream.Bids, stream.Asks);

    /// <summary>As <see cref="Depth"/>, with the whole top for levels.</summary>
    public void PartialDepth(Utf8JsonWriter json, BinanceMarket market, DiffStream stream, int levels, long now) =>
        WriteDepth(json, market, stream, now, market.Levels(Side.Bid, levels), market.Levels(Side.Ask, levels));

    /// <summary><c>{"e":"bookTicker","u":…,"E":…,"T":…,"s":"BNBUSDT","ps":"BNBUSDT","b":"25.35","B":"31.21","a":"25.36","A":"40.66","st":1}</c></summary>
    public void BookTicker(Utf8JsonWriter json, BinanceMarket market, long sequence, long now)
    {
        json.WriteStartObject();
        json.WriteString("e", "bookTicker");
        json.WriteNumber("u", sequence);
        json.WriteNumber("E", now);
        json.WriteNumber("T", market.Market.Oracle.LastMilliseconds);
        json.WriteString("s", market.Name);
        json.WriteString("ps", market.Name);
        json.WriteString("b", market.Price(market.Top.Bid.Price));
        json.WriteString("B", market.Quantity(market.Top.Bid.Quantity));
        json.WriteString("a", market.Price(market.Top.Ask.Price));
        json.WriteString("A", market.Quantity(market.Top.Ask.Quantity));
        json.WriteNumber("st", 1);
        json.WriteEndObject();
    }

    /// <summary><c>{"e":"trade","E":…,"T":…,"s":"BTCUSDT","t":3493102749,"p":"27785.00","q":"0.014","X":"MARKET","m":true,"st":1}</c></summary>
    public void Trade(Utf8JsonWriter json, BinanceMarket market, in MarketTrade trade, long now)
    {
        Begin(json, "trade", now);
        json.WriteNumber("T", trade.Milliseconds);
        json.WriteString("s", market.Name);
        json.WriteNumber("t", trade.Id);
        json.WriteString("p", market.Price(trade.Price));
        json.WriteString("q", market.Quantity(trade.Quantity));
        json.WriteString("X", "MARKET");
        json.WriteBoolean("m", trade.TakerSide == Side.Ask);
        json.WriteNumber("st", 1);
        json.WriteEndObject();
    }

    /// <summary><c>{"e":"aggTrade","E":…,"s":"BTCUSDT","a":5933014,"p":"64123.40","q":"0.250","nq":"0.250","f":100,"l":105,"T":…,"m":true,"st":1}</c></summary>
    public void AggregateTrade(Utf8JsonWriter json, BinanceMarket market, in AggregateTrade aggregate, long now)
    {
        Begin(json, "aggTrade", now);
        json.WriteString("s", market.Name);
        AggregateFields(json, market, aggregate);
        json.WriteNumber("st", 1);
        json.WriteEndObject();
    }

    /// <summary>The fields that the stream and REST share. There are no RPI orders here, so <c>nq</c> is <c>q</c>.</summary>
    public static void AggregateFields(Utf8JsonWriter json, BinanceMarket market, in AggregateTrade aggregate)
    {
        json.WriteNumber("a", aggregate.Id);
        json.WriteString("p", market.Price(aggregate.First.Price));
        json.WriteString("q", market.Quantity(aggregate.Quantity));
        json.WriteString("nq", market.Quantity(aggregate.Quantity));
        json.WriteNumber("f", aggregate.First.Id);
        json.WriteNumber("l", aggregate.Last.Id);
        json.WriteNumber("T", aggregate.First.Milliseconds);
        json.WriteBoolean("m", aggregate.First.TakerSide == Side.Ask);
    }

    /// <summary><c>{"e":"markPriceUpdate","E":…,"s":"BTCUSDT","p":"…","ap":"…","i":"…","P":"…","r":"0.00038167","T":…,"st":1}</c></summary>
    public static void MarkPrice(Utf8JsonWriter json, UsdmMarket market, long now)
    {
        var mark = market.Market.FairMicrosAt(now);
        var average = (mark + market.Market.FairMicrosAt(now - 5_000) + market.Market.FairMicrosAt(now - 10_000)) / 3;
        var funding = UsdmMarket.NextFunding(now);
        Begin(json, "markPriceUpdate", now);
        json.WriteString("s", market.Name);
        json.WriteString("p", BinanceText.Micros(mark));
        json.WriteString("ap", BinanceText.Micros(average));
        json.WriteString("i", BinanceText.Micros(market.Market.IndexMicrosAt(now)));
        json.WriteString("P", BinanceText.Micros((mark + average) / 2));
        json.WriteString("r", BinanceText.Fixed(market.FundingRateAt(funding), new Scale(8), 8));
        json.WriteNumber("T", funding);
        json.WriteNumber("st", 1);
        json.WriteEndObject();
    }

    /// <summary><c>{"e":"forceOrder","E":…,"o":{"s":"BTCUSDT","S":"SELL","o":"LIMIT","f":"IOC","q":"0.014","p":"9910","ap":"9910","X":"FILLED","l":"0.014","z":"0.014","T":…},"ps":"BTCUSDT","st":1}</c></summary>
    public static void ForcedOrder(Utf8JsonWriter json, UsdmMarket market, in ForcedOrder order, long now)
    {
        var average = order.Value / order.Quantity / market.Market.Rules.PriceScale.UnitsPerOne;
        Begin(json, "forceOrder", now);
        json.WriteStartObject("o");
        json.WriteString("s", market.Name);
        json.WriteString("S", order.Side == Side.Bid ? "BUY" : "SELL");
        json.WriteString("o", "LIMIT");
        json.WriteString("f", "IOC");
        json.WriteString("q", market.Quantity(order.Quantity));
        json.WriteString("p", market.Price(order.Price));
        json.WriteString("ap", BinanceText.Fixed(average, market.Symbol.PriceDigits + 2));
        json.WriteString("X", "FILLED");
        json.WriteString("l", market.Quantity(order.LastQuantity));
        json.WriteString("z", market.Quantity(order.Quantity));
        json.WriteNumber("T", order.Milliseconds);
        json.WriteEndObject();
        json.WriteString("ps", market.Name);
        json.WriteNumber("st", 1);
        json.WriteEndObject();
    }

    /// <summary><c>{"e":"contractInfo","E":…,"s":"BTCUSDT","ps":"BTCUSDT","ct":"PERPETUAL","dt":4133404800000,"ot":…,"cs":"SETTLING","st":1}</c></summary>
    public static void ContractInfo(Utf8JsonWriter json, UsdmMarket market, long now)
    {
        Begin(json, "contractInfo", now);
        json.WriteString("s", market.Name);
        json.WriteString("ps", market.Name);
        json.WriteString("ct", "PERPETUAL");
        json.WriteNumber("dt", UsdmExchangeInfo.NeverDelivered);
        json.WriteNumber("ot", market.Contract.OnboardTime);
        json.WriteString("cs", UsdmExchangeInfo.StatusOf(market));
        json.WriteNumber("st", 1);
        json.WriteEndObject();
    }

    /// <summary><c>{"e":"kline","E":…,"s":"BTCUSDT","k":{"t":…,"T":…,"s":"BTCUSDT","i":"1m","f":100,"L":200,"o":"…",…,"x":false,…,"B":"0"}}</c></summary>
    public void Kline(Utf8JsonWriter json, BinanceMarket market, CandleInterval interval, in Candle candle, bool isClosed, long now)
    {
        Begin(json, "kline", now);
        json.WriteString("s", market.Name);
        BinanceKlines.WriteObject(json, market, interval, candle, isClosed);
        json.WriteNumber("st", 1);
        json.WriteEndObject();
    }

    /// <summary>The 24 hours: <c>24hrTicker</c>, or its short form <c>24hrMiniTicker</c>.</summary>
    public void Ticker(Utf8JsonWriter json, BinanceMarket market, bool isMini, long now)
    {
        var day = market.Market.Candles.Day(now);
        Begin(json, isMini ? "24hrMiniTicker" : "24hrTicker", now);
        json.WriteString("s", market.Name);
        json.WriteString("ps", market.Name);
        if (!isMini)
        {
            json.WriteString("p", market.Price(day.Close - day.Open));
            json.WriteString("P", BinanceText.Fixed((decimal)(day.Close - day.Open) * 100 / day.Open, 3));
            json.WriteString("w", market.Price((long)(day.Quote / Math.Max(1, day.Volume))));
        }

        json.WriteString("c", market.Price(day.Close));
        json.WriteString("o", market.Price(day.Open));
        json.WriteString("h", market.Price(day.High));
        json.WriteString("l", market.Price(day.Low));
        json.WriteString("v", market.Quantity(day.Volume));
        json.WriteString("q", BinanceText.Fixed(market.Value(day.Quote), 2));
        if (!isMini)
        {
            TickerTail(json, market, day, now);
        }

        json.WriteNumber("st", 1);
        json.WriteEndObject();
    }

    private static void WriteDepth(
        Utf8JsonWriter json, BinanceMarket market, DiffStream stream, long now, IEnumerable<TrueLevel> bids, IEnumerable<TrueLevel> asks)
    {
        Begin(json, "depthUpdate", now);
        json.WriteNumber("T", stream.Milliseconds);
        json.WriteString("s", market.Name);
        json.WriteString("ps", market.Name);
        json.WriteNumber("st", 1);
        json.WriteNumber("U", stream.First);
        json.WriteNumber("u", stream.Last);
        json.WriteNumber("pu", stream.Previous);
        BinanceText.WriteLevels(json, "b", market, bids);
        BinanceText.WriteLevels(json, "a", market, asks);
        json.WriteEndObject();
    }

    private static void TickerTail(Utf8JsonWriter json, BinanceMarket market, in Candle day, long now)
    {
        json.WriteString("Q", market.Quantity(market.LastQuantity));
        json.WriteNumber("O", day.OpenTime);
        json.WriteNumber("C", now);
        json.WriteNumber("F", day.FirstTrade);
        json.WriteNumber("L", day.LastTrade);
        json.WriteNumber("n", day.Trades);
    }

    private static void Begin(Utf8JsonWriter json, string type, long now)
    {
        json.WriteStartObject();
        json.WriteString("e", type);
        json.WriteNumber("E", now);
    }
}
