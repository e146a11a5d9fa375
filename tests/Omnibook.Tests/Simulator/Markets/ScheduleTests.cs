using Omnibook.Simulator.Markets;

namespace Omnibook.Tests.Simulator.Markets;

public class ScheduleTests
{
    [Fact]
    public void What_is_due_runs_in_the_order_of_its_moment_and_then_of_its_entry()
    {
        var schedule = new Schedule(0);
        var seen = new List<string>();
        schedule.At(20, () => seen.Add("late"));
        schedule.At(10, () => seen.Add("early, first in"));
        schedule.At(10, () => seen.Add("early, second in"));

        schedule.AdvanceTo(20);

        Assert.Equal(["early, first in", "early, second in", "late"], seen);
    }

    [Fact]
    public void A_period_begins_at_multiples_of_itself()
    {
        var schedule = new Schedule(1_234_567);
        var seen = new List<long>();
        schedule.Every(TimeSpan.FromMilliseconds(250), () => seen.Add(schedule.Microseconds));

        schedule.AdvanceTo(2_000_000);

        Assert.Equal([1_250_000, 1_500_000, 1_750_000, 2_000_000], seen);
    }
}
