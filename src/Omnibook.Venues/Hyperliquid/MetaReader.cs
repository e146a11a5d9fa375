using System.Text.Json;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Hyperliquid;

/// <summary>
/// Reads the answers that list instruments.
/// <code>
/// meta      {"universe":[{"szDecimals":5,"name":"BTC","maxLeverage":40},{"szDecimals":1,"name":"LOOM","maxLeverage":3,"isDelisted":true}],"collateralToken":0}
/// spotMeta  {"universe":[…],"tokens":[{"name":"USDC","szDecimals":8,"weiDecimals":8,"index":0,…}]}
/// perpDexs  [null,{"name":"merrli","fullName":"…","deployer":"0x…",…}]
/// </code>
/// </summary>
/// <seealso href="https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/tick-and-lot-size"/>
internal sealed class MetaReader(VenueId venue, IReadOnlyDictionary<int, string> tokens)
{
    // Prices of perpetuals have at most 6 - szDecimals decimals, and at most five significant figures unless they are integers.
    // The second rule makes steps coarser as the price rises; the scale and the tick here hold for every price.
    private const int MaxPriceDecimals = 6;

    /// <summary>Names of the tokens by their index.</summary>
    public static IReadOnlyDictionary<int, string> Tokens(JsonElement spotMeta) =>
        spotMeta.GetProperty("tokens").EnumerateArray()
            .GroupBy(token => token.GetProperty("index").GetInt32(), token => Name(token))
            .ToDictionary(group => group.Key, group => group.First());

    /// <summary>Names of the dexes; the first one's is empty.</summary>
    public static IReadOnlyList<string> DexNames(JsonElement perpDexs) =>
        [.. perpDexs.EnumerateArray().Select(dex => dex.ValueKind == JsonValueKind.Null ? string.Empty : Name(dex))];

    /// <summary>The instruments of all dexes.</summary>
    public IReadOnlyList<InstrumentListing> AllDexes(JsonElement metas) => [.. metas.EnumerateArray().SelectMany(OneDex)];

    /// <summary>The instruments of one dex.</summary>
    public IReadOnlyList<InstrumentListing> OneDex(JsonElement meta)
    {
        var quote = Quote(meta);
        return [.. meta.GetProperty("universe").EnumerateArray().Select(asset => Listing(asset, quote))];
    }

    private string Quote(JsonElement meta)
    {
        // Older answers leave the field out: then there was only the first dex, and it is held in USDC, token 0.
        var index = meta.TryGetProperty("collateralToken", out var token) ? token.GetInt32() : 0;
        return tokens.TryGetValue(index, out var name) ? name : $"token-{index}";
    }

    private InstrumentListing Listing(JsonElement asset, string quote)
    {
        var symbol = Name(asset);
        var quantityDecimals = asset.GetProperty("szDecimals").GetInt32();
        if (quantityDecimals is < 0 or > Scale.MaxDecimals)
        {
            throw new FormatException($"asset '{symbol}' has szDecimals {quantityDecimals}");
        }

        var (coin, multiplier) = Base(symbol);
        return new InstrumentListing
        {
            Venue = venue,
            Symbol = symbol,
            Pair = new Pair(coin, quote),
            Kind = InstrumentKind.Perpetual,
            PriceScale = new Scale(Math.Max(0, MaxPriceDecimals - quantityDecimals)),
            QuantityScale = new Scale(quantityDecimals),
            Tick = new Price(1),
            Lot = new Quantity(1),
            Multiplier = multiplier,
            Status = IsTrue(asset, "isDelisted") ? InstrumentStatus.Delisted : InstrumentStatus.Trading,
        };
    }

    /// <summary>
    /// What is counted. On the first dex <c>kPEPE</c> counts thousands of PEPE. After a dex's colon the name is the deployer's
    /// own choice and is left as it is.
    /// </summary>
    private static (string Coin, decimal Multiplier) Base(string symbol)
    {
        var colon = symbol.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0)
        {
            return (symbol[(colon + 1)..], 1);
        }

        return symbol is ['k', >= 'A' and <= 'Z', ..] ? (symbol[1..], 1000) : (symbol, 1);
    }

    private static string Name(JsonElement named) => named.GetProperty("name").GetString() is { Length: > 0 } name
        ? name
        : throw new FormatException("a name is missing");

    private static bool IsTrue(JsonElement asset, string field) =>
        asset.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.True;
}
