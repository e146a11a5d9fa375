namespace Omnibook.Core.Liquidity;

/// <summary>How far the metrics of a composite can be trusted.</summary>
public enum LiquidityStatus
{
    /// <summary>Not every venue has had a fresh, two-sided book at the same time yet, or none had one for long.</summary>
    Warming,

    /// <summary>Every venue takes part.</summary>
    Live,

    /// <summary>A venue is stale; the metrics are those of the others.</summary>
    Degraded,
}
