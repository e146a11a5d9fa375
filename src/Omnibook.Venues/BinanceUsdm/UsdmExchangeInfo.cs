using System.Text.Json;
using Omnibook.Core.Instruments;
using static Omnibook.Venues.Binance.BinanceListing;

namespace Omnibook.Venues.BinanceUsdm;

/// <summary>
/// The venue's instruments.
/// <code>{"symbols":[{"symbol":"BLZUSDT","contractType":"PERPETUAL","deliveryDate":4133404800000,"status":"TRADING","baseAsset":"BLZ","quoteAsset":"USDT",
/// "pricePrecision":5,"quantityPrecision":0,"filters":[{"filterType":"PRICE_FILTER","tickSize":"0.0001"},{"filterType":"LOT_SIZE","stepSize":"1"}]}]}</code>
/// https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Exchange-Information
/// </summary>
internal static class UsdmExchangeInfo
{
    // The delivery date that perpetual contracts carry, 2100-12-25, whatever name their contract type has.
    private const long Never = 4_133_404_800_000;

    private static readonly RestRequest Request = new("fapi/v1/exchangeInfo", Weight: 1);

    /// <summary>Asks for the instruments.</summary>
    /// <exception cref="VenueRequestException">The answer cannot be read, or the venue refused.</exception>
    public static async Task<IReadOnlyList<InstrumentListing>> ListAsync(VenueId venue, VenueRest rest, CancellationToken cancellationToken) =>
        Read(venue, await rest.SendAsync(Request, cancellationToken));

    /// <summary>Reads the answer. A contract without the fields that are needed here is left out, so that one odd listing does not cost all others.</summary>
    /// <exception cref="VenueRequestException">The answer is no such answer, or not one contract of it can be read.</exception>
    public static IReadOnlyList<InstrumentListing> Read(VenueId venue, ReadOnlyMemory<byte> body) =>
        ReadSymbols(body, symbol => Read(venue, symbol));

    private static InstrumentListing? Read(VenueId venue, JsonElement symbol)
    {
        if (symbol.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var tick = AmountOf(symbol, "PRICE_FILTER", "tickSize");
        var lot = AmountOf(symbol, "LOT_SIZE", "stepSize");
        if (tick is not > 0 || lot is not > 0
            || TextOf(symbol, "symbol") is not { Length: > 0 } name
            || TextOf(symbol, "baseAsset") is not { } baseAsset
            || TextOf(symbol, "quoteAsset") is not { } quoteAsset)
        {
            return null;
        }

        var prices = ScaleOf(symbol, "pricePrecision", tick.Value);
        var quantities = ScaleOf(symbol, "quantityPrecision", lot.Value);
        return new InstrumentListing
        {
            Venue = venue,
            Symbol = name,
            Pair = new Pair(baseAsset, quoteAsset),
            Kind = KindOf(symbol),
            PriceScale = prices,
            QuantityScale = quantities,
            Tick = new Price(prices.FromDecimal(tick.Value)),
            Lot = new Quantity(quantities.FromDecimal(lot.Value)),
            Status = StatusOf(TextOf(symbol, "status")),
        };
    }

    /// <summary>Perpetual contracts have no delivery; all others (CURRENT_QUARTER, NEXT_QUARTER and those being delivered) have a date.</summary>
    private static InstrumentKind KindOf(JsonElement symbol) =>
        TextOf(symbol, "contractType") is { } type && type.EndsWith("PERPETUAL", StringComparison.Ordinal)
        || (symbol.TryGetProperty("deliveryDate", out var date) && date.TryGetInt64(out var milliseconds) && milliseconds >= Never)
            ? InstrumentKind.Perpetual
            : InstrumentKind.Future;

    private static InstrumentStatus StatusOf(string? status) => status switch
    {
        "TRADING" => InstrumentStatus.Trading,
        "PENDING_TRADING" => InstrumentStatus.Pending,
        "PRE_SETTLE" or "SETTLING" or "PRE_DELIVERING" or "DELIVERING" or "DELIVERED" or "CLOSE" => InstrumentStatus.Delisted,
        _ => InstrumentStatus.Halted,
    };
}
