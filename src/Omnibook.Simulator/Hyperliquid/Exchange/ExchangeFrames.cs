using System.Text.Json;
using Omnibook.Simulator.Hyperliquid.Accounts;

namespace Omnibook.Simulator.Hyperliquid.Exchange;

/// <summary>What sockets learn of traders: <c>orderUpdates</c> and <c>userFills</c>.</summary>
internal static class ExchangeFrames
{
    /// <summary><c>{"channel":"orderUpdates","data":[{"order":{"coin":"BTC","side":"B","limitPx":"…","sz":"…","oid":…,"timestamp":…,"origSz":"…"},"status":"open","statusTimestamp":…}]}</c></summary>
    public static void Order(HyperliquidVenue venue, Trader trader, AccountOrder order) => Publish(venue, "orderUpdates", trader, json =>
    {
        json.WriteStartArray();
        json.WriteStartObject();
        json.WritePropertyName("order");
        AccountRows.OpenOrder(json, order);
        json.WriteString("status", order.Status);
        json.WriteNumber("statusTimestamp", order.Changed);
        json.WriteEndObject();
        json.WriteEndArray();
    });

    /// <summary><c>{"channel":"userFills","data":{"user":"0x…","fills":[{…}]}}</c></summary>
    public static void Fill(HyperliquidVenue venue, Trader trader, AccountFill fill) => Publish(venue, "userFills", trader, json =>
    {
        json.WriteStartObject();
        json.WriteString("user", trader.Address);
        json.WriteStartArray("fills");
        AccountRows.Fill(json, fill);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void Publish(HyperliquidVenue venue, string type, Trader trader, Action<Utf8JsonWriter> data)
    {
        foreach (var topic in venue.Topics.Of(type).Where(topic => topic.User == trader.Address))
        {
            using var text = new JsonText();
            venue.Topics.Publish(topic, text.Write(json => HyperliquidFrames.Channel(json, type, data)));
        }
    }
}
