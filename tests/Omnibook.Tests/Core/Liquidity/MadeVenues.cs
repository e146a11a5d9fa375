using Omnibook.Core;
using Omnibook.Core.Consolidation;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Tests.Core.Liquidity;

/// <summary>A composite of venues whose books are told in decimal numbers.</summary>
internal sealed class MadeVenues
{
    private readonly InstrumentCatalog _catalog = new();
    private readonly Instrument[] _members;
    private long _sequence;

    public MadeVenues(params string[] venues)
        : this([.. venues.Select(venue => Listing(venue))])
    {
    }

    public MadeVenues(params InstrumentListing[] listings)
    {
        _members = [.. listings.Select(_catalog.Register)];
        Market = new Market(_catalog, [new Composite("ALL", _members)]);
    }

    public static Timestamp Start { get; } = Timestamp.FromMilliseconds(1_736_942_400_000);

    public Market Market { get; }

    public ConsolidatedBook Book => Market.Consolidated("ALL");

    /// <summary>The two books of which the worked figures were computed.</summary>
    public static MadeVenues Golden()
    {
        var venues = new MadeVenues("binance", "coinbase");
        venues.Set(0, [(100000m, 1m), (99900m, 2m), (99400m, 5m)], [(100010m, 1.5m), (100200m, 1m), (100600m, 4m)]);
        venues.Set(1, [(100005m, 0.5m), (99800m, 1m)], [(100015m, 0.8m), (100500m, 2m)]);
        return venues;
    }

    public static InstrumentListing Listing(
        string venue, int priceDecimals = 2, int quantityDecimals = 8, string quote = "USD", string @base = "BTC", long lot = 1) =>
        MadeInstruments.Listing($"{@base}-{quote}", priceDecimals, quantityDecimals, venue: venue) with
        {
            Pair = new Pair(@base, quote),
            Lot = new Quantity(lot),
        };

    /// <summary>Gives a venue a whole book.</summary>
    public void Set(
        int venue, (decimal Price, decimal Quantity)[] bids, (decimal Price, decimal Quantity)[] asks, Timestamp? at = null, Timestamp venueTime = default) =>
        Market.On(
            new BookSnapshot(_members[venue].Id, ++_sequence, new EventTimes(venueTime, at ?? Start), RestartsSequence: true),
            Levels(venue, bids),
            Levels(venue, asks));

    /// <summary>Changes levels of a venue's book.</summary>
    public void Update(int venue, (decimal Price, decimal Quantity)[] bids, (decimal Price, decimal Quantity)[] asks) => Market.On(
        new BookUpdate(_members[venue].Id, ++_sequence, _sequence, new EventTimes(default, Start)), Levels(venue, bids), Levels(venue, asks));

    private Level[] Levels(int venue, (decimal Price, decimal Quantity)[] levels) =>
    [
        .. levels.Select(level => new Level(
            new Price(_members[venue].PriceScale.FromDecimal(level.Price)), new Quantity(_members[venue].QuantityScale.FromDecimal(level.Quantity)))),
    ];
}
