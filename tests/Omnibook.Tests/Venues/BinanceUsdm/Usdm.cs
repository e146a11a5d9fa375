using System.Text;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues;
using Omnibook.Venues.Binance;
using Omnibook.Venues.BinanceUsdm;

namespace Omnibook.Tests.Venues.BinanceUsdm;

/// <summary>The venue and some of its instruments, as the tests use them.</summary>
internal static class Usdm
{
    public static readonly Timestamp Now = Timestamp.FromMilliseconds(1_726_048_000_200);

    public static BinanceUsdmVenue Venue { get; } = new(new VenueId("binance-usdm"), BinanceUsdmVenue.Mainnet);

    public static Instrument Bitcoin { get; } = new(new InstrumentId(0), Listing("BTCUSDT", 2, 3));

    public static InstrumentListing Listing(string symbol, int priceDecimals, int quantityDecimals) => new()
    {
        Venue = Venue.Id,
        Symbol = symbol,
        Pair = new Pair(symbol.Replace("USDT", "", StringComparison.Ordinal), "USDT"),
        Kind = InstrumentKind.Perpetual,
        PriceScale = new Scale(priceDecimals),
        QuantityScale = new Scale(quantityDecimals),
        Tick = new Price(1),
        Lot = new Quantity(1),
    };

    /// <summary>A session that takes every stream of one instrument, each from the frame that comes first.</summary>
    public static BinanceSession Session(Instrument? instrument = null) => new(
        new ConnectionPlan("test", new Uri("capture:/"), []),
        symbol => symbol == (instrument ?? Bitcoin).Symbol ? instrument ?? Bitcoin : null,
        UsdmTranslation.Rules);

    /// <summary>The session of the first connection whose name begins so.</summary>
    public static IVenueSession Planned(string name, params Instrument[] instruments) =>
        Venue.OpenSession(Venue.Plan(instruments).First(plan => plan.Name.StartsWith(name, StringComparison.Ordinal)));

    public static FrameOutcome Translate(this IVenueSession session, string frame, EventBatch batch) =>
        session.Translate(Encoding.UTF8.GetBytes(frame), Now, batch);

    /// <summary>The outcome and the events of one frame.</summary>
    public static string Told(this IVenueSession session, string frame) => EventLog.Of(batch => session.Translate(frame, batch));
}
