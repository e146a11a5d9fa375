using Omnibook.Core.Events;

namespace Omnibook.Core.Liquidity;

/// <summary>Everything that a <see cref="LiquidityClock"/> knows.</summary>
/// <param name="Status">What the last observation led to.</param>
/// <param name="WasStale">Whether a venue was stale at it.</param>
/// <param name="AllStaleSince">Since when all were; unknown when they were not.</param>
public readonly record struct LiquidityClockState(LiquidityStatus Status, bool WasStale, Timestamp AllStaleSince);
