using System.Text.Json;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Hyperliquid.Orders;

/// <summary>
/// Reads what the venue says of orders.
/// <code>
/// {"status":"ok","response":{"type":"order","data":{"statuses":[{"resting":{"oid":77738308}},{"filled":{"totalSz":"0.02","avgPx":"1891.4","oid":77747314}},{"error":"…"}]}}}
/// {"status":"ok","response":{"type":"cancel","data":{"statuses":["success",{"error":"Order was never placed, already canceled, or filled."}]}}}
/// {"status":"err","response":"User or API Wallet 0x… does not exist."}
/// </code>
/// </summary>
public static class ExchangeAnswers
{
    /// <summary>The results of an action's orders, in their order. A single error stands for all of them.</summary>
    /// <param name="body">The answer.</param>
    /// <param name="count">How many orders the action was about.</param>
    /// <exception cref="FormatException">It is no such answer: what became of the orders is not known.</exception>
    public static IReadOnlyList<OrderResult> Read(ReadOnlyMemory<byte> body, int count)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(document.RootElement, count);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"The answer is not of the documented shape: {wrong.Message}", wrong);
        }
    }

    private static List<OrderResult> Read(JsonElement answer, int count)
    {
        var response = answer.GetProperty("response");
        if (answer.GetProperty("status").GetString() != "ok")
        {
            return Same(OrderResult.Refused(response.ValueKind == JsonValueKind.String ? response.GetString()! : response.GetRawText()), count);
        }

        var statuses = response.GetProperty("data").GetProperty("statuses").EnumerateArray().Select(One).ToList();
        return statuses.Count == count ? statuses
            : statuses is [{ State: OrderState.Refused } all] ? Same(all, count)
            : throw new FormatException($"The answer has {statuses.Count} results of {count} orders.");
    }

    private static List<OrderResult> Same(OrderResult result, int count) => [.. Enumerable.Repeat(result, count)];

    private static OrderResult One(JsonElement status)
    {
        if (status.ValueKind == JsonValueKind.String)
        {
            return new OrderResult(status.GetString() == "success" ? OrderState.Cancelled : OrderState.Waiting);
        }

        return status.TryGetProperty("resting", out var resting) ? new OrderResult(OrderState.Resting) { OrderId = JsonField.RequiredInteger(resting, "oid") }
            : status.TryGetProperty("filled", out var filled) ? Filled(filled)
            : OrderResult.Refused(JsonField.RequiredText(status, "error"));
    }

    private static OrderResult Filled(JsonElement filled) => new(OrderState.Filled)
    {
        OrderId = JsonField.RequiredInteger(filled, "oid"),
        FilledSize = JsonField.RequiredAmount(filled, "totalSz"),
        AveragePrice = JsonField.RequiredAmount(filled, "avgPx"),
    };
}
