using Omnibook.Core.Alerts;
using Omnibook.Core.Events;
using Omnibook.History;

namespace Omnibook.Server.Alerts;

/// <summary>An alert and how far it is. Its parts belong to the market's thread.</summary>
internal sealed class WatchedAlert
{
    private readonly Dictionary<string, AlertTrigger> _parts = new(StringComparer.Ordinal);

    /// <summary>An alert as it is kept.</summary>
    public WatchedAlert(StoredAlert stored)
    {
        (Id, CreatedAtMs, Body) = (stored.Id, stored.CreatedAtMs, AlertBody.FromJson(stored.Definition));
        Condition = Body.Condition;
        foreach (var part in stored.Parts)
        {
            _parts[part.Part] = new AlertTrigger(part.IsArmed, new Timestamp(part.FiredAt));
        }
    }

    /// <summary>Its identity.</summary>
    public string Id { get; }

    /// <summary>When it was created, in milliseconds since the Unix epoch.</summary>
    public long CreatedAtMs { get; }

    /// <summary>What it says.</summary>
    public AlertBody Body { get; }

    /// <summary>What it waits for.</summary>
    public AlertCondition Condition { get; }

    /// <summary>How far a part is.</summary>
    public AlertTrigger TriggerOf(string part) => _parts.TryGetValue(part, out var trigger) ? trigger : new AlertTrigger();

    /// <summary>Sets how far a part is.</summary>
    public void Set(string part, AlertTrigger trigger) => _parts[part] = trigger;
}

/// <summary>What the market's thread has to say of an alert.</summary>
/// <param name="Alert">Which alert.</param>
/// <param name="Part">Which part of it: an instrument as <c>venue/symbol</c>, or empty for the whole.</param>
/// <param name="Trigger">How far the part is now.</param>
/// <param name="Value">The value that led to it.</param>
/// <param name="At">The market's clock.</param>
/// <param name="Outcome">Whether it is told, or only kept.</param>
/// <param name="Detail">A word more: the side of a liquidation, the reason of a state; otherwise empty.</param>
internal readonly record struct AlertNotice(
    WatchedAlert Alert, string Part, AlertTrigger Trigger, decimal Value, Timestamp At, AlertOutcome Outcome, string Detail);
