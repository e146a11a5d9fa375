using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.History.Database;

namespace Omnibook.Tests.History.Database;

/// <summary>A journal in memory: events at positions, some of which may be missing.</summary>
internal sealed class MadeHistory : IHistorySource
{
    private readonly List<(long Position, Action<HistoryIntake> Give)> _events = [];

    public long First { get; set; }

    public long Last { get; set; } = -1;

    /// <summary>How often a position was given to the database.</summary>
    public Dictionary<long, int> Given { get; } = [];

    public List<StoredTrade> Trades { get; } = [];

    public static DateTimeOffset Began { get; } = new(2026, 11, 20, 21, 30, 0, TimeSpan.Zero);

    public static Instrument Bitcoin { get; } = Listed(0, "BTCUSDT", 2, 3);

    public static Instrument Ether { get; } = Listed(1, "ETHUSDT", 2, 4);

    public static Instrument Listed(int id, string symbol, int priceDecimals, int quantityDecimals) => new(new InstrumentId(id), new InstrumentListing
    {
        Venue = new VenueId("binance-usdm"),
        Symbol = symbol,
        Pair = new Pair(symbol[..3], "USDT"),
        Kind = InstrumentKind.Perpetual,
        PriceScale = new Scale(priceDecimals),
        QuantityScale = new Scale(quantityDecimals),
        Tick = new Price(1),
        Lot = new Quantity(1),
    });

    /// <summary>A trade so long after the beginning.</summary>
    public static Trade Trade(Instrument instrument, TimeSpan after, long price, long quantity, TakerSide side, long id = 1)
    {
        var at = Timestamp.From(Began + after);
        return new Trade(instrument.Id, id, new Price(price), new Quantity(quantity), side, new EventTimes(at, at + TimeSpan.FromMilliseconds(20)));
    }

    public void Add(Instrument instrument, Trade trade)
    {
        var position = ++Last;
        Trades.Add(new StoredTrade(position, trade));
        _events.Add((position, intake => intake.Add(position, instrument, trade)));
    }

    public void Add(Instrument instrument, Liquidation liquidation)
    {
        var position = ++Last;
        _events.Add((position, intake => intake.Add(position, instrument, liquidation)));
    }

    public void Add(Instrument instrument, Timestamp minute, Level[] bids, Level[] asks)
    {
        var position = ++Last;
        _events.Add((position, intake => intake.Add(position, instrument, minute, bids, asks)));
    }

    /// <summary>Something that the database does not keep.</summary>
    public void AddOther() => Last++;

    /// <summary>Trades of two instruments over a stretch of time, some late, prices near each other.</summary>
    public void AddMany(int count, TimeSpan over, int seed = 7)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var instrument = random.Next(3) == 0 ? Ether : Bitcoin;
            var after = TimeSpan.FromMilliseconds(Math.Floor(over.TotalMilliseconds * i / count)) - TimeSpan.FromMilliseconds(random.Next(20) == 0 ? random.Next(90_000) : 0);
            Add(instrument, Trade(instrument, after, 6_000_000 + random.Next(-50, 50), random.Next(1, 10_000), (TakerSide)random.Next(2), i) with
            {
                Times = new EventTimes(Timestamp.From(Began + after), Timestamp.From(Began + TimeSpan.FromMilliseconds(Math.Floor(over.TotalMilliseconds * i / count) + 20))),
            });
        }
    }

    public long Read(long from, long upTo, HistoryIntake intake, CancellationToken cancellation)
    {
        foreach (var (position, give) in _events.Where(one => one.Position >= from && one.Position >= First && one.Position <= upTo && one.Position <= Last))
        {
            Given[position] = Given.GetValueOrDefault(position) + 1;
            give(intake);
        }

        return Math.Max(from, Math.Min(upTo == long.MaxValue ? upTo : upTo + 1, Last + 1));
    }
}
