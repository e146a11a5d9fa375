using Omnibook.Core.Events;

namespace Omnibook.Core.Alerts;

/// <summary>What an observation led to.</summary>
public enum AlertOutcome
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The value is to be told.</summary>
    Fires,

    /// <summary>The value has gone back: the next time is news again.</summary>
    Rearms,
}

/// <summary>
/// Decides which values of an alert are news: the first that holds, and the next only after one has gone back beyond the hysteresis and the
/// cool-down is over. A condition that holds from the beginning is news too. A value that is unknown is not observed and changes nothing.
/// </summary>
public struct AlertTrigger
{
    /// <summary>A trigger that waits for its first value.</summary>
    public AlertTrigger()
    {
    }

    /// <summary>A trigger as it was before.</summary>
    public AlertTrigger(bool isArmed, Timestamp firedAt) => (IsArmed, FiredAt) = (isArmed, firedAt);

    /// <summary>Whether the condition has not held since it last went back.</summary>
    public bool IsArmed { get; private set; } = true;

    /// <summary>When a value was told last; unknown before the first.</summary>
    public Timestamp FiredAt { get; private set; }

    /// <summary>Takes a value.</summary>
    /// <param name="condition">What is waited for.</param>
    /// <param name="value">The value.</param>
    /// <param name="now">The market's clock. One that was set back ends a cool-down.</param>
    public AlertOutcome Observe(AlertCondition condition, decimal value, Timestamp now)
    {
        if (!condition.Holds(value))
        {
            return !IsArmed && !condition.IsOfEvents && condition.HasGoneBack(value) ? Rearm() : AlertOutcome.None;
        }

        if (!IsArmed && !condition.IsOfEvents)
        {
            return AlertOutcome.None;
        }

        if (!FiredAt.IsUnknown && now >= FiredAt && now - FiredAt < condition.CoolDown)
        {
            return AlertOutcome.None;
        }

        (IsArmed, FiredAt) = (false, now);
        return AlertOutcome.Fires;
    }

    private AlertOutcome Rearm()
    {
        IsArmed = true;
        return AlertOutcome.Rearms;
    }
}
