using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Core.Trades;
using Omnibook.History.Journal;

namespace Omnibook.Tests.History.Journal;

/// <summary>Events of all kinds from a seed, usual ones and the most unusual.</summary>
internal sealed class MadeEvents(int seed, InstrumentCatalog catalog)
{
    private static readonly long[] Extremes = [0, 1, -1, long.MaxValue, long.MinValue, long.MaxValue - 1, 1L << 62, -(1L << 62), 1L << 61];
    private readonly Random _random = new(seed);
    private long _now = 1_795_000_000_000_000_000;
    private long _price = 618_002;
    private long _id = 5_000_000_000;

    public static InstrumentListing Listing(string symbol, int priceDecimals = 1, int quantityDecimals = 3, long tick = 1, long lot = 1) => new()
    {
        Venue = new VenueId("binance-usdm"),
        Symbol = symbol,
        Pair = new Pair(symbol[..3], "USDT"),
        Kind = InstrumentKind.Perpetual,
        PriceScale = new Scale(priceDecimals),
        QuantityScale = new Scale(quantityDecimals),
        Tick = new Price(tick),
        Lot = new Quantity(lot),
    };

    /// <summary>A trade as markets make them.</summary>
    public Trade Trade()
    {
        _now += _random.Next(4) == 0 ? _random.Next(30) * 1_000_000L : 0;
        _price += _random.Next(-3, 4);
        return new Trade(Instrument(), ++_id, new Price(_price), new Quantity(_random.Next(1, 5000)), Side(), Times());
    }

    /// <summary>Any event.</summary>
    public object Any() => _random.Next(10) switch
    {
        0 => new MarkPrice(Instrument(), new Price(Long()), new Price(Long()), WildTimes()),
        1 => new Funding(Instrument(), Long(), new Timestamp(Long()), new TimeSpan(Long()), WildTimes()),
        2 => new OpenInterest(Instrument(), new Quantity(Long()), WildTimes()),
        3 => new Liquidation(Instrument(), Side(), new Price(Long()), new Quantity(Long()), WildTimes()),
        4 => new MadeBook(new BookSnapshot(Instrument(), Long(), WildTimes()), Levels(), Levels()),
        5 => News(),
        6 => new MissingTrades(Instrument(), Long(), new Timestamp(Long()), _random.Next(2) == 0 ? null : Long(), new Timestamp(Long()), "gone", new Timestamp(Long())),
        7 => _random.Next(3) switch
        {
            0 => new MadeUnfollowed(Instrument(), new Timestamp(Long())),
            1 => new MadeUnsettled(Instrument(), new SeenTrade(Long(), new Timestamp(Long())), new Timestamp(Long())),
            _ => new MadeSettled(Instrument(), new Timestamp(Long())),
        },
        8 => new Trade(Instrument(), Long(), new Price(Long()), new Quantity(Long()), Side(), WildTimes()),
        _ => Trade(),
    };

    private NewsItem News() => new()
    {
        Venue = new VenueId("treeofalpha"),
        Id = $"id {_random.Next()}",
        Title = "Binance will list ₿ & 狗狗币",
        Body = new string('x', _random.Next(300)),
        Url = "https://example.com/a",
        Symbols = ["BTC_USDT", "ETH_USDT"],
        Coins = [],
        Times = WildTimes(),
        IsFromHistory = _random.Next(2) == 0,
    };

    private Level[] Levels() => [.. Enumerable.Range(0, _random.Next(40)).Select(_ => new Level(new Price(Long()), new Quantity(Long())))];

    private InstrumentId Instrument() => new(_random.Next(catalog.Instruments.Count));

    private TakerSide Side() => _random.Next(2) == 0 ? TakerSide.Buy : TakerSide.Sell;

    private EventTimes Times() => new(new Timestamp(_now), new Timestamp(_now + 7_654_300));

    private EventTimes WildTimes() => _random.Next(3) == 0 ? new EventTimes(new Timestamp(Long()), new Timestamp(Long())) : Times();

    private long Long() => _random.Next(4) == 0 ? Extremes[_random.Next(Extremes.Length)] : _random.NextInt64(-1_000_000, 1_000_000);
}

internal sealed record MadeBook(BookSnapshot Snapshot, Level[] Bids, Level[] Asks)
{
    public bool Equals(MadeBook? other) =>
        other is not null && Snapshot == other.Snapshot && Bids.AsSpan().SequenceEqual(other.Bids) && Asks.AsSpan().SequenceEqual(other.Asks);

    public override int GetHashCode() => Snapshot.GetHashCode();
}

internal readonly record struct MadeUnsettled(InstrumentId Instrument, SeenTrade Last, Timestamp At);

internal readonly record struct MadeSettled(InstrumentId Instrument, Timestamp At);

internal readonly record struct MadeUnfollowed(InstrumentId Instrument, Timestamp At);

/// <summary>Collects events as objects, or passes objects on as events.</summary>
internal sealed class EventList : JournalObserver
{
    public List<object> Events { get; } = [];

    public IEnumerable<Trade> Trades => Events.OfType<Trade>();

    public static void Tell(object made, IJournalEvents to)
    {
        switch (made)
        {
            case Trade trade: to.On(trade); break;
            case MarkPrice mark: to.On(mark); break;
            case Funding funding: to.On(funding); break;
            case OpenInterest openInterest: to.On(openInterest); break;
            case Liquidation liquidation: to.On(liquidation); break;
            case MadeBook book: to.On(book.Snapshot, book.Bids, book.Asks); break;
            case NewsItem news: to.On(news); break;
            case MissingTrades missing: to.On(missing); break;
            case MadeUnfollowed unfollowed: to.OnUnfollowed(unfollowed.Instrument, unfollowed.At); break;
            case MadeUnsettled unsettled: to.OnUnsettled(unsettled.Instrument, unsettled.Last, unsettled.At); break;
            case MadeSettled settled: to.OnSettled(settled.Instrument, settled.At); break;
            default: throw new ArgumentException($"{made} is no event.", nameof(made));
        }
    }

    public override void On(in Trade trade) => Events.Add(trade);

    public override void On(in MarkPrice mark) => Events.Add(mark);

    public override void On(in Funding funding) => Events.Add(funding);

    public override void On(in OpenInterest openInterest) => Events.Add(openInterest);

    public override void On(in Liquidation liquidation) => Events.Add(liquidation);

    public override void On(in BookSnapshot snapshot, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks) =>
        Events.Add(new MadeBook(snapshot, bids.ToArray(), asks.ToArray()));

    public override void On(NewsItem news) => Events.Add(news);

    public override void On(MissingTrades missing) => Events.Add(missing);

    public override void OnUnsettled(InstrumentId instrument, SeenTrade last, Timestamp at) => Events.Add(new MadeUnsettled(instrument, last, at));

    public override void OnSettled(InstrumentId instrument, Timestamp at) => Events.Add(new MadeSettled(instrument, at));

    public override void OnUnfollowed(InstrumentId instrument, Timestamp at) => Events.Add(new MadeUnfollowed(instrument, at));
}
