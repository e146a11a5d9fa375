using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Bybit;

/// <summary>
/// The venue's contracts, more than fit on a page.
/// <code>
/// {"symbol":"BTCUSDT","contractType":"LinearPerpetual","status":"Trading","baseCoin":"BTC","quoteCoin":"USDT","priceScale":"2",
///  "priceFilter":{"minPrice":"0.10","maxPrice":"199999.80","tickSize":"0.10"},"lotSizeFilter":{"minOrderQty":"0.001","qtyStep":"0.001"},"fundingInterval":480}
/// </code>
/// https://bybit-exchange.github.io/docs/v5/market/instrument
/// </summary>
internal static class BybitInstruments
{
    // 1000 rows a page; the venue lists some 700 contracts. A cursor that never ends is a fault.
    private const int MaxPages = 50;

    /// <summary>Asks for the contracts that trade, and for those that are announced.</summary>
    /// <exception cref="VenueRequestException">A page cannot be read, or the venue refused.</exception>
    public static async Task<IReadOnlyList<InstrumentListing>> ListAsync(VenueId venue, VenueRest rest, CancellationToken cancellationToken)
    {
        var listings = new List<InstrumentListing>();
        foreach (var status in (string?[])[null, "PreLaunch"])
        {
            await AddPagesAsync(status, venue, rest, listings, cancellationToken);
        }

        return listings.Count > 0
            ? listings
            : throw new VenueRequestException(RequestFailure.Unreadable, "instruments-info lists no contract that can be read.");
    }

    /// <summary>Reads one page. A contract without the fields that are needed here is left out, so that one odd listing does not cost all others.</summary>
    /// <exception cref="VenueRequestException">The venue refused, or answered something else.</exception>
    public static BybitPage<InstrumentListing> Read(VenueId venue, ReadOnlyMemory<byte> body) =>
        BybitAnswer.Read(body, result =>
        {
            var page = BybitAnswers.Page(result, row => Listing(venue, row));
            return new BybitPage<InstrumentListing>([.. page.Rows.OfType<InstrumentListing>()], page.NextCursor);
        });

    private static async Task AddPagesAsync(
        string? status, VenueId venue, VenueRest rest, List<InstrumentListing> listings, CancellationToken cancellationToken)
    {
        string? cursor = null;
        for (var pages = 0; pages < MaxPages; pages++)
        {
            var page = Read(venue, await rest.SendAsync(BybitRequests.Instruments(cursor, status), cancellationToken));
            listings.AddRange(page.Rows);
            cursor = page.NextCursor;
            if (cursor is null)
            {
                return;
            }
        }

        throw new VenueRequestException(RequestFailure.Unreadable, $"instruments-info did not end after {MaxPages} pages.");
    }

    private static InstrumentListing? Listing(VenueId venue, JsonElement row)
    {
        if (!row.TryGetProperty("priceFilter", out var priceFilter) || !row.TryGetProperty("lotSizeFilter", out var lotFilter)
            || JsonField.Text(row, "symbol") is not { Length: > 0 } symbol
            || JsonField.Text(row, "baseCoin") is not { Length: > 0 } baseCoin
            || JsonField.Text(row, "quoteCoin") is not { Length: > 0 } quoteCoin
            || JsonField.Amount(priceFilter, "tickSize") is not (> 0 and var tick)
            || JsonField.Amount(lotFilter, "qtyStep") is not (> 0 and var lot))
        {
            return null;
        }

        var prices = Scale.Finer(Scale.Of(tick), PriceScale(row));
        var quantities = Scale.Of(lot);
        return new InstrumentListing
        {
            Venue = venue,
            Symbol = symbol,
            Pair = new Pair(baseCoin, quoteCoin),
            Kind = JsonField.Text(row, "contractType") is { } type && type.EndsWith("Perpetual", StringComparison.Ordinal)
                ? InstrumentKind.Perpetual
                : InstrumentKind.Future,
            PriceScale = prices,
            QuantityScale = quantities,
            Tick = new Price(prices.FromDecimal(tick)),
            Lot = new Quantity(quantities.FromDecimal(lot)),
            Status = StatusOf(row),
        };
    }

    /// <summary>How many decimals the venue writes; orders from before a change of the tick may rest between its multiples.</summary>
    private static Scale PriceScale(JsonElement row) =>
        JsonField.Integer(row, "priceScale") is >= 0 and <= Scale.MaxDecimals and var decimals ? new Scale((int)decimals) : new Scale(0);

    /// <summary>A contract that is being launched has a book once its auction is over (phase <c>ContinuousTrading</c>).</summary>
    private static InstrumentStatus StatusOf(JsonElement row) => JsonField.Text(row, "status") switch
    {
        "Trading" => InstrumentStatus.Trading,
        "PreLaunch" => IsContinuous(row) ? InstrumentStatus.Trading : InstrumentStatus.Pending,
        "Delivering" or "Closed" => InstrumentStatus.Delisted,
        _ => InstrumentStatus.Halted,
    };

    private static bool IsContinuous(JsonElement row) =>
        row.TryGetProperty("preListingInfo", out var info)
        && info.ValueKind == JsonValueKind.Object
        && JsonField.Text(info, "curAuctionPhase") == "ContinuousTrading";
}
