using Omnibook.Core.Events;
using Omnibook.Core.Routing;
using Omnibook.Tests.Core.Books;
using Omnibook.Tests.Core.Liquidity;

namespace Omnibook.Tests.Core.Routing;

/// <summary>Measures memory, and so runs when nothing else does.</summary>
[Collection(nameof(AllocationTests))]
public sealed class RouterAllocationTests
{
    [Fact]
    public void A_router_that_is_warm_allocates_nothing_however_deep_the_books_are()
    {
        var venues = new MadeVenues([.. Enumerable.Range(0, 6).Select(i => MadeVenues.Listing($"venue{i}"))]);
        for (var i = 0; i < 6; i++)
        {
            var at = i;
            venues.Set(
                i,
                [.. Enumerable.Range(0, 1_000).Select(level => (99_999m - level - at * 0.1m, 0.01m))],
                [.. Enumerable.Range(0, 1_000).Select(level => (100_001m + level + at * 0.1m, 0.01m))]);
        }

        var (router, fees) = (new Router(new RouterOptions()), new FeeSchedule());
        Route(router, venues, fees);
        Route(router, venues, fees);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Route(router, venues, fees);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Route(Router router, MadeVenues venues, FeeSchedule fees)
    {
        foreach (var measure in (ReadOnlySpan<RouteMeasure>)[RouteMeasure.Notional, RouteMeasure.Size])
        {
            var order = new RouteOrder { Side = TakerSide.Sell, Amount = measure == RouteMeasure.Size ? 40 : 4_000_000, Measure = measure };
            Assert.True(router.Route(venues.Book, order, fees, MadeVenues.Start).Best.IsComplete);
        }
    }
}
