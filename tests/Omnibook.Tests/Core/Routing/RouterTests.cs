using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Core.Liquidity;
using Omnibook.Core.Routing;
using Omnibook.Tests.Core.Liquidity;

namespace Omnibook.Tests.Core.Routing;

public sealed class RouterTests
{
    private readonly Router _router = new(new RouterOptions());
    private readonly MadeVenues _venues = MadeVenues.Golden();

    [Fact]
    public void The_worked_purchase_holds_to_the_last_digit()
    {
        var result = Route(TakerSide.Buy, 200_000, 10, 12);

        Assert.Equal(100007.5m, result.Mid);
        Assert.Same(result.Venues[0], result.LowestFee);
        Assert.Equal([100057.4182m, 4.9914m, 200m, 100157.4756m, 14.9964m, 200_000m], Figures(result.LowestFee!));
        Assert.Equal(1.9988523m, decimal.Round(result.LowestFee!.Quantity, 8));
        Assert.Equal([("binance", 100010m, 1.5m), ("binance", 100200m, 0.4988523m)], Fills(result.LowestFee));
        Assert.Equal([100011.2496m, 0.3749m, 209.997m, 100116.2599m, 10.8752m, 200_000m], Figures(result.Best));
        Assert.Equal(1.99977503m, decimal.Round(result.Best.Quantity, 8));
        Assert.Equal([("binance", 100010m, 1.5m), ("coinbase", 100015m, 0.49977503m)], Fills(result.Best));
        Assert.Equal((4.6165m, 4.12126m), (Round(result.SlippageSavedBps(result.LowestFee)), decimal.Round(result.CostSavedBps(result.LowestFee)!.Value, 5)));

        // The worked figure is the difference of the two costs as they are told.
        Assert.Equal(4.1212m, Round(result.LowestFee.CostBps) - Round(result.Best.CostBps));
        Assert.True(result.Best.IsComplete && result.LowestFee.IsComplete);
        Assert.Equal(0, result.Best.Unfilled);
    }

    [Fact]
    public void The_worked_sale_holds_to_the_last_digit()
    {
        var result = Route(TakerSide.Sell, 200_000, 10, 12);

        Assert.Equal((99949.975m, 15.7463m), (Round(result.LowestFee!.AveragePrice), Round(result.LowestFee.CostBps)));
        Assert.Equal((99976.2319m, 13.6233m), (Round(result.Best.AveragePrice), Round(result.Best.CostBps)));
    }

    [Fact]
    public void A_venue_that_is_never_worth_its_fee_gets_nothing()
    {
        var result = Route(TakerSide.Buy, 200_000, 10, 60);

        Assert.Equal("binance", Assert.Single(result.Best.Legs.ToArray()).Instrument.Venue.Key);
        Assert.Equal(Figures(result.LowestFee!), Figures(result.Best));
        Assert.Equal(0, result.CostSavedBps(result.LowestFee!));
    }

    [Fact]
    public void Bug_001_5_fees_are_in_the_price_the_cost_and_the_savings()
    {
        var (free, dear) = (Route(TakerSide.Buy, 200_000, 0, 0).Best.CostBps, Route(TakerSide.Buy, 200_000, 30, 30).Best.CostBps);

        Assert.Equal(30, decimal.Round(dear!.Value - free!.Value, 2));
    }

    [Fact]
    public void Bug_001_6_a_fill_better_than_the_middle_is_no_cost()
    {
        _venues.Set(0, [(100000m, 1m)], [(100002m, 1.5m)]);
        var best = Route(TakerSide.Buy, 1_000, 0, 0).Best;

        Assert.True(best.SlippageBps < 0);
        Assert.Equal(best.SlippageBps, best.CostBps);
    }

    [Theory]
    [InlineData(TakerSide.Buy, "933627")]
    [InlineData(TakerSide.Sell, "946602.5")]
    public void Bug_001_7_what_finds_no_offer_is_told(TakerSide side, string whole)
    {
        var available = decimal.Parse(whole, System.Globalization.CultureInfo.InvariantCulture);
        var result = Route(side, 2_000_000, 10, 12);

        Assert.False(result.Best.IsComplete);
        Assert.Equal((available, 2_000_000 - available), (result.Best.Notional, result.Best.Unfilled));
        Assert.Null(result.CostSavedBps(result.LowestFee!));
        Assert.Equal(0, Route(side, available, 10, 12).Best.Unfilled);
        Assert.True(Route(side, available, 10, 12).Best.IsComplete);
    }

    [Fact]
    public void An_order_by_size_fills_that_size()
    {
        var result = _router.Route(_venues.Book, new RouteOrder { Side = TakerSide.Buy, Amount = 2, Measure = RouteMeasure.Size }, Fees(10, 12), MadeVenues.Start);

        Assert.Equal((2m, 0m, true), (result.Best.Quantity, result.Best.Unfilled, result.Best.IsComplete));
        Assert.Equal(1.5m * 100010 + 0.5m * 100015, result.Best.Notional);
    }

    [Fact]
    public void No_level_beyond_the_limit_is_taken()
    {
        var order = new RouteOrder { Side = TakerSide.Buy, Amount = 1_000_000, Measure = RouteMeasure.Notional, Limit = 100_015m };

        Assert.Equal(2.3m, _router.Route(_venues.Book, order, Fees(0, 0), MadeVenues.Start).Best.Quantity);
        Assert.Equal(1.5m, _router.Route(_venues.Book, order with { Limit = 100_014.999999999m }, Fees(0, 0), MadeVenues.Start).Best.Quantity);
        Assert.Equal(0, _router.Route(_venues.Book, order with { Limit = 1 }, Fees(0, 0), MadeVenues.Start).Best.Quantity);
        var sale = order with { Side = TakerSide.Sell, Limit = 100_000m };
        Assert.Equal(1.5m, _router.Route(_venues.Book, sale, Fees(0, 0), MadeVenues.Start).Best.Quantity);
        Assert.Equal(0.5m, _router.Route(_venues.Book, sale with { Limit = 100_000.000000001m }, Fees(0, 0), MadeVenues.Start).Best.Quantity);
    }

    [Fact]
    public void Only_whole_lots_are_taken_where_that_is_asked_for_and_a_finer_venue_takes_what_a_coarse_one_cannot()
    {
        var venues = new MadeVenues(MadeVenues.Listing("coarse", 2, 1), MadeVenues.Listing("fine", 2, 3));
        venues.Set(0, [(99m, 5m)], [(100m, 5m)]);
        venues.Set(1, [(99m, 5m)], [(101m, 5m)]);
        var order = new RouteOrder { Side = TakerSide.Buy, Amount = 1.2345m, Measure = RouteMeasure.Size, WholeLots = true };

        var result = _router.Route(venues.Book, order, Fees(0, 0), MadeVenues.Start);

        Assert.Equal([1.2m, 0.034m], result.Merged.Legs.ToArray().Select(leg => leg.Quantity));
        Assert.Equal((0.0005m, true), (result.Merged.Unfilled, result.Merged.IsComplete));
        Assert.Equal((1.2m, 0.0345m, true), (result.Venues[0].Quantity, result.Venues[0].Unfilled, result.Venues[0].IsComplete));
    }

    [Fact]
    public void The_naive_choices_are_the_lowest_fee_and_the_best_price_on_top()
    {
        var result = Route(TakerSide.Sell, 50_000, 12, 12);

        Assert.Equal(("binance", "coinbase"), (result.LowestFee!.Venue!.Venue.Key, result.BestTop!.Venue!.Venue.Key));
    }

    [Fact]
    public void A_book_that_is_stale_takes_no_part_and_without_any_there_is_no_way()
    {
        var now = MadeVenues.Start + TimeSpan.FromSeconds(4);
        var order = new RouteOrder { Side = TakerSide.Buy, Amount = 1, Measure = RouteMeasure.Size };
        var none = _router.Route(_venues.Book, order, Fees(0, 0), now);
        Assert.Equal((null, 0, 0m, false), (none.Mid, none.Venues.Length, none.Best.Quantity, none.Best.IsComplete));

        _venues.Set(1, [(100005m, 0.5m)], [(100015m, 0.8m)], at: now);
        var one = _router.Route(_venues.Book, order, Fees(0, 0), now);
        Assert.Equal((100010m, 1, 0.8m), (one.Mid, one.Venues.Length, one.Best.Quantity));
    }

    [Fact]
    public void Prices_in_tethers_compete_at_the_rate_of_the_day()
    {
        var venues = new MadeVenues(MadeVenues.Listing("binance", quote: "USDT"), MadeVenues.Listing("coinbase"));
        var rates = new MadeVenues(MadeVenues.Listing("coinbase", priceDecimals: 5, @base: "USDT"));
        venues.Set(0, [(100000m, 1m)], [(100010m, 1m)]);
        venues.Set(1, [(99990m, 1m)], [(100000m, 1m)]);
        rates.Set(0, [(0.99949m, 1m)], [(0.99950m, 1m)]);
        var order = new RouteOrder { Side = TakerSide.Buy, Amount = 0.5m, Measure = RouteMeasure.Size };

        Assert.Equal("coinbase", _router.Route(venues.Book, order, Fees(0, 0), MadeVenues.Start).Best.Legs[0].Instrument.Venue.Key);
        var router = new Router(new RouterOptions { Conversion = QuoteConversion.By(rates.Book.Members[0]) });
        var leg = router.Route(venues.Book, order, Fees(0, 0), MadeVenues.Start).Best.Legs[0];
        Assert.Equal(("binance", 100010m * 0.999495m), (leg.Instrument.Venue.Key, leg.AveragePrice));
    }

    [Fact]
    public void Absurd_amounts_are_no_offer_and_harm_no_other()
    {
        var venues = new MadeVenues(MadeVenues.Listing("absurd", 0, 0), MadeVenues.Listing("sane", 0, 0));
        venues.Set(0, [(1m, 1m)], [.. Enumerable.Range(0, 8).Select(i => (9_000_000_000_000_000_000m + i, 9_000_000_000_000_000_000m))]);
        venues.Set(1, [(99m, 1m)], [(101m, 5m)]);
        var order = new RouteOrder { Side = TakerSide.Buy, Amount = 5, Measure = RouteMeasure.Size };

        Assert.Equal((5m, 505m, true), (_router.Route(venues.Book, order, Fees(), MadeVenues.Start) is var result ? result.Best.Quantity : 0, result.Best.Notional, result.Best.IsComplete));
        Assert.False(_router.Route(venues.Book, order with { Amount = decimal.MaxValue, Measure = RouteMeasure.Notional }, Fees(), MadeVenues.Start).Best.IsComplete);
    }

    [Fact]
    public void Two_instruments_of_one_venue_may_have_different_fees()
    {
        var venues = new MadeVenues(MadeVenues.Listing("dex"), MadeVenues.Listing("dex", quote: "USDE"));
        venues.Set(0, [(99m, 1m)], [(101m, 5m)]);
        venues.Set(1, [(99m, 1m)], [(101m, 5m)]);
        var fees = new FeeSchedule { [new VenueId("dex")] = new VenueFees(5, 0) };
        fees.Set(new VenueId("dex"), "BTC-USDE", new VenueFees(1, 0));

        var best = _router.Route(venues.Book, new RouteOrder { Side = TakerSide.Buy, Amount = 1, Measure = RouteMeasure.Size }, fees, MadeVenues.Start).Best;

        Assert.Equal(("BTC-USDE", 1m), (best.Legs[0].Instrument.Symbol, best.Legs[0].FeeBps));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void An_amount_that_is_not_above_zero_is_refused(int amount) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Route(TakerSide.Buy, amount, 0, 0));

    [Theory]
    [InlineData("0.00001")]
    [InlineData("5000.1")]
    [InlineData("-5001")]
    public void A_fee_that_cannot_be_reckoned_with_is_refused(string bps) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Fees(decimal.Parse(bps, System.Globalization.CultureInfo.InvariantCulture), 0));

    internal static FeeSchedule Fees(params decimal[] bps)
    {
        string[] venues = ["binance", "coinbase"];
        var fees = new FeeSchedule();
        for (var i = 0; i < bps.Length; i++)
        {
            fees[new VenueId(venues[i])] = new VenueFees(bps[i], 0);
        }

        return fees;
    }

    private RouteResult Route(TakerSide side, decimal notional, decimal binance, decimal coinbase) => _router.Route(
        _venues.Book, new RouteOrder { Side = side, Amount = notional, Measure = RouteMeasure.Notional }, Fees(binance, coinbase), MadeVenues.Start);

    private (string, decimal, decimal)[] Fills(OrderRoute route)
    {
        var fills = new List<RouteFill>();
        _router.CopyFills(route, fills);
        return [.. fills.Select(fill => (fill.Instrument.Venue.Key, fill.Price, decimal.Round(fill.Quantity, 8)))];
    }

    /// <summary>As the worked figures are told: prices and basis points to four decimals, fees to three.</summary>
    private static decimal?[] Figures(OrderRoute route) =>
    [
        Round(route.AveragePrice), Round(route.SlippageBps), decimal.Round(route.Fees, 3), Round(route.EffectivePrice), Round(route.CostBps), route.Notional,
    ];

    private static decimal? Round(decimal? value) => value is { } known ? decimal.Round(known, 4) : null;
}
