namespace Omnibook.Core.Liquidity;

/// <summary>How old a book may be, by our clock, to be counted, and to call the whole live.</summary>
public sealed record LiquidityRules
{
    /// <summary>The usual rules: live within 1 s, stale after 3 s, warming again after 30 s without any book.</summary>
    public static LiquidityRules Default { get; } = new();

    /// <summary>A book that was not updated for longer than this does not count.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Every book has to be younger than this for the whole to become live.</summary>
    public TimeSpan LiveWithin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After so long without any book that counts, the whole begins anew.</summary>
    public TimeSpan WarmingAfter { get; init; } = TimeSpan.FromSeconds(30);
}
