namespace Omnibook.Tests.Time;

/// <summary>Waits for what other threads do. The patience only bounds a failure; a test that passes does not depend on it.</summary>
public static class Eventually
{
    private static readonly TimeSpan LongestStep = TimeSpan.FromHours(1);
    private static readonly TimeSpan IdleStep = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Waits until a condition holds.</summary>
    public static Task HoldsAsync(Func<bool> condition, string what) => HoldsAsync(condition, () => what);

    /// <summary>Waits until a condition holds; the words are made when it does not.</summary>
    public static async Task HoldsAsync(Func<bool> condition, Func<string> what)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Patience, $"Never happened: {what()}");
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>
    /// Moves a clock from timer to timer until a condition holds, with a breath after every step for other threads.
    /// </summary>
    /// <param name="clock">The clock.</param>
    /// <param name="condition">What has to come true.</param>
    /// <param name="within">The latest, by the clock.</param>
    /// <param name="what">Said when it does not.</param>
    /// <param name="isBusy">True while other threads do something that the clock must not overtake.</param>
    /// <returns>How far the clock was moved.</returns>
    public static async Task<TimeSpan> HoldsAsync(
        this ManualTimeProvider clock, Func<bool> condition, TimeSpan within, string what, Func<bool>? isBusy = null)
    {
        var start = clock.Elapsed;
        await BreatheAsync(condition, isBusy);
        while (!condition())
        {
            Assert.True(clock.Elapsed - start < within, $"Did not happen within {within} of the clock: {what}");
            clock.Advance(clock.UntilNextTimer is { } next && next < LongestStep ? next : IdleStep);
            await BreatheAsync(condition, isBusy);
        }

        return clock.Elapsed - start;
    }

    private static async Task BreatheAsync(Func<bool> condition, Func<bool>? isBusy)
    {
        for (var breath = 0; breath < 3 && !condition(); breath++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        if (isBusy is not null)
        {
            await HoldsAsync(() => condition() || !isBusy(), "the other threads come to rest");
        }
    }
}
