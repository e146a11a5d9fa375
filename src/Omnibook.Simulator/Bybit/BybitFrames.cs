using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Bybit;

/// <summary>The messages of the linear socket, field for field in the venue's order.</summary>
internal static class BybitFrames
{
    /// <summary>
    /// <c>{"topic":"orderbook.50.BTCUSDT","type":"snapshot","ts":…,"data":{"s":"BTCUSDT","b":[["16493.50","0.006"]],"a":[…],"u":18521288,"seq":7961638724},"cts":…}</c>;
    /// depth 1 has <c>ts</c> before <c>type</c>.
    /// </summary>
    public static void Book(Utf8JsonWriter json, BybitMarket market, BybitDepth depth, bool isSnapshot, long now)
    {
        json.WriteStartObject();
        json.WriteString("topic", $"orderbook.{depth.Levels}.{market.Name}");
        if (depth.Levels == 1)
        {
            json.WriteNumber("ts", now);
        }

        json.WriteString("type", isSnapshot ? "snapshot" : "delta");
        if (depth.Levels != 1)
        {
            json.WriteNumber("ts", now);
        }

        json.WriteStartObject("data");
        json.WriteString("s", market.Name);
        BybitText.WriteLevels(json, "b", market, isSnapshot ? depth.Bids : depth.BidChanges);
        BybitText.WriteLevels(json, "a", market, isSnapshot ? depth.Asks : depth.AskChanges);
        json.WriteNumber("u", depth.Update);
        json.WriteNumber("seq", depth.Sequence);
        json.WriteEndObject();
        json.WriteNumber("cts", depth.Milliseconds);
        json.WriteEndObject();
    }

    /// <summary>
    /// <c>{"topic":"publicTrade.BTCUSDT","type":"snapshot","ts":…,"data":[{"T":…,"s":"BTCUSDT","S":"Buy","v":"0.001","p":"16578.50","L":"PlusTick","i":"20f43950-…","BT":false,"RPI":false,"seq":1783284617}]}</c>
    /// </summary>
    public static void Trades(Utf8JsonWriter json, BybitMarket market, IEnumerable<BybitTrade> trades, long now)
    {
        Begin(json, $"publicTrade.{market.Name}", now);
        json.WriteStartArray("data");
        foreach (var trade in trades)
        {
            json.WriteStartObject();
            json.WriteNumber("T", trade.Trade.Milliseconds);
            json.WriteString("s", market.Name);
            json.WriteString("S", SideOf(trade.Trade.TakerSide));
            json.WriteString("v", market.Quantity(trade.Trade.Quantity));
            json.WriteString("p", market.Price(trade.Trade.Price));
            json.WriteString("L", trade.Tick);
            json.WriteString("i", market.TradeId(trade.Trade.Id));
            json.WriteBoolean("BT", false);
            json.WriteBoolean("RPI", false);
            json.WriteNumber("seq", trade.Sequence);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>
    /// <c>{"topic":"allLiquidation.ROSEUSDT","type":"snapshot","ts":…,"data":[{"T":…,"s":"ROSEUSDT","S":"Sell","v":"20000","p":"0.04499"}]}</c>:
    /// the side is that of the position, the price is where the position is bankrupt, beyond what its order was filled at.
    /// </summary>
    public static void Liquidations(Utf8JsonWriter json, BybitMarket market, long now)
    {
        Begin(json, $"allLiquidation.{market.Name}", now);
        json.WriteStartArray("data");
        foreach (var order in market.Liquidations)
        {
            var beyond = order.WorstPrice / 500 / market.Market.Rules.Tick * market.Market.Rules.Tick;
            json.WriteStartObject();
            json.WriteNumber("T", order.Milliseconds);
            json.WriteString("s", market.Name);
            json.WriteString("S", SideOf(order.TakerSide == Side.Ask ? Side.Bid : Side.Ask));
            json.WriteString("v", market.Quantity(order.Quantity));
            json.WriteString("p", market.Price(order.TakerSide == Side.Ask ? order.WorstPrice - beyond : order.WorstPrice + beyond));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary><c>{"topic":"tickers.BTCUSDT","type":"delta","data":{"symbol":"BTCUSDT","markPrice":"66667.10"},"cs":9532239430,"ts":…}</c>: an absent field is unchanged.</summary>
    public static void Ticker(Utf8JsonWriter json, BybitMarket market, IEnumerable<KeyValuePair<string, string>> fields, bool isSnapshot, long now)
    {
        json.WriteStartObject();
        json.WriteString("topic", $"tickers.{market.Name}");
        json.WriteString("type", isSnapshot ? "snapshot" : "delta");
        json.WriteStartObject("data");
        json.WriteString("symbol", market.Name);
        foreach (var (name, value) in fields)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteNumber("cs", market.TickerSequence);
        json.WriteNumber("ts", now);
        json.WriteEndObject();
    }

    /// <summary>
    /// <c>{"topic":"kline.5.BTCUSDT","data":[{"start":…,"end":…,"interval":"5","open":"16649.5","close":"16677","high":"16677","low":"16608","volume":"2.081","turnover":"34666.4005","confirm":false,"timestamp":…}],"ts":…,"type":"snapshot"}</c>
    /// </summary>
    public static void Kline(Utf8JsonWriter json, BybitMarket market, BybitTopic topic, in Candle candle, bool isClosed, long now)
    {
        json.WriteStartObject();
        json.WriteString("topic", topic.Name);
        json.WriteStartArray("data");
        json.WriteStartObject();
        json.WriteNumber("start", candle.OpenTime);
        json.WriteNumber("end", topic.Interval.After(candle.OpenTime) - 1);
        json.WriteString("interval", topic.Parameter);
        json.WriteString("open", market.Price(candle.Open));
        json.WriteString("close", market.Price(candle.Close));
        json.WriteString("high", market.Price(candle.High));
        json.WriteString("low", market.Price(candle.Low));
        json.WriteString("volume", market.Quantity(candle.Volume));
        json.WriteString("turnover", BybitText.Fixed(market.Value(candle.Quote), 4));
        json.WriteBoolean("confirm", isClosed);
        json.WriteNumber("timestamp", now);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteNumber("ts", now);
        json.WriteString("type", "snapshot");
        json.WriteEndObject();
    }

    /// <summary><c>{"success":true,"ret_msg":"","conn_id":"3cd84cb1-…","req_id":"7","op":"subscribe"}</c>; without a request's id it is echoed empty.</summary>
    public static void Answer(Utf8JsonWriter json, bool success, string message, string connection, string request, string operation)
    {
        json.WriteStartObject();
        json.WriteBoolean("success", success);
        json.WriteString("ret_msg", message);
        json.WriteString("conn_id", connection);
        json.WriteString("req_id", request);
        json.WriteString("op", operation);
        json.WriteEndObject();
    }

    /// <summary>Buy or Sell.</summary>
    public static string SideOf(Side side) => side == Side.Bid ? "Buy" : "Sell";

    private static void Begin(Utf8JsonWriter json, string topic, long now)
    {
        json.WriteStartObject();
        json.WriteString("topic", topic);
        json.WriteString("type", "snapshot");
        json.WriteNumber("ts", now);
    }
}
