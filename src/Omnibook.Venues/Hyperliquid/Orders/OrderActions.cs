using System.Text.Json;

namespace Omnibook.Venues.Hyperliquid.Orders;

/// <summary>
/// The actions of POST /exchange. The order of the fields is part of what is signed.
/// <code>
/// {"type":"order","orders":[{"a":1,"b":true,"p":"100","s":"0.1","r":false,"t":{"limit":{"tif":"Gtc"}},"c":"0x…"}],"grouping":"na"}
/// {"type":"batchModify","modifies":[{"oid":77738308,"order":{…}}]}
/// {"type":"cancel","cancels":[{"a":1,"o":77738308}]}
/// {"type":"cancelByCloid","cancels":[{"asset":1,"cloid":"0x…"}]}
/// </code>
/// </summary>
/// <seealso href="https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/exchange-endpoint"/>
public static class OrderActions
{
    /// <summary>Places orders.</summary>
    public static JsonElement Place(IReadOnlyList<OrderIntent> orders) => Action("order", "orders", orders, WriteOrder, "na");

    /// <summary>Replaces open orders; each new one has a number of its own.</summary>
    /// <param name="changes">The number of an open order, and what it is to be.</param>
    public static JsonElement Modify(IReadOnlyList<(long OrderId, OrderIntent Order)> changes) =>
        Action("batchModify", "modifies", changes, (writer, change) =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("oid", change.OrderId);
            writer.WritePropertyName("order");
            WriteOrder(writer, change.Order);
            writer.WriteEndObject();
        });

    /// <summary>Cancels orders by the venue's numbers.</summary>
    public static JsonElement Cancel(IReadOnlyList<(OrderAsset Asset, long OrderId)> orders) => Action("cancel", "cancels", orders, (writer, order) =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("a", order.Asset.Id);
        writer.WriteNumber("o", order.OrderId);
        writer.WriteEndObject();
    });

    /// <summary>Cancels orders by our ids.</summary>
    public static JsonElement CancelByClientId(IReadOnlyList<(OrderAsset Asset, string ClientId)> orders) =>
        Action("cancelByCloid", "cancels", orders, (writer, order) =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("asset", order.Asset.Id);
            writer.WriteString("cloid", order.ClientId);
            writer.WriteEndObject();
        });

    private static JsonElement Action<T>(string type, string list, IEnumerable<T> rows, Action<Utf8JsonWriter, T> write, string? grouping = null)
    {
        using var document = JsonDocument.Parse(JsonText.Object(writer =>
        {
            writer.WriteString("type", type);
            writer.WriteStartArray(list);
            foreach (var row in rows)
            {
                write(writer, row);
            }

            writer.WriteEndArray();
            if (grouping is not null)
            {
                writer.WriteString("grouping", grouping);
            }
        }));
        return document.RootElement.Clone();
    }

    private static void WriteOrder(Utf8JsonWriter writer, OrderIntent order)
    {
        writer.WriteStartObject();
        writer.WriteNumber("a", order.Asset.Id);
        writer.WriteBoolean("b", order.IsBuy);
        writer.WriteString("p", OrderRules.Wire(order.Price));
        writer.WriteString("s", OrderRules.Wire(order.Size));
        writer.WriteBoolean("r", order.ReduceOnly);
        writer.WriteStartObject("t");
        writer.WriteStartObject("limit");
        writer.WriteString("tif", order.TimeInForce.ToString());
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteString("c", order.ClientId);
        writer.WriteEndObject();
    }
}
