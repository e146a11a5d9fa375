using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Lighter;

/// <summary>
/// The venue's markets: perpetuals are numbered below 255, spot from 2048 on. Numbers and decimals are never guessed.
/// <code>
/// {"symbol":"ETH","market_id":0,"market_type":"perp","status":"active","size_decimals":4,"price_decimals":2,"supported_size_decimals":4,"supported_price_decimals":2}
/// {"symbol":"ETH/USDC","market_id":2048,"market_type":"spot","status":"active","size_decimals":4,"price_decimals":2}
/// </code>
/// https://apidocs.lighter.xyz/reference/orderbookdetails
/// </summary>
internal static class LighterInstruments
{
    // Perpetuals are margined and settled in USDC.
    private const string Collateral = "USDC";

    /// <summary>Asks for the markets.</summary>
    /// <exception cref="VenueRequestException">The answer cannot be read, or the venue refused.</exception>
    public static async Task<IReadOnlyList<InstrumentListing>> ListAsync(VenueId venue, VenueRest rest, CancellationToken cancellationToken) =>
        Read(venue, await rest.SendAsync(LighterRequests.OrderBookDetails, cancellationToken));

    /// <summary>Reads the answer to <see cref="LighterRequests.OrderBookDetails"/> or <see cref="LighterRequests.OrderBooks"/>.</summary>
    /// <exception cref="VenueRequestException">The answer is no such answer, or not one market of it can be read.</exception>
    public static IReadOnlyList<InstrumentListing> Read(VenueId venue, ReadOnlyMemory<byte> body)
    {
        var listings = LighterAnswer.Read(body, answer => ((string[])["order_book_details", "spot_order_book_details", "order_books"])
            .SelectMany(list => JsonField.Rows(answer, list))
            .Select(row => Listing(venue, row))
            .OfType<InstrumentListing>()
            .ToArray());
        return listings.Length > 0
            ? listings
            : throw new VenueRequestException(RequestFailure.Unreadable, "The answer lists no market that can be read.");
    }

    /// <summary>A market without the fields that are needed here is left out, so that one odd listing does not cost all others.</summary>
    private static InstrumentListing? Listing(VenueId venue, JsonElement row)
    {
        if (JsonField.Text(row, "symbol") is not { Length: > 0 } symbol
            || JsonField.Text(row, "market_id") is not { Length: > 0 } number
            || Decimals(row, "price_decimals") is not { } prices
            || Decimals(row, "size_decimals") is not { } quantities)
        {
            return null;
        }

        var isSpot = JsonField.Text(row, "market_type") == "spot";
        return new InstrumentListing
        {
            Venue = venue,
            Symbol = symbol,
            WireSymbol = number,
            Pair = PairOf(symbol),
            Kind = isSpot ? InstrumentKind.Spot : InstrumentKind.Perpetual,
            PriceScale = prices,
            QuantityScale = quantities,
            Tick = new Price(1),
            Lot = new Quantity(1),
            Status = JsonField.Text(row, "status") == "active" ? InstrumentStatus.Trading : InstrumentStatus.Halted,
        };
    }

    private static Pair PairOf(string symbol)
    {
        var slash = symbol.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new Pair(symbol, Collateral) : new Pair(symbol[..slash], symbol[(slash + 1)..]);
    }

    /// <summary>The list of markets names the field in one way, their details in two.</summary>
    private static Scale? Decimals(JsonElement row, string name) =>
        (JsonField.Integer(row, name) ?? JsonField.Integer(row, $"supported_{name}")) is >= 0 and <= Scale.MaxDecimals and var decimals
            ? new Scale((int)decimals)
            : null;
}
