using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Consolidation;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Tests.Core.Books;

/// <summary>Measures memory, and so runs when nothing else does.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    [Fact]
    public void A_book_that_is_warm_allocates_nothing_for_updates_snapshots_and_reading()
    {
        var catalog = new InstrumentCatalog();
        var instrument = catalog.Register(MadeInstruments.Listing(tick: 10));
        var market = new Market(catalog, [new Composite("ALL", [instrument])]);
        var venue = new MadeMarket(seed: 3, tick: 10, size: 400) { JumpEvery = 0, Drift = 1 };
        var updates = Enumerable.Range(0, 6000).Select(_ => venue.Next()).ToArray();
        var levels = new ConsolidatedLevels();
        for (var round = 0; round < 3; round++)
        {
            Play(market, instrument.Id, updates, levels);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Play(market, instrument.Id, updates, levels);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(market.BookOf(instrument.Id).IsLive);
    }

    [Fact]
    public void A_book_of_5700_levels_takes_less_than_190_KiB()
    {
        // The first one fills the pool that all books lay their windows with.
        Fill(new OrderBook(MadeInstruments.Make()));
        var book = new OrderBook(MadeInstruments.Make());
        var held = GC.GetTotalMemory(forceFullCollection: true);
        Fill(book);
        var taken = GC.GetTotalMemory(forceFullCollection: true) - held;

        Assert.Equal(5700, book.Bids.Count + book.Asks.Count);
        Assert.True(taken < 190 * 1024, $"{taken} bytes.");
        GC.KeepAlive(book);
    }

    private static void Fill(OrderBook book)
    {
        var random = new Random(9);
        book.Apply(new BookSnapshot(book.Instrument.Id, 1, default), [], []);
        for (var number = 2L; book.Bids.Count < 2850 || book.Asks.Count < 2850; number++)
        {
            var distance = 1 + (long)Math.Pow(2, random.NextDouble() * 17);
            Level[] bids = book.Bids.Count < 2850 ? [OrderBookHarness.Level(617_000 - distance, number)] : [];
            Level[] asks = book.Asks.Count < 2850 ? [OrderBookHarness.Level(617_000 + distance, number)] : [];
            book.Apply(new BookUpdate(book.Instrument.Id, number, number, default), bids, asks);
        }
    }

    private static void Play(
        Market market, InstrumentId id, (long First, long Last, Level[] Bids, Level[] Asks)[] updates, ConsolidatedLevels levels)
    {
        market.On(new BookSnapshot(id, updates[0].First - 1, default, RestartsSequence: true), [], []);
        foreach (var (first, last, bids, asks) in updates)
        {
            market.On(new BookUpdate(id, first, last, new EventTimes(default, new Timestamp(first))), bids, asks);
            if (market.Changes.Composites.Count > 0)
            {
                market.Changes.Composites[0].CopyTo(Side.Bid, 20, levels);
                market.Changes.Composites[0].CopyTo(Side.Ask, 20, levels);
            }

            market.Changes.Clear();
        }
    }
}
