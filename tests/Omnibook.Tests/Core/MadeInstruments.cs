using Omnibook.Core.Instruments;

namespace Omnibook.Tests.Core;

/// <summary>Instruments that no venue lists.</summary>
internal static class MadeInstruments
{
    public static InstrumentListing Listing(
        string symbol = "BTCUSDT", int priceDecimals = 1, int quantityDecimals = 3, long tick = 1, string venue = "made") => new()
        {
            Venue = new VenueId(venue),
            Symbol = symbol,
            Pair = new Pair("BTC", "USDT"),
            Kind = InstrumentKind.Perpetual,
            PriceScale = new Scale(priceDecimals),
            QuantityScale = new Scale(quantityDecimals),
            Tick = new Price(tick),
            Lot = new Quantity(1),
        };

    public static Instrument Make(int priceDecimals = 1, int quantityDecimals = 3, long tick = 1) =>
        new(new InstrumentId(0), Listing(priceDecimals: priceDecimals, quantityDecimals: quantityDecimals, tick: tick));
}
