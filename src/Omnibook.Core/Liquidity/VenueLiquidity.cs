using Omnibook.Core.Instruments;

namespace Omnibook.Core.Liquidity;

/// <summary>What one venue contributes to a composite's liquidity. Prices are in the quote asset, depths in the base asset.</summary>
public sealed record VenueLiquidity
{
    /// <summary>Which venue and symbol.</summary>
    public required Instrument Instrument { get; init; }

    /// <summary>Whether it takes part: live, fresh and two-sided. All that follows is empty or zero when it does not.</summary>
    public required bool Counts { get; init; }

    /// <summary>Whether its book is not live, or older than <see cref="LiquidityRules.StaleAfter"/>.</summary>
    public required bool IsStale { get; init; }

    /// <summary>How long ago its book was updated, by our clock; null when it never was.</summary>
    public required TimeSpan? Age { get; init; }

    /// <summary>How much later than the venue's own time it is now; the age where the venue gives no time. Never negative.</summary>
    public required TimeSpan? Latency { get; init; }

    /// <summary>The highest bid.</summary>
    public decimal? Bid { get; init; }

    /// <summary>The lowest ask.</summary>
    public decimal? Ask { get; init; }

    /// <summary>The middle of the two.</summary>
    public decimal? Mid => (Bid + Ask) / 2;

    /// <summary>10,000 × (ask − bid) / mid.</summary>
    public decimal? SpreadBps => Mid is > 0 ? 10_000 * (Ask - Bid) / Mid : null;

    /// <summary>Bids within the window around the venue's own middle, ends included.</summary>
    public decimal BidDepth { get; init; }

    /// <summary>Asks within the window.</summary>
    public decimal AskDepth { get; init; }

    /// <summary>
    /// Whether the window reaches beyond what the book is known to hold: the venue's snapshot was shorter, and what lies beyond it is left out.
    /// </summary>
    public bool IsPartial { get; init; }

    /// <summary>Both together.</summary>
    public decimal Depth => BidDepth + AskDepth;

    /// <summary>Σ price × quantity over the same levels, in the quote asset.</summary>
    public decimal QuoteDepth { get; init; }

    /// <summary>Its part of the depth of all venues, 0 to 1; zero when there is no depth at all.</summary>
    public decimal Share { get; init; }
}
