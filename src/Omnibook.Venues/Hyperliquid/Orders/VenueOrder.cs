using System.Text.Json;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Hyperliquid.Orders;

/// <summary>An order as the venue tells of it.</summary>
/// <param name="OrderId">The venue's number.</param>
/// <param name="ClientId">Our id; null for an order without one.</param>
/// <param name="Coin">The venue's spelling.</param>
/// <param name="IsBuy">Whether it buys.</param>
/// <param name="Price">The limit.</param>
/// <param name="Size">What was ordered.</param>
/// <param name="Remaining">What is not filled.</param>
/// <param name="ReduceOnly">Whether it may only make a position smaller.</param>
/// <param name="TimeInForce">In the venue's words; null where it is not said.</param>
/// <param name="Status">In the venue's words: <c>open</c>, <c>filled</c>, <c>canceled</c>, <c>tickRejected</c> and many more.</param>
/// <param name="PlacedAt">When it was placed, Unix milliseconds.</param>
public sealed record VenueOrder(
    long OrderId, string? ClientId, string Coin, bool IsBuy, decimal Price, decimal Size, decimal Remaining, bool ReduceOnly, string? TimeInForce, string Status, long PlacedAt)
{
    /// <summary>What became of it. The venue has many words for orders that it refused or took out; they end alike.</summary>
    public OrderResult Result => new(State)
    {
        OrderId = OrderId,
        FilledSize = Size - Remaining,
        Problem = State is OrderState.Refused or OrderState.Cancelled ? Status : null,
    };

    private OrderState State => Status switch
    {
        "open" or "triggered" => OrderState.Resting,
        "filled" => OrderState.Filled,
        _ when Status.EndsWith("ejected", StringComparison.Ordinal) => OrderState.Refused,
        _ => Remaining < Size ? OrderState.Filled : OrderState.Cancelled,
    };

    /// <summary>
    /// Reads <c>{"status":"order","order":{"order":{"coin":"BTC","side":"B","limitPx":"100.0","sz":"0.1","oid":1,"timestamp":…,"origSz":"0.1",…},"status":"open",…}}</c>;
    /// null for <c>{"status":"unknownOid"}</c>.
    /// </summary>
    /// <exception cref="FormatException">It is no such answer.</exception>
    public static VenueOrder? ReadStatus(ReadOnlyMemory<byte> body) => Read(body, answer => JsonField.RequiredText(answer, "status") switch
    {
        "order" => Of(answer.GetProperty("order").GetProperty("order"), JsonField.RequiredText(answer.GetProperty("order"), "status")),
        "unknownOid" => null,
        var other => throw new FormatException($"'{other}' is no status."),
    });

    /// <summary>Reads the answer to <see cref="InfoRequests.OpenOrders"/>.</summary>
    /// <exception cref="FormatException">It is no such answer.</exception>
    public static IReadOnlyList<VenueOrder> ReadOpen(ReadOnlyMemory<byte> body) =>
        Read<IReadOnlyList<VenueOrder>>(body, answer => [.. answer.EnumerateArray().Select(row => Of(row, "open"))]);

    private static VenueOrder Of(JsonElement row, string status) => new(
        JsonField.RequiredInteger(row, "oid"),
        JsonField.Text(row, "cloid"),
        JsonField.RequiredText(row, "coin"),
        JsonField.RequiredText(row, "side") == "B",
        JsonField.RequiredAmount(row, "limitPx"),
        JsonField.RequiredAmount(row, "origSz"),
        JsonField.RequiredAmount(row, "sz"),
        JsonField.IsTrue(row, "reduceOnly"),
        JsonField.Text(row, "tif"),
        status,
        JsonField.RequiredInteger(row, "timestamp"));

    private static T Read<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return read(document.RootElement);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"The answer is not of the documented shape: {wrong.Message}", wrong);
        }
    }
}
