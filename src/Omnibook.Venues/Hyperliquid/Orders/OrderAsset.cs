using System.Text.Json;

namespace Omnibook.Venues.Hyperliquid.Orders;

/// <summary>A perpetual as orders name it.</summary>
/// <param name="Coin">The venue's spelling: <c>BTC</c>, <c>merrli:BTC</c>.</param>
/// <param name="Id">The number by which actions name it.</param>
/// <param name="SizeDecimals">Decimals of sizes; prices have at most 6 less this many.</param>
public sealed record OrderAsset(string Coin, int Id, int SizeDecimals)
{
    private const int FirstOfBuilders = 100_000;
    private const int PerBuilder = 10_000;

    /// <summary>
    /// Reads the answer to <see cref="InfoRequests.AllPerpMetas"/>, whose elements are dexes in the order of their numbers. A coin of the first dex
    /// is its index there; one of a builder's dex is 100000 + 10000 × the dex's number + its index.
    /// </summary>
    /// <seealso href="https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/asset-ids"/>
    /// <exception cref="VenueRequestException">The answer is not of the documented shape.</exception>
    public static IReadOnlyDictionary<string, OrderAsset> ReadAll(ReadOnlyMemory<byte> metas)
    {
        try
        {
            using var document = JsonDocument.Parse(metas);
            return document.RootElement.EnumerateArray().Index().SelectMany(dex => OfDex(dex.Index, dex.Item))
                .ToDictionary(asset => asset.Coin, StringComparer.Ordinal);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            throw HyperliquidInfo.Unreadable(InfoRequests.AllPerpMetas, $"is not of the documented shape ({wrong.Message})", metas.Span);
        }
    }

    private static IEnumerable<OrderAsset> OfDex(int dex, JsonElement meta) =>
        meta.GetProperty("universe").EnumerateArray().Index().Select(asset => new OrderAsset(
            asset.Item.GetProperty("name").GetString()!,
            (dex == 0 ? 0 : FirstOfBuilders + dex * PerBuilder) + asset.Index,
            asset.Item.GetProperty("szDecimals").GetInt32()));
}
