using Omnibook.Core.Instruments;
using Omnibook.Venues;
using Omnibook.Venues.Binance;
using Omnibook.Venues.BinanceSpot;

namespace Omnibook.Tests.Venues.BinanceSpot;

/// <summary>The venue and some of its instruments, as the tests use them.</summary>
internal static class Spot
{
    public static BinanceSpotVenue Venue { get; } = new(new VenueId("binance-spot"), BinanceSpotVenue.Mainnet);

    public static Instrument Bitcoin { get; } = Pair(0, "BTCUSDT", 2, 5);

    public static Instrument Ether { get; } = Pair(1, "ETHUSDT", 2, 4);

    public static Instrument Pair(int index, string symbol, int priceDecimals, int quantityDecimals) =>
        new(new InstrumentId(index), new InstrumentListing
        {
            Venue = Venue.Id,
            Symbol = symbol,
            Pair = new Pair(symbol, ""),
            Kind = InstrumentKind.Spot,
            PriceScale = new Scale(priceDecimals),
            QuantityScale = new Scale(quantityDecimals),
            Tick = new Price(1),
            Lot = new Quantity(1),
        });

    /// <summary>A desk over the planned streams of Bitcoin and Ether.</summary>
    public static FrameDesk Open(BinanceSpotVenue? venue = null)
    {
        venue ??= Venue;
        return new FrameDesk(venue.OpenSession(venue.Plan([Bitcoin, Ether])[0]));
    }

    /// <summary>A session that takes every stream of one instrument, each from the frame that comes first.</summary>
    public static BinanceSession Learning(Instrument instrument) => new(
        new ConnectionPlan("test", new Uri("capture:/"), []), symbol => symbol == instrument.Symbol ? instrument : null, SpotTranslation.Rules);
}
