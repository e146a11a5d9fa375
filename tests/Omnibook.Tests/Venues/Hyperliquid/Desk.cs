using System.Text;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues;
using Omnibook.Venues.Hyperliquid;

namespace Omnibook.Tests.Venues.Hyperliquid;

/// <summary>A venue, a few instruments, one session over them, and what came out of the last frame.</summary>
internal sealed class Desk
{
    public static readonly Timestamp Noon = Timestamp.FromMilliseconds(1_790_000_000_000);

    private readonly EventBatch _batch = new();

    public Desk(params (string Symbol, int QuantityDecimals)[] coins)
    {
        Venue = new HyperliquidVenue(new VenueId("hyperliquid"), HyperliquidVenue.Mainnet);
        Instruments = [.. coins.Select((coin, index) => Instrument(index, coin.Symbol, coin.QuantityDecimals))];
        Plans = Venue.Plan(Instruments);
        Session = Venue.OpenSession(Plans[0]);
    }

    public static Desk Bitcoin => new(("BTC", 5));

    public HyperliquidVenue Venue { get; }

    public IReadOnlyList<Instrument> Instruments { get; }

    public IReadOnlyList<ConnectionPlan> Plans { get; }

    public IVenueSession Session { get; set; }

    public SeenEvents Seen { get; private set; } = new();

    public static Instrument Instrument(int index, string symbol, int quantityDecimals, int? priceDecimals = null) =>
        new(new InstrumentId(index), new InstrumentListing
        {
            Venue = new VenueId("hyperliquid"),
            Symbol = symbol,
            Pair = new Pair(symbol, "USDC"),
            Kind = InstrumentKind.Perpetual,
            PriceScale = new Scale(priceDecimals ?? 6 - quantityDecimals),
            QuantityScale = new Scale(quantityDecimals),
            Tick = new Price(1),
            Lot = new Quantity(1),
        });

    public FrameOutcome Hear(string frame) => Hear(frame, Noon);

    public FrameOutcome Hear(string frame, Timestamp at) => Hear(Encoding.UTF8.GetBytes(frame), at);

    public FrameOutcome Hear(ReadOnlySpan<byte> frame, Timestamp at)
    {
        _batch.Clear();
        var outcome = Session.Translate(frame, at, _batch);
        Seen = SeenEvents.Of(_batch);
        return outcome;
    }

    public int StreamOf(Channel channel, string symbol = "BTC") =>
        Plans[0].Streams.ToList().FindIndex(stream => stream.Channel == channel && stream.Instrument.Symbol == symbol);

    /// <summary>What the last frame left behind, counted.</summary>
    public int Events => _batch.Count;

    public int Levels => _batch.LevelCount;
}
