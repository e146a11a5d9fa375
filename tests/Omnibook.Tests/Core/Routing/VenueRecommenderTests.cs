using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Core.Routing;
using Omnibook.Tests.Core.Liquidity;

namespace Omnibook.Tests.Core.Routing;

public sealed class VenueRecommenderTests
{
    private readonly MadeVenues _venues = new("hyperliquid", "lighter");
    private readonly FeeSchedule _fees = new();
    private readonly VenueRecommender _recommender = new(new RouterOptions { Reference = RouteReference.MiddleOfBest });

    public VenueRecommenderTests()
    {
        _fees[new VenueId("hyperliquid")] = new VenueFees(4.5m, 1.5m);
        _venues.Set(0, [(64990m, 1m)], [(65000m, 1m), (65010m, 2m)]);
        _venues.Set(1, [(64992m, 1m)], [(64995m, 0.5m), (65020m, 3m)]);
    }

    [Fact]
    public void The_worked_order_holds_to_the_last_digit()
    {
        var advice = Recommend(1.2m);

        Assert.Equal(64993.5m, advice.Mid);
        Assert.Equal(("lighter", "hyperliquid"), (advice.Recommended.Instrument.Venue.Key, advice.Alternative!.Instrument.Venue.Key));
        Assert.Equal([65009.5833m, 65009.5833m, 0.00024746m, 3.5m], Figures(advice.Recommended));
        Assert.Equal([65001.6667m, 65030.9174m, 0.00012565m, 3.0m], Figures(advice.Alternative));
        Assert.All(advice.Quotes, quote => Assert.True(quote.IsComplete));
        Assert.Equal(35.1009m, decimal.Round(advice.Alternative.FillPrice!.Value * 1.2m * 4.5m / 10_000, 4));
        Assert.False(advice.IsResting);
    }

    [Fact]
    public void A_split_is_told_only_where_it_saves_more_than_a_tenth_of_a_basis_point()
    {
        _fees[new VenueId("hyperliquid")] = default;
        Assert.Equal([0.7m, 0.5m], Recommend(1.2m).Split.Select(leg => leg.Quantity));
        _fees[new VenueId("hyperliquid")] = new VenueFees(4.5m, 1.5m);
        Assert.Empty(Recommend(1.2m).Split);
    }

    [Fact]
    public void Where_no_venue_has_enough_the_one_that_fills_most_comes_first_and_the_split_fills_more()
    {
        var advice = Recommend(5);

        Assert.Equal(("lighter", false, 3.5m), (advice.Recommended.Instrument.Venue.Key, advice.Recommended.IsComplete, advice.Recommended.FillableSize));
        Assert.Equal(5m, advice.Split.Sum(leg => leg.Quantity));
    }

    [Fact]
    public void A_limit_leaves_out_what_is_worse()
    {
        var advice = Recommend(1.2m, limit: 65_000m);

        Assert.Equal(("hyperliquid", 1m, 65000m), (advice.Recommended.Instrument.Venue.Key, advice.Recommended.FillableSize, advice.Recommended.FillPrice));
        Assert.False(advice.Recommended.IsComplete);
    }

    [Fact]
    public void A_limit_that_nothing_meets_rests_at_its_price_for_the_makers_fee()
    {
        var advice = Recommend(1.2m, limit: 64_000m);

        Assert.True(advice.IsResting);
        Assert.Equal(("lighter", 64_000m, 0m, 0m), (advice.Recommended.Instrument.Venue.Key, advice.Recommended.FillPrice, advice.Recommended.Slippage, advice.Recommended.FeeBps));
        Assert.Equal((1.5m, 64_009.6m), (advice.Alternative!.FeeBps, advice.Alternative.EffectivePrice));
    }

    [Fact]
    public void Without_a_usable_book_there_is_no_advice() =>
        Assert.False(_recommender.TryRecommend(_venues.Book, Order(1, null), _fees, MadeVenues.Start + TimeSpan.FromMinutes(1), out _));

    private static RouteOrder Order(decimal size, decimal? limit) =>
        new() { Side = TakerSide.Buy, Amount = size, Measure = RouteMeasure.Size, Limit = limit };

    private VenueRecommendation Recommend(decimal size, decimal? limit = null)
    {
        Assert.True(_recommender.TryRecommend(_venues.Book, Order(size, limit), _fees, MadeVenues.Start, out var advice));
        return advice;
    }

    private static decimal[] Figures(VenueQuote quote) =>
    [
        decimal.Round(quote.FillPrice!.Value, 4), decimal.Round(quote.EffectivePrice!.Value, 4), decimal.Round(quote.Slippage!.Value, 8), quote.FillableSize,
    ];
}
