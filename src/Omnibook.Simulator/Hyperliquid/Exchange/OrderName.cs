using System.Text.Json;

namespace Omnibook.Simulator.Hyperliquid.Exchange;

/// <summary>An order by its number or by the client's own id.</summary>
/// <param name="Asset">The number of its asset; null where it is not said.</param>
/// <param name="Id">The venue's number, or null.</param>
/// <param name="ClientId">The client's id, or null.</param>
internal sealed record OrderName(int? Asset, long? Id, string? ClientId)
{
    /// <summary>Reads <c>{"a":1,"o":77738308}</c> or <c>{"asset":1,"cloid":"0x…"}</c>; null when it is neither.</summary>
    public static OrderName? Read(JsonElement row, string asset, string id) =>
        row.ValueKind == JsonValueKind.Object && row.TryGetProperty(asset, out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var found)
        && row.TryGetProperty(id, out var name)
            ? Read(found, name)
            : null;

    /// <summary>Reads a number or a client's id.</summary>
    public static OrderName? Read(int? asset, JsonElement name) =>
        name.ValueKind == JsonValueKind.Number && name.TryGetInt64(out var id) ? new OrderName(asset, id, null)
        : OrderTicket.IsClientId(name) ? new OrderName(asset, null, name.GetString()!.ToLowerInvariant())
        : null;

    /// <summary>The newest order of that name, or null.</summary>
    public TraderOrder? Find(HyperliquidVenue venue, Trader trader) => trader.Orders.FindLast(order =>
        (Id is { } id ? order.Row.Id == id : order.Row.ClientId == ClientId)
        && (Asset is not { } asset || OrderTicket.CoinOf(venue, asset) == order.Row.Coin));
}

/// <summary>A change of an order: <c>{"oid":77738308,"order":{…}}</c>.</summary>
/// <param name="Name">Which order.</param>
/// <param name="Order">What it is to be.</param>
internal sealed record Modification(OrderName Name, OrderTicket Order)
{
    /// <summary>Reads a change; null when it is none.</summary>
    public static Modification? Read(HyperliquidVenue venue, JsonElement row) =>
        row.ValueKind == JsonValueKind.Object && row.TryGetProperty("oid", out var oid) && OrderName.Read(null, oid) is { } name
        && row.TryGetProperty("order", out var order) && OrderTicket.Read(venue, order) is { } ticket
            ? new Modification(name, ticket)
            : null;
}
