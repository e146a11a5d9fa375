namespace Omnibook.Core.Instruments;

/// <summary>
/// What becomes of amounts when a venue changes the step of an instrument's prices or quantities. A book, a footprint and a stored trade count
/// in units of a scale; so the scale of an instrument that is followed never changes, and is chosen finer than it needs to be.
/// </summary>
public static class Relisting
{
    /// <summary>Venues go from 0.1 to 0.01; that they go on to 0.001 was never seen within a process' life.</summary>
    private const int Room = 2;

    /// <summary>With more decimals than these the largest amounts would no longer fit into 64 bits.</summary>
    private const int MostDecimals = 8;

    /// <summary>The same listing in scales that a finer tick and a finer lot fit into as well.</summary>
    public static InstrumentListing WithRoom(this InstrumentListing listing) => listing.To(Roomier(listing.PriceScale), Roomier(listing.QuantityScale));

    /// <summary>Whether a tick and a lot can be counted in the scales of another listing of the instrument.</summary>
    public static bool Fits(this InstrumentListing listing, InstrumentListing known) =>
        IsExact(listing.PriceScale, listing.Tick.Units, known.PriceScale) && IsExact(listing.QuantityScale, listing.Lot.Units, known.QuantityScale);

    /// <summary>The same listing in the scales of another one, into which it has to fit.</summary>
    public static InstrumentListing InScalesOf(this InstrumentListing listing, InstrumentListing known) => listing.To(known.PriceScale, known.QuantityScale);

    private static InstrumentListing To(this InstrumentListing listing, Scale prices, Scale quantities) => listing with
    {
        PriceScale = prices,
        Tick = new Price(listing.PriceScale.Convert(listing.Tick.Units, prices)),
        QuantityScale = quantities,
        Lot = new Quantity(listing.QuantityScale.Convert(listing.Lot.Units, quantities)),
    };

    private static Scale Roomier(Scale scale) => new(Math.Max(scale.Decimals, Math.Min(scale.Decimals + Room, MostDecimals)));

    private static bool IsExact(Scale from, long units, Scale to) =>
        to.Decimals >= from.Decimals || units % Scale.PowerOfTen(from.Decimals - to.Decimals) == 0;
}
