using Omnibook.Core.Events;
using Omnibook.Core.Liquidity;

namespace Omnibook.Tests.Core.Liquidity;

public sealed class LiquidityClockTests
{
    private static readonly (decimal, decimal)[] Bids = [(100m, 1m)];
    private static readonly (decimal, decimal)[] Asks = [(101m, 1m)];

    private readonly MadeVenues _venues = new("binance", "coinbase");
    private readonly LiquidityClock _clock = new(LiquidityRules.Default);
    private readonly LiquidityMeter _meter = new();

    [Fact]
    public void It_warms_up_until_every_venue_is_two_sided_and_younger_than_a_second()
    {
        _venues.Set(0, Bids, Asks, At(0));
        Assert.Equal(LiquidityStatus.Warming, Observe(0));
        _venues.Set(1, Bids, [], At(0));
        Assert.Equal(LiquidityStatus.Warming, Observe(0.5));
        _venues.Set(1, Bids, Asks, At(0.9));
        Assert.Equal(LiquidityStatus.Warming, Observe(1));
        _venues.Set(0, Bids, Asks, At(1.5));
        Assert.Equal(LiquidityStatus.Live, Observe(1.6));
        Assert.True(_clock.HasMetrics);
    }

    [Fact]
    public void Bug_001_11_the_clock_of_a_venue_decides_nothing()
    {
        _venues.Set(0, Bids, Asks, At(0), venueTime: At(-3600));
        _venues.Set(1, Bids, Asks, At(0), venueTime: At(3600));

        Assert.Equal(LiquidityStatus.Live, Observe(0.5));
    }

    [Fact]
    public void Bug_001_4_live_ends_when_a_venue_is_stale_at_two_observations_in_a_row_and_comes_back()
    {
        Both(0);
        Observe(0);
        _venues.Set(0, Bids, Asks, At(3.5));
        Assert.Equal(LiquidityStatus.Live, Observe(3.6));
        Assert.Equal(LiquidityStatus.Degraded, Observe(3.8));
        _venues.Set(1, Bids, Asks, At(4));
        _venues.Set(0, Bids, Asks, At(4));
        Assert.Equal(LiquidityStatus.Live, Observe(4.2));
    }

    [Fact]
    public void A_venue_that_is_stale_once_degrades_nothing()
    {
        Both(0);
        Observe(0);
        Assert.Equal(LiquidityStatus.Live, Observe(3.2));
        Both(3.3);
        Assert.Equal(LiquidityStatus.Live, Observe(3.4));
        Assert.Equal(LiquidityStatus.Live, Observe(6.5));
    }

    [Fact]
    public void Bug_001_10_one_venue_down_leaves_the_metrics_of_the_others()
    {
        Both(0);
        Observe(0);
        for (var second = 1; second <= 60; second++)
        {
            _venues.Set(0, Bids, Asks, At(second));
            Observe(second);
        }

        Assert.Equal((LiquidityStatus.Degraded, true), (_clock.Status, _clock.HasMetrics));
    }

    [Fact]
    public void After_thirty_seconds_without_any_venue_it_warms_up_again()
    {
        Both(0);
        Observe(0);
        Observe(4);
        Assert.Equal(LiquidityStatus.Degraded, Observe(34));
        Assert.Equal(LiquidityStatus.Warming, Observe(34.1));
        Both(35);
        Assert.Equal(LiquidityStatus.Live, Observe(35.1));
    }

    [Fact]
    public void A_venue_that_was_never_heard_of_keeps_it_warming()
    {
        Both(0);
        var venues = _meter.Measure(_venues.Book, 50, At(0)).Venues;

        Assert.Equal(LiquidityStatus.Warming, _clock.Observe(venues, expected: 3, At(0)));
    }

    private static Timestamp At(double seconds) => MadeVenues.Start + TimeSpan.FromSeconds(seconds);

    private void Both(double seconds)
    {
        _venues.Set(0, Bids, Asks, At(seconds));
        _venues.Set(1, Bids, Asks, At(seconds));
    }

    private LiquidityStatus Observe(double seconds) => _clock.Observe(_meter.Measure(_venues.Book, 50, At(seconds)).Venues, 2, At(seconds));
}
