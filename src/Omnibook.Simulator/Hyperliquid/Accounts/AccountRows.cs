using System.Text.Json;
using Omnibook.Core.Instruments;

namespace Omnibook.Simulator.Hyperliquid.Accounts;

/// <summary>Orders and fills as the venue writes them.</summary>
internal static class AccountRows
{
    /// <summary><c>{"order":{…},"status":"open","statusTimestamp":…}</c></summary>
    public static void HistoricalOrder(Utf8JsonWriter json, AccountOrder order)
    {
        json.WriteStartObject();
        json.WritePropertyName("order");
        FrontendOrder(json, order);
        json.WriteString("status", order.Status);
        json.WriteNumber("statusTimestamp", order.Changed);
        json.WriteEndObject();
    }

    /// <summary><c>{"coin":"BTC","side":"B","limitPx":"110000.0","sz":"0.1","oid":…,"timestamp":…,"origSz":"0.1"}</c></summary>
    public static void OpenOrder(Utf8JsonWriter json, AccountOrder order)
    {
        json.WriteStartObject();
        WriteOrder(json, order);
        json.WriteString("origSz", HyperliquidText.Amount(order.Size));
        if (order.ClientId is not null)
        {
            json.WriteString("cloid", order.ClientId);
        }

        if (order.ReduceOnly)
        {
            json.WriteBoolean("reduceOnly", true);
        }

        json.WriteEndObject();
    }

    /// <summary>The long form: with what front ends show of triggers, children and time in force.</summary>
    public static void FrontendOrder(Utf8JsonWriter json, AccountOrder order)
    {
        json.WriteStartObject();
        WriteOrder(json, order);
        json.WriteString("triggerCondition", "N/A");
        json.WriteBoolean("isTrigger", false);
        json.WriteString("triggerPx", "0.0");
        json.WriteStartArray("children");
        json.WriteEndArray();
        json.WriteBoolean("isPositionTpsl", false);
        json.WriteBoolean("reduceOnly", order.ReduceOnly);
        json.WriteString("orderType", "Limit");
        json.WriteString("origSz", HyperliquidText.Amount(order.Size));
        json.WriteString("tif", order.TimeInForce);
        json.WriteString("cloid", order.ClientId);
        json.WriteEndObject();
    }

    /// <summary><c>{"coin":"BTC","px":"…","sz":"…","side":"B","time":…,"startPosition":"0.0","dir":"Open Long","closedPnl":"0.0","hash":"0x…","oid":…,"crossed":true,"fee":"0.1","tid":…,"feeToken":"USDC","twapId":null}</c></summary>
    public static void Fill(Utf8JsonWriter json, AccountFill fill)
    {
        var order = fill.Order;
        json.WriteStartObject();
        json.WriteString("coin", order.Coin.Name);
        json.WriteString("px", HyperliquidText.Amount(fill.Price));
        json.WriteString("sz", HyperliquidText.Amount(fill.Size));
        json.WriteString("side", order.Side == Side.Bid ? "B" : "A");
        json.WriteNumber("time", fill.Time);
        json.WriteString("startPosition", HyperliquidText.Amount(fill.StartPosition));
        json.WriteString("dir", DirectionOf(fill));
        json.WriteString("closedPnl", HyperliquidText.Amount(fill.ClosedPnl));
        json.WriteString("hash", HyperliquidText.Hash((ulong)order.Id));
        json.WriteNumber("oid", order.Id);
        json.WriteBoolean("crossed", fill.IsTaker);
        json.WriteString("fee", HyperliquidText.Amount(fill.Fee));
        json.WriteNumber("tid", fill.TradeId);
        json.WriteString("feeToken", order.Coin.Dex.Collateral == HyperliquidCoins.FeUsd ? "FEUSD" : "USDC");
        json.WriteNull("twapId");
        json.WriteEndObject();
    }

    private static void WriteOrder(Utf8JsonWriter json, AccountOrder order)
    {
        json.WriteString("coin", order.Coin.Name);
        json.WriteString("side", order.Side == Side.Bid ? "B" : "A");
        json.WriteString("limitPx", HyperliquidText.Amount(order.Price));
        json.WriteString("sz", HyperliquidText.Amount(order.Size - order.Filled));
        json.WriteNumber("oid", order.Id);
        json.WriteNumber("timestamp", order.Placed);
    }

    private static string DirectionOf(AccountFill fill)
    {
        var isBuy = fill.Order.Side == Side.Bid;
        var after = fill.StartPosition + (isBuy ? fill.Size : -fill.Size);
        return fill.StartPosition == 0 || Math.Sign(fill.StartPosition) == (isBuy ? 1 : -1) ? isBuy ? "Open Long" : "Open Short"
            : after == 0 || Math.Sign(after) == Math.Sign(fill.StartPosition) ? isBuy ? "Close Short" : "Close Long"
            : isBuy ? "Short > Long" : "Long > Short";
    }
}
