using Omnibook.Core.Alerts;
using Omnibook.Core.Events;

namespace Omnibook.Tests.Core.Alerts;

/// <summary>Which values are news.</summary>
public sealed class AlertTriggerTests
{
    private static readonly AlertCondition Above = new() { Kind = AlertKind.Price, Direction = AlertDirection.Above, Threshold = 100 };

    [Theory]
    [InlineData("99 100 101 99.9 100", ".F.RF")]
    [InlineData("100 100 100", "F..")]
    [InlineData("99.99 99.99", "..")]
    public void Without_hysteresis_each_crossing_is_told_once(string values, string outcomes) => Assert.Equal(outcomes, Run(Above, values));

    [Theory]
    [InlineData("101 99 101 96 101 95 101", "F....RF")]
    [InlineData("101 95 95 99 100", "FR..F")]
    public void With_hysteresis_the_value_has_to_go_back_that_far(string values, string outcomes) =>
        Assert.Equal(outcomes, Run(Above with { Hysteresis = 5 }, values));

    [Theory]
    [InlineData("101 100 99 101 100", ".F.RF")]
    [InlineData("100 104 100 105 100", "F..RF")]
    public void Below_is_the_mirror(string values, string outcomes) => Assert.Equal(
        outcomes, Run(Above with { Direction = AlertDirection.Below, Hysteresis = values.StartsWith("100", StringComparison.Ordinal) ? 5 : 0 }, values));

    [Fact]
    public void A_crossing_within_the_cool_down_is_told_when_that_is_over_and_the_value_still_holds() =>
        Assert.Equal("FR...F.", Run(Above with { CoolDown = TimeSpan.FromSeconds(5) }, "100 99 100 100 100 100 100"));

    [Fact]
    public void Events_need_not_go_back_and_keep_to_the_cool_down()
    {
        var large = Above with { Kind = AlertKind.Liquidation };
        Assert.Equal("FF.F", Run(large, "100 150 50 100"));
        Assert.Equal("F..F", Run(large with { CoolDown = TimeSpan.FromSeconds(3) }, "100 150 100 100"));
    }

    [Fact]
    public void What_was_told_before_a_restart_is_not_told_again()
    {
        var trigger = new AlertTrigger(isArmed: false, new Timestamp(1));
        Assert.Equal(AlertOutcome.None, trigger.Observe(Above, 101, new Timestamp(2)));
        Assert.Equal(AlertOutcome.Rearms, trigger.Observe(Above, 99, new Timestamp(3)));
    }

    [Fact]
    public void A_clock_that_is_set_back_silences_nobody()
    {
        var trigger = new AlertTrigger(isArmed: true, Timestamp.FromMilliseconds(10_000_000));
        Assert.Equal(AlertOutcome.Fires, trigger.Observe(Above with { CoolDown = TimeSpan.FromHours(1) }, 101, Timestamp.FromMilliseconds(1_000)));
    }

    /// <summary>One value a second.</summary>
    private static string Run(AlertCondition condition, string values)
    {
        var (trigger, now, outcomes) = (new AlertTrigger(), Timestamp.FromMilliseconds(1_000), "");
        foreach (var value in values.Split(' '))
        {
            outcomes += trigger.Observe(condition, decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture), now) switch
            {
                AlertOutcome.Fires => 'F',
                AlertOutcome.Rearms => 'R',
                _ => '.',
            };
            now += TimeSpan.FromSeconds(1);
        }

        return outcomes;
    }
}
