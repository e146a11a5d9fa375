using Omnibook.Core.Instruments;
using Omnibook.Venues.Lighter;

namespace Omnibook.Tests.Venues.Lighter;

/// <summary>Lighter with a few markets.</summary>
internal static class LighterDesk
{
    public static readonly Instrument Ether = Market(0, "0", "ETH", 2, 4);

    public static readonly Instrument Bitcoin = Market(1, "1", "BTC", 1, 5);

    public static LighterVenue Venue => new(new VenueId("lighter"), LighterVenue.Mainnet);

    /// <summary>A session over both markets: books are streams 0 and 1, then come ETH's others and BTC's.</summary>
    public static FrameDesk Open(LighterVenue? venue = null)
    {
        venue ??= Venue;
        return new FrameDesk(venue.OpenSession(venue.Plan([Ether, Bitcoin])[0]));
    }

    public static int StreamOf(string name) =>
        Venue.Plan([Ether, Bitcoin])[0].Streams.ToList().FindIndex(stream => stream.Name == name);

    public static Instrument Market(
        int index, string number, string symbol, int priceDecimals, int quantityDecimals, InstrumentKind kind = InstrumentKind.Perpetual) =>
        new(new InstrumentId(index), new InstrumentListing
        {
            Venue = new VenueId("lighter"),
            Symbol = symbol,
            WireSymbol = number,
            Pair = new Pair(symbol, "USDC"),
            Kind = kind,
            PriceScale = new Scale(priceDecimals),
            QuantityScale = new Scale(quantityDecimals),
            Tick = new Price(1),
            Lot = new Quantity(1),
        });
}
