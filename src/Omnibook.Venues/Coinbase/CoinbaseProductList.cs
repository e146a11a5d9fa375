using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Coinbase;

/// <summary>
/// The venue's products: pairs, and the futures that its US broker lists beside them.
/// <code>
/// {"products":[{"product_id":"BTC-USDC","base_increment":"0.00000001","quote_increment":"0.01","price_increment":"0.01","base_currency_id":"BTC","quote_currency_id":"USDC",
///  "status":"online","trading_disabled":false,"is_disabled":false,"cancel_only":false,"view_only":false,"product_type":"SPOT","alias":"BTC-USD","alias_to":[]}],"num_products":1}
/// </code>
/// https://docs.cdp.coinbase.com/api-reference/advanced-trade-api/rest-api/public/list-public-products
/// </summary>
internal static class CoinbaseProductList
{
    /// <summary>Asks for the products.</summary>
    /// <exception cref="VenueRequestException">The answer cannot be read, or the venue refused.</exception>
    public static async Task<IReadOnlyList<InstrumentListing>> ListAsync(VenueId venue, VenueRest rest, CancellationToken cancellationToken) =>
        Read(venue, await rest.SendAsync(CoinbaseRequests.Products(), cancellationToken));

    /// <summary>Reads the answer. A product without the fields that are needed here is left out.</summary>
    /// <exception cref="VenueRequestException">The answer is no such answer, or not one product of it can be read.</exception>
    public static IReadOnlyList<InstrumentListing> Read(VenueId venue, ReadOnlyMemory<byte> body)
    {
        var listings = CoinbaseAnswers.Read(body, root => root.GetProperty("products").EnumerateArray()
            .Select(product => Read(venue, product)).OfType<InstrumentListing>().ToArray());
        return listings.Length > 0 ? listings : throw new VenueRequestException(RequestFailure.Unreadable, "No product can be read.");
    }

    private static InstrumentListing? Read(VenueId venue, JsonElement product)
    {
        if (product.ValueKind != JsonValueKind.Object
            || JsonField.Text(product, "product_id") is not { Length: > 0 } id
            || BaseOf(product) is not { Length: > 0 } baseAsset
            || JsonField.Text(product, "quote_currency_id") is not { Length: > 0 } quoteAsset
            || (JsonField.Amount(product, "price_increment") ?? JsonField.Amount(product, "quote_increment")) is not (> 0 and var tick)
            || JsonField.Amount(product, "base_increment") is not (> 0 and var lot))
        {
            return null;
        }

        // A future's tick is coarser than the cents that its prices are written in.
        var prices = Scale.Finer(Scale.Of(tick), Scale.Of(JsonField.Amount(product, "quote_increment") ?? tick));
        var quantities = Scale.Of(lot);
        return new InstrumentListing
        {
            Venue = venue,
            Symbol = id,
            WireSymbol = JsonField.Text(product, "alias") is { Length: > 0 } alias ? alias : id,
            Pair = new Pair(baseAsset, quoteAsset),
            Kind = KindOf(product),
            PriceScale = prices,
            QuantityScale = quantities,
            Tick = new Price(prices.FromDecimal(tick)),
            Lot = new Quantity(quantities.FromDecimal(lot)),
            Multiplier = IsFuture(product) ? JsonField.Amount(Details(product), "contract_size") ?? 1 : 1,
            Status = StatusOf(product),
        };
    }

    private static string? BaseOf(JsonElement product) =>
        JsonField.Text(product, "base_currency_id") is { Length: > 0 } currency
            ? currency
            : JsonField.Text(Details(product), "contract_root_unit");

    private static bool IsFuture(JsonElement product) => JsonField.Text(product, "product_type") == "FUTURE";

    /// <summary>A contract that pays funding is a perpetual by nature, though on paper it expires in 2030.</summary>
    private static InstrumentKind KindOf(JsonElement product) =>
        !IsFuture(product) ? InstrumentKind.Spot
        : JsonField.Text(Details(product), "contract_expiry_type") == "PERPETUAL" || JsonField.Text(Details(product), "funding_interval") is { Length: > 0 }
            ? InstrumentKind.Perpetual
            : InstrumentKind.Future;

    private static JsonElement Details(JsonElement product) =>
        product.TryGetProperty("future_product_details", out var details) && details.ValueKind == JsonValueKind.Object ? details : Nothing;

    private static JsonElement Nothing { get; } = JsonDocument.Parse("{}").RootElement;

    private static InstrumentStatus StatusOf(JsonElement product) =>
        JsonField.Text(product, "status") == "delisted" ? InstrumentStatus.Delisted
        : IsAny(product, "trading_disabled", "is_disabled", "cancel_only", "view_only", "auction_mode") ? InstrumentStatus.Halted
        : JsonField.Text(product, "status") is null or "" or "online" ? InstrumentStatus.Trading
        : InstrumentStatus.Halted;

    private static bool IsAny(JsonElement product, params string[] names) => Array.Exists(names, name => JsonField.IsTrue(product, name));
}
