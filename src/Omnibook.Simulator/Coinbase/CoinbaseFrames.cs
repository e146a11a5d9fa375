using System.Text;
using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Coinbase;

/// <summary>
/// The frames, field for field in the venue's order. What is written here are the events; the envelope goes around them for each
/// connection, since each counts its own frames.
/// </summary>
internal static class CoinbaseFrames
{
    /// <summary><c>{"channel":"heartbeats","client_id":"","timestamp":"2024-10-04T07:04:40.825062Z","sequence_num":1,"events":[…]}</c></summary>
    public static byte[] Envelope(string channel, long microseconds, long number, byte[] events)
    {
        var head = Encoding.UTF8.GetBytes(
            $"{{\"channel\":\"{channel}\",\"client_id\":\"\",\"timestamp\":\"{CoinbaseTimes.Text(microseconds)}\",\"sequence_num\":{number},\"events\":[");
        return [.. head, .. events, (byte)']', (byte)'}'];
    }

    /// <summary><c>{"type":"error","message":"authentication failure"}</c>: no number, nothing that says what it is about.</summary>
    public static void Error(Utf8JsonWriter json, string message)
    {
        json.WriteStartObject();
        json.WriteString("type", "error");
        json.WriteString("message", message);
        json.WriteEndObject();
    }

    /// <summary><c>{"subscriptions":{"heartbeats":["heartbeats"],"level2":["BTC-USD"]}}</c>: all of the connection.</summary>
    public static void Subscriptions(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, SortedSet<string>>> channels)
    {
        json.WriteStartObject();
        json.WriteStartObject("subscriptions");
        foreach (var (channel, products) in channels)
        {
            json.WriteStartArray(channel);
            foreach (var product in products)
            {
                json.WriteStringValue(product);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary><c>{"current_time":"2024-10-04 07:04:40.820713045 +0000 UTC m=+66987.628148662","heartbeat_counter":66987}</c></summary>
    public static void Heartbeat(Utf8JsonWriter json, long microseconds, long counter)
    {
        json.WriteStartObject();
        json.WriteString("current_time", CoinbaseTimes.Debug(microseconds, counter));
        json.WriteNumber("heartbeat_counter", counter);
        json.WriteEndObject();
    }

    /// <summary>
    /// <c>{"type":"snapshot","product_id":"BTC-USD","updates":[{"side":"bid","event_time":"1970-01-01T00:00:00Z","price_level":"68900","new_quantity":"1.5"},…]}</c>,
    /// in no promised order.
    /// </summary>
    public static void Snapshot(Utf8JsonWriter json, CoinbaseMarket market, IReadOnlyList<(Side Side, TrueLevel Level)> levels)
    {
        Begin(json, "snapshot", market);
        foreach (var (side, level) in levels)
        {
            WriteLevel(json, market, side, level, 0);
        }

        End(json);
    }

    /// <summary><c>{"type":"update","product_id":"BTC-USD","updates":[{"side":"offer","event_time":"…","price_level":"68901","new_quantity":"0"}]}</c></summary>
    public static void Update(Utf8JsonWriter json, CoinbaseMarket market)
    {
        Begin(json, "update", market);
        foreach (var change in market.Changes.Newest)
        {
            WriteLevel(json, market, change.Side, change.After, change.Milliseconds * 1000);
        }

        End(json);
    }

    /// <summary>
    /// <c>{"type":"update","trades":[{"product_id":"ETH-USDT","trade_id":"22381691","price":"2375.56","size":"0.5","time":"2024-10-04T07:13:31.088388Z","side":"BUY"}]}</c>,
    /// newest first; the side is the maker's.
    /// </summary>
    public static void Trades(Utf8JsonWriter json, string type, CoinbaseMarket market, IEnumerable<MarketTrade> newestFirst)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteStartArray("trades");
        foreach (var trade in newestFirst)
        {
            json.WriteStartObject();
            json.WriteString("product_id", market.Id);
            json.WriteString("trade_id", trade.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
            json.WriteString("price", market.Price(trade.Price));
            json.WriteString("size", market.Quantity(trade.Quantity));
            json.WriteString("time", CoinbaseTimes.Text(trade.Milliseconds * 1000));
            json.WriteString("side", MakerSide(trade));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>BUY when the maker bought, so that the taker sold.</summary>
    public static string MakerSide(in MarketTrade trade) => trade.TakerSide == Side.Bid ? "SELL" : "BUY";

    /// <summary>
    /// <c>{"type":"update","candles":[{"start":"1688998200","high":"1867.72","low":"1865.63","open":"1867.38","close":"1866.81","volume":"0.20269406","product_id":"ETH-USDT"}]}</c>
    /// </summary>
    public static void Candles(Utf8JsonWriter json, string type, CoinbaseMarket market, IEnumerable<Candle> newestFirst)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteStartArray("candles");
        foreach (var candle in newestFirst)
        {
            json.WriteStartObject();
            json.WriteString("start", (candle.OpenTime / 1000).ToString(System.Globalization.CultureInfo.InvariantCulture));
            json.WriteString("high", market.Price(candle.High));
            json.WriteString("low", market.Price(candle.Low));
            json.WriteString("open", market.Price(candle.Open));
            json.WriteString("close", market.Price(candle.Close));
            json.WriteString("volume", market.Quantity(candle.Volume));
            json.WriteString("product_id", market.Id);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter json, string type, CoinbaseMarket market)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("product_id", market.Id);
        json.WriteStartArray("updates");
    }

    private static void WriteLevel(Utf8JsonWriter json, CoinbaseMarket market, Side side, TrueLevel level, long microseconds)
    {
        json.WriteStartObject();
        json.WriteString("side", side == Side.Bid ? "bid" : "offer");
        json.WriteString("event_time", CoinbaseTimes.Text(microseconds));
        json.WriteString("price_level", market.Price(level.Price));
        json.WriteString("new_quantity", market.Quantity(level.Quantity));
        json.WriteEndObject();
    }

    private static void End(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
