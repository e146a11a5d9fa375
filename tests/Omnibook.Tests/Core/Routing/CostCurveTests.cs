using Omnibook.Core.Events;
using Omnibook.Core.Routing;
using Omnibook.Tests.Core.Liquidity;

namespace Omnibook.Tests.Core.Routing;

public sealed class CostCurveTests
{
    private readonly Router _router = new(new RouterOptions());
    private readonly RouteOrder _order = new() { Side = TakerSide.Buy, Amount = 1, Measure = RouteMeasure.Notional };

    [Fact]
    public void Cost_grows_with_size_until_the_offers_end()
    {
        var curve = CostCurve.Measure(_router, MadeVenues.Golden().Book, _order, CostCurve.UsualNotionals, RouterTests.Fees(10, 12), MadeVenues.Start);

        Assert.Equal(CostCurve.UsualNotionals, curve.Select(point => point.Amount));
        Assert.Equal(curve.Select(point => point.CostBps).Order(), curve.Select(point => point.CostBps));
        Assert.Equal([true, false], curve.Select(point => point.IsComplete).Distinct());
        Assert.Equal(10_000_000 - 933_627m, curve[^1].Unfilled);
        Assert.All(curve, point => Assert.False(point.SavedBps < 0));
    }

    [Fact]
    public void A_point_says_who_fills_how_much_and_why_it_costs_what_it_does()
    {
        var curve = CostCurve.Measure(_router, MadeVenues.Golden().Book, _order, [200_000, 2_000_000], RouterTests.Fees(10, 12), MadeVenues.Start);

        Assert.Equal(
            "binance 75 % in 1 level, coinbase 25 % in 1 level; 10.88 bps = 0.37 slippage + 10.5 fees; saves 4.12 bps against binance alone",
            curve[0].Explanation);
        Assert.EndsWith("; 1066373 finds no offer", curve[1].Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_offers_a_point_says_so()
    {
        var (later, book) = (MadeVenues.Start + TimeSpan.FromMinutes(1), MadeVenues.Golden().Book);

        Assert.Equal("no book can be used", CostCurve.Measure(_router, book, _order, [100], RouterTests.Fees(0, 0), later)[0].Explanation);
        Assert.Equal(
            "no offer within the limit",
            CostCurve.Measure(_router, book, _order with { Limit = 1 }, [100], RouterTests.Fees(0, 0), MadeVenues.Start)[0].Explanation);
    }
}
