using Omnibook.Core.Events;
using Omnibook.Core.Routing;

namespace Omnibook.Tests.Core.Routing;

public sealed class ExecutionEstimateTests
{
    [Fact]
    public void The_worked_order_comes_to_the_worked_costs()
    {
        var estimate = new ExecutionEstimate(Terms(TakerSide.Buy) with { HourlyFundingRate = 0.00001m, HoldingHours = 1, Leverage = 10 });

        Assert.Equal([78011.5m, 0m, 19.3m, 0.78m, 20.08m, 7801.15m], Rounded(estimate));
        Assert.Null(estimate.LiquidationPrice);
    }

    [Fact]
    public void The_fee_is_of_the_notional() =>
        Assert.Equal(35.1009m, decimal.Round(new ExecutionEstimate(Terms(TakerSide.Buy) with { FillPrice = 65001.6667m, FeeBps = 4.5m }).Fees, 4));

    [Theory]
    [InlineData(TakerSide.Buy, 0.8)]
    [InlineData(TakerSide.Sell, -0.8)]
    public void A_long_pays_a_positive_rate_and_a_short_receives_it(TakerSide side, double cost)
    {
        var terms = Terms(side) with { FillPrice = 1_000, Mid = 1_000, Size = 1, HourlyFundingRate = 0.0001m, HoldingHours = 8 };

        Assert.Equal(((decimal)cost, (decimal)cost), (new ExecutionEstimate(terms).FundingCost, new ExecutionEstimate(terms).NetCost));
        Assert.Null(new ExecutionEstimate(terms with { HourlyFundingRate = null }).FundingCost);
    }

    [Theory]
    [InlineData(TakerSide.Buy, 905)]
    [InlineData(TakerSide.Sell, 1095)]
    public void Liquidation_is_where_the_margin_is_used_up_but_for_the_maintenance(TakerSide side, int price) =>
        Assert.Equal(
            price,
            new ExecutionEstimate(Terms(side) with { FillPrice = 1_000, Leverage = 10, MaintenanceFraction = 0.005m }).LiquidationPrice);

    [Fact]
    public void A_fill_better_than_the_middle_lowers_the_net_cost()
    {
        var estimate = new ExecutionEstimate(Terms(TakerSide.Sell) with { FillPrice = 101, Mid = 100, Size = 2 });
        Assert.Equal((2m, -2m), (estimate.SlippageCost, estimate.NetCost));
    }

    [Fact]
    public void A_leverage_below_one_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExecutionEstimate(Terms(TakerSide.Buy) with { Leverage = 0.5m }));

    private static ExecutionTerms Terms(TakerSide side) => new()
    {
        Side = side,
        FillPrice = 65009.583333333333333333333333m,
        Size = 1.2m,
        Mid = 64993.5m,
        FeeBps = 0,
        Leverage = 1,
    };

    private static decimal[] Rounded(ExecutionEstimate estimate) =>
    [
        decimal.Round(estimate.Notional, 4), estimate.Fees, decimal.Round(estimate.SlippageCost, 4), decimal.Round(estimate.FundingCost!.Value, 2),
        decimal.Round(estimate.NetCost, 2), decimal.Round(estimate.Margin, 4),
    ];
}
