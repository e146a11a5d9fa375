using Omnibook.Core.Events;

namespace Omnibook.Core.Liquidity;

/// <summary>
/// Goes from warming to live, to degraded and back, one observation at a time. Everything is measured on our clock: a venue whose clock is
/// wrong by an hour is as live as any other.
/// </summary>
/// <remarks>
/// <para>warming → live: every venue is two-sided and younger than <see cref="LiquidityRules.LiveWithin"/>.</para>
/// <para>live → degraded: a venue is stale at two observations in a row. degraded → live: as from warming.</para>
/// <para>any → warming: all venues were stale for longer than <see cref="LiquidityRules.WarmingAfter"/>.</para>
/// </remarks>
public sealed class LiquidityClock(LiquidityRules rules)
{
    private bool _wasStale;
    private Timestamp _allStaleSince;

    /// <summary>What the last observation led to.</summary>
    public LiquidityStatus Status { get; private set; }

    /// <summary>Whether metrics are worth telling: a composite that warms up has none.</summary>
    public bool HasMetrics => Status != LiquidityStatus.Warming;

    /// <summary>Everything that it knows: so that another goes on exactly as this one.</summary>
    public LiquidityClockState State
    {
        get => new(Status, _wasStale, _allStaleSince);
        set => (Status, _wasStale, _allStaleSince) = (value.Status, value.WasStale, value.AllStaleSince);
    }

    /// <summary>Takes an observation.</summary>
    /// <param name="venues">The venues that there are.</param>
    /// <param name="expected">How many there should be; one that was never heard of is as good as stale.</param>
    /// <param name="now">Our clock.</param>
    public LiquidityStatus Observe(IReadOnlyList<VenueLiquidity> venues, int expected, Timestamp now)
    {
        var (fresh, stale) = (0, Math.Max(0, expected - venues.Count));
        for (var i = 0; i < venues.Count; i++)
        {
            fresh += venues[i].Counts && venues[i].Age < rules.LiveWithin ? 1 : 0;
            stale += venues[i].IsStale ? 1 : 0;
        }

        if (IsSilent(stale >= expected, now))
        {
            Status = LiquidityStatus.Warming;
        }
        else if (fresh >= expected)
        {
            Status = LiquidityStatus.Live;
        }
        else if (Status == LiquidityStatus.Live && stale > 0 && _wasStale)
        {
            Status = LiquidityStatus.Degraded;
        }

        _wasStale = stale > 0;
        return Status;
    }

    private bool IsSilent(bool isAllStale, Timestamp now)
    {
        if (!isAllStale)
        {
            _allStaleSince = default;
            return false;
        }

        _allStaleSince = _allStaleSince.IsUnknown || now < _allStaleSince ? now : _allStaleSince;
        return now - _allStaleSince > rules.WarmingAfter;
    }
}
