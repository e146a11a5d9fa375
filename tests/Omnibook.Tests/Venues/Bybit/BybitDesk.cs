using Omnibook.Core.Instruments;
using Omnibook.Venues;
using Omnibook.Venues.Bybit;

namespace Omnibook.Tests.Venues.Bybit;

/// <summary>Bybit with a few contracts.</summary>
internal static class BybitDesk
{
    public static readonly BybitVenue Venue = new(new VenueId("bybit"), BybitVenue.Mainnet);

    public static readonly Instrument Bitcoin = Contract(0, "BTCUSDT", 2, 3);

    public static FrameDesk Open(BybitOptions? options = null, params Instrument[] others)
    {
        var venue = new BybitVenue(new VenueId("bybit"), BybitVenue.Mainnet, options);
        return new FrameDesk(venue.OpenSession(venue.Plan([Bitcoin, .. others])[0]));
    }

    /// <summary>A session that learns whatever it meets.</summary>
    public static FrameDesk Learn(int priceDecimals = 4, int quantityDecimals = 4)
    {
        var catalog = new InstrumentCatalog();
        return new FrameDesk(Venue.OpenSession(
            new ConnectionPlan("capture", new Uri("capture:/"), []),
            symbol => catalog.Register(Contract(0, symbol, priceDecimals, quantityDecimals).Listing)));
    }

    public static Instrument Contract(int index, string symbol, int priceDecimals, int quantityDecimals) =>
        new(new InstrumentId(index), new InstrumentListing
        {
            Venue = new VenueId("bybit"),
            Symbol = symbol,
            Pair = new Pair(symbol[..^4], symbol[^4..]),
            Kind = InstrumentKind.Perpetual,
            PriceScale = new Scale(priceDecimals),
            QuantityScale = new Scale(quantityDecimals),
            Tick = new Price(1),
            Lot = new Quantity(1),
        });
}
