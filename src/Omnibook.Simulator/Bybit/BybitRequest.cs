using System.Text.Json;

namespace Omnibook.Simulator.Bybit;

/// <summary>What a client says: <c>{"req_id":"7","op":"subscribe","args":["orderbook.50.BTCUSDT"]}</c>.</summary>
/// <param name="Operation">subscribe, unsubscribe or ping.</param>
/// <param name="Id">The client's own id, empty when it gave none.</param>
/// <param name="Topics">The arguments.</param>
internal sealed record BybitRequest(string Operation, string Id, IReadOnlyList<string> Topics)
{
    /// <summary>Reads a message; null when it is no request.</summary>
    public static BybitRequest? Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text.ToArray());
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && TextOf(root, "op") is { } operation
                ? new BybitRequest(operation, TextOf(root, "req_id") ?? "", TopicsOf(root))
                : null;
        }
        catch (JsonException)
        {
            // The venue answers what is no JSON with its own error, which the caller writes.
            return null;
        }
    }

    private static string? TextOf(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static List<string> TopicsOf(JsonElement root) =>
        root.TryGetProperty("args", out var args) && args.ValueKind == JsonValueKind.Array
            ? [.. args.EnumerateArray().Where(static topic => topic.ValueKind == JsonValueKind.String).Select(static topic => topic.GetString()!)]
            : [];
}
