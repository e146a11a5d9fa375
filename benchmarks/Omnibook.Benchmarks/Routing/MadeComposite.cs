using Omnibook.Core;
using Omnibook.Core.Consolidation;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Benchmarks.Routing;

/// <summary>A composite of six venues with a thousand levels a side each, a tick apart, at prices that interleave.</summary>
internal static class MadeComposite
{
    public const int Venues = 6;
    public const int Levels = 1_000;

    private const long Touch = 6_170_000;

    /// <summary>The books, live at <see cref="Now"/>.</summary>
    public static ConsolidatedBook Build()
    {
        var catalog = new InstrumentCatalog();
        var members = Enumerable.Range(0, Venues).Select(venue => catalog.Register(Listing(venue))).ToArray();
        var market = new Market(catalog, [new Composite("ALL", members)]);
        var random = new Random(7);
        foreach (var member in members)
        {
            var offset = random.NextInt64(0, 10);
            market.On(
                new BookSnapshot(member.Id, 1, new EventTimes(default, Now)),
                [.. Enumerable.Range(0, Levels).Select(level => Level(Touch - offset - 10 * level, random))],
                [.. Enumerable.Range(0, Levels).Select(level => Level(Touch + 10 + offset + 10 * level, random))]);
        }

        return market.Consolidated("ALL");
    }

    /// <summary>When the books were received.</summary>
    public static Timestamp Now { get; } = Timestamp.FromMilliseconds(1_736_942_400_000);

    private static Level Level(long price, Random random) => new(new Price(price), new Quantity(random.NextInt64(1_000, 100_000)));

    private static InstrumentListing Listing(int venue) => new()
    {
        Venue = new VenueId($"venue{venue}"),
        Symbol = "BTC-USD",
        Pair = new Pair("BTC", "USD"),
        Kind = InstrumentKind.Spot,
        PriceScale = new Scale(2),
        QuantityScale = new Scale(5),
        Tick = new Price(1),
        Lot = new Quantity(1),
    };
}
