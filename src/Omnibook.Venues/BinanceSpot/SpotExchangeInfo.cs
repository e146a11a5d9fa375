using System.Text.Json;
using Omnibook.Core.Instruments;
using static Omnibook.Venues.Binance.BinanceListing;

namespace Omnibook.Venues.BinanceSpot;

/// <summary>
/// The venue's instruments. What rests in a book need not keep to the steps of today: recorded frames of BTCUSDT hold quantities of six
/// decimals where the step has five. So the scales are finer than the steps, as far as the assets have decimals.
/// <code>{"symbols":[{"symbol":"ETHBTC","status":"TRADING","baseAsset":"ETH","baseAssetPrecision":8,"quoteAsset":"BTC","quotePrecision":8,
/// "filters":[{"filterType":"PRICE_FILTER","tickSize":"0.00001000"},{"filterType":"LOT_SIZE","stepSize":"0.00010000"}]}]}</code>
/// https://developers.binance.com/docs/binance-spot-api-docs/rest-api/general-endpoints
/// </summary>
internal static class SpotExchangeInfo
{
    // Not more: the largest quantities of the cheapest coins have to fit into 64 bits.
    private const int FinerThanStep = 2;

    private const int UsualPrecision = 8;

    /// <summary>Asks for the instruments.</summary>
    /// <exception cref="VenueRequestException">The answer cannot be read, or the venue refused.</exception>
    public static async Task<IReadOnlyList<InstrumentListing>> ListAsync(VenueId venue, VenueRest rest, CancellationToken cancellationToken) =>
        Read(venue, await rest.SendAsync(BinanceSpotRequests.ExchangeInfo, cancellationToken));

    /// <summary>Reads the answer. A pair without the fields that are needed here is left out.</summary>
    /// <exception cref="VenueRequestException">The answer is no such answer, or not one pair of it can be read.</exception>
    public static IReadOnlyList<InstrumentListing> Read(VenueId venue, ReadOnlyMemory<byte> body) =>
        ReadSymbols(body, symbol => Read(venue, symbol));

    private static InstrumentListing? Read(VenueId venue, JsonElement symbol)
    {
        if (TextOf(symbol, "symbol") is not { Length: > 0 } name
            || TextOf(symbol, "baseAsset") is not { } baseAsset
            || TextOf(symbol, "quoteAsset") is not { } quoteAsset
            || StepOf(symbol, "PRICE_FILTER", "tickSize", "quoteAssetPrecision") is not { } tick
            || StepOf(symbol, "LOT_SIZE", "stepSize", "baseAssetPrecision") is not { } lot)
        {
            return null;
        }

        var (prices, quantities) = (ScaleOf(symbol, tick, "quoteAssetPrecision"), ScaleOf(symbol, lot, "baseAssetPrecision"));
        return new InstrumentListing
        {
            Venue = venue,
            Symbol = name,
            Pair = new Pair(baseAsset, quoteAsset),
            Kind = InstrumentKind.Spot,
            PriceScale = prices,
            QuantityScale = quantities,
            Tick = new Price(prices.FromDecimal(tick)),
            Lot = new Quantity(quantities.FromDecimal(lot)),
            Status = StatusOf(TextOf(symbol, "status")),
        };
    }

    /// <summary>The step of a filter. Where there is none, or it is switched off by a zero, the asset's last decimal is the step.</summary>
    private static decimal? StepOf(JsonElement symbol, string filter, string step, string precision) =>
        AmountOf(symbol, filter, step) is { } amount and not 0
            ? amount > 0 ? amount : null
            : PrecisionOf(symbol, precision) is { } decimals ? 1m / new Scale(decimals).UnitsPerOne : null;

    private static Scale ScaleOf(JsonElement symbol, decimal step, string precision)
    {
        var coarsest = Scale.Of(step);
        var finest = Math.Min(coarsest.Decimals + FinerThanStep, PrecisionOf(symbol, precision) ?? UsualPrecision);
        return Scale.Finer(coarsest, new Scale(finest));
    }

    private static int? PrecisionOf(JsonElement symbol, string precision) =>
        symbol.TryGetProperty(precision, out var value) && value.TryGetInt32(out var decimals) && decimals is >= 0 and <= Scale.MaxDecimals
            ? decimals
            : null;

    /// <summary>https://developers.binance.com/docs/binance-spot-api-docs/enums; <c>CANCEL_ONLY</c> since July 2026.</summary>
    private static InstrumentStatus StatusOf(string? status) => status switch
    {
        "TRADING" => InstrumentStatus.Trading,
        "PRE_TRADING" => InstrumentStatus.Pending,
        "DELISTED" => InstrumentStatus.Delisted,
        _ => InstrumentStatus.Halted,
    };
}
