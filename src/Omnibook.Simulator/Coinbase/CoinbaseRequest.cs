using System.Text.Json;

namespace Omnibook.Simulator.Coinbase;

/// <summary>
/// What a client sends: <c>{"type":"subscribe","product_ids":["BTC-USD"],"channel":"level2"}</c>, with a <c>jwt</c> that public channels
/// do not need. One channel a message.
/// </summary>
/// <param name="IsSubscribe">Subscribe, or unsubscribe.</param>
/// <param name="Channel">Which channel.</param>
/// <param name="Products">Of which products; none given is the whole channel where that has a meaning.</param>
internal sealed record CoinbaseRequest(bool IsSubscribe, string Channel, IReadOnlyList<string> Products)
{
    /// <summary>Reads a message; null when it is not one.</summary>
    public static CoinbaseRequest? Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text.ToArray());
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object
                && TextOf(root, "type") is "subscribe" or "unsubscribe"
                && TextOf(root, "channel") is { Length: > 0 } channel
                && TryReadProducts(root, out var products)
                    ? new CoinbaseRequest(TextOf(root, "type") == "subscribe", channel, products)
                    : null;
        }
        catch (JsonException)
        {
            // What is no JSON is no request: the caller answers with the venue's error.
            return null;
        }
    }

    private static bool TryReadProducts(JsonElement root, out IReadOnlyList<string> products)
    {
        products = [];
        if (!root.TryGetProperty("product_ids", out var list) || list.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(static item => item.ValueKind != JsonValueKind.String))
        {
            return false;
        }

        products = [.. list.EnumerateArray().Select(static item => item.GetString()!)];
        return true;
    }

    private static string? TextOf(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
