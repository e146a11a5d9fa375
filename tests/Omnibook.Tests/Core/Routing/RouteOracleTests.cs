using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Core.Routing;
using Omnibook.Tests.Core.Liquidity;

namespace Omnibook.Tests.Core.Routing;

/// <summary>Random books against what is plainly true of every route.</summary>
public sealed class RouteOracleTests
{
    private static readonly string[] Names = ["binance", "coinbase", "third", "fourth"];

    private readonly Router _router = new(new RouterOptions());

    [Fact]
    public void Nothing_is_ever_lost_against_a_naive_choice_over_100_000_random_books()
    {
        var random = new Random(1);
        var composites = Enumerable.Range(0, 8).Select(_ => RandomVenues(random, levels: 8)).ToArray();
        for (var round = 0; round < 100_000; round++)
        {
            // Every book of the composite is another one in every round.
            var venues = composites[round % composites.Length];
            Fill(venues, random, levels: 8, wholeUnits: false);
            var result = _router.Route(venues.Book, RandomOrder(random), RandomFees(random), MadeVenues.Start);
            foreach (var naive in result.Venues)
            {
                Assert.False(result.CostSavedBps(naive) < 0);
                Assert.False(naive.IsBetterThan(result.Best));
                Assert.True(result.Best.IsComplete || !naive.IsComplete);
            }

            Assert.Equal(result.Order.Amount, Filled(result.Best, result.Order.Measure) + result.Best.Unfilled);
        }
    }

    [Fact]
    public void The_merged_way_is_that_of_a_plain_walk_over_sorted_levels()
    {
        var random = new Random(2);
        for (var round = 0; round < 4_000; round++)
        {
            var venues = RandomVenues(random, levels: 30);
            var (order, fees) = (RandomOrder(random), RandomFees(random));
            var result = _router.Route(venues.Book, order, fees, MadeVenues.Start);
            var (quantity, notional, cost) = Walk(venues, order, fees);

            Assert.Equal(decimal.Round(quantity, 18), decimal.Round(result.Merged.Quantity, 18));
            Assert.Equal(decimal.Round(notional, 12), decimal.Round(result.Merged.Notional, 12));
            Assert.Equal(decimal.Round(cost, 12), decimal.Round(result.Merged.Fees, 12));
            Assert.Equal(result.Merged.Legs.ToArray().Sum(leg => leg.Quantity), result.Merged.Quantity);
        }
    }

    [Fact]
    public void The_fills_add_up_to_the_route_and_come_cheapest_first()
    {
        var random = new Random(3);
        for (var round = 0; round < 1_000; round++)
        {
            var venues = RandomVenues(random, levels: 20);
            var (order, fees) = (RandomOrder(random), RandomFees(random));
            var result = _router.Route(venues.Book, order, fees, MadeVenues.Start);
            var fills = new List<RouteFill>();
            _router.CopyFills(result.Best, fills);

            Assert.Equal(decimal.Round(result.Best.Quantity, 18), decimal.Round(fills.Sum(fill => fill.Quantity), 18));
            Assert.Equal(decimal.Round(result.Best.Notional, 12), decimal.Round(fills.Sum(fill => fill.Quantity * fill.Price), 12));
            var keys = fills.Select(fill => Key(fill.Price, fees[fill.Instrument.Venue].TakerBps, order.Side)).ToArray();
            Assert.Equal(keys.Order(), keys);
        }
    }

    /// <summary>For an order by size the merged walk is the optimum; on books of a few whole units every split can be tried.</summary>
    [Fact]
    public void No_way_to_split_a_size_is_cheaper()
    {
        var random = new Random(4);
        for (var round = 0; round < 1_500; round++)
        {
            var venues = RandomVenues(random, levels: 3, venues: 3, wholeUnits: true);
            var order = new RouteOrder
            {
                Side = random.Next(2) == 0 ? TakerSide.Buy : TakerSide.Sell,
                Measure = RouteMeasure.Size,
                Amount = random.Next(1, 12),
            };
            var fees = RandomFees(random);
            var result = _router.Route(venues.Book, order, fees, MadeVenues.Start);
            var best = EverySplit(venues, order, fees, venue: 0, (int)order.Amount);

            Assert.Equal(best is not null, result.Best.IsComplete);
            if (best is { } cheapest)
            {
                var sign = order.Side == TakerSide.Buy ? 1 : -1;
                Assert.Equal(cheapest, sign * result.Best.Notional + result.Best.Fees);
            }
        }
    }

    private static decimal? EverySplit(MadeVenues venues, RouteOrder order, FeeSchedule fees, int venue, int units)
    {
        if (venue == venues.Book.Members.Count)
        {
            return units == 0 ? 0 : null;
        }

        decimal? best = null;
        for (var here = 0; here <= units; here++)
        {
            var total = CostAt(venues, venue, order, fees, here) + EverySplit(venues, order, fees, venue + 1, units - here);
            best = best is null || total < best ? total ?? best : best;
        }

        return best;
    }

    private static decimal? CostAt(MadeVenues venues, int venue, RouteOrder order, FeeSchedule fees, int units)
    {
        var (sign, left, cost) = (order.Side == TakerSide.Buy ? 1 : -1, (decimal)units, 0m);
        foreach (var (price, quantity, bps) in Offers(venues, order, fees).Where(offer => offer.Venue == venue).Select(offer => (offer.Price, offer.Quantity, offer.Bps)))
        {
            var taken = Math.Min(left, quantity);
            cost += taken * price * (sign + bps / 10_000);
            left -= taken;
        }

        return left == 0 ? cost : null;
    }

    private static (decimal Quantity, decimal Notional, decimal Fees) Walk(MadeVenues venues, RouteOrder order, FeeSchedule schedule)
    {
        var (left, quantity, notional, fees) = (order.Amount, 0m, 0m, 0m);
        foreach (var (_, price, offered, bps) in Offers(venues, order, schedule).OrderBy(offer => Key(offer.Price, offer.Bps, order.Side)).ThenBy(offer => offer.Venue))
        {
            var worth = order.Measure == RouteMeasure.Notional ? price * offered : offered;
            var part = Math.Min(1, left / worth);
            (quantity, notional, fees, left) =
                (quantity + part * offered, notional + part * offered * price, fees + part * offered * price * bps / 10_000, left - part * worth);
        }

        return (quantity, notional, fees);
    }

    private static IEnumerable<(int Venue, decimal Price, decimal Quantity, decimal Bps)> Offers(MadeVenues venues, RouteOrder order, FeeSchedule fees)
    {
        for (var venue = 0; venue < venues.Book.Members.Count; venue++)
        {
            var book = venues.Book.Members[venue];
            var side = order.Side == TakerSide.Buy ? book.Asks : book.Bids;
            var levels = new Level[side.Count];
            side.CopyTo(levels);
            foreach (var level in levels)
            {
                yield return (
                    venue,
                    book.Instrument.PriceScale.ToDecimal(level.Price.Units),
                    book.Instrument.QuantityScale.ToDecimal(level.Quantity.Units),
                    fees[book.Instrument.Venue].TakerBps);
            }
        }
    }

    private static decimal Key(decimal price, decimal bps, TakerSide side) =>
        side == TakerSide.Buy ? price * (1 + bps / 10_000) : -price * (1 - bps / 10_000);

    private static decimal Filled(OrderRoute route, RouteMeasure measure) => measure == RouteMeasure.Notional ? route.Notional : route.Quantity;

    private static RouteOrder RandomOrder(Random random) => new()
    {
        Side = random.Next(2) == 0 ? TakerSide.Buy : TakerSide.Sell,
        Measure = RouteMeasure.Notional,
        Amount = random.Next(1, 4) switch { 1 => random.Next(1, 500), 2 => random.Next(1, 20_000), _ => random.Next(1, 100_000) / 100m },
    };

    private static FeeSchedule RandomFees(Random random)
    {
        var fees = new FeeSchedule();
        foreach (var name in Names)
        {
            fees[new VenueId(name)] = new VenueFees(random.Next(-5, 60) + random.Next(4) / 4m, 0);
        }

        return fees;
    }

    private static MadeVenues RandomVenues(Random random, int levels, int venues = 0, bool wholeUnits = false)
    {
        var count = venues == 0 ? random.Next(1, Names.Length + 1) : venues;
        var made = new MadeVenues([.. Names.Take(count).Select(name => MadeVenues.Listing(name, random.Next(1, 4), random.Next(2, 6)))]);
        Fill(made, random, levels, wholeUnits);
        return made;
    }

    private static void Fill(MadeVenues made, Random random, int levels, bool wholeUnits)
    {
        for (var venue = 0; venue < made.Book.Members.Count; venue++)
        {
            var middle = random.Next(980, 1_020) / 10m;
            made.Set(venue, Side(random, middle, -1, levels, wholeUnits), Side(random, middle, 1, levels, wholeUnits));
        }
    }

    private static (decimal, decimal)[] Side(Random random, decimal middle, int sign, int levels, bool wholeUnits) =>
    [
        .. Enumerable.Range(0, random.Next(1, levels + 1))
            .Select(_ => (middle + sign * random.Next(1, 60) / 10m, wholeUnits ? random.Next(1, 4) : random.Next(1, 900) / 100m))
            .DistinctBy(level => level.Item1),
    ];
}
