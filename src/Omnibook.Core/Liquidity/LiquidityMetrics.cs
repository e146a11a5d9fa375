namespace Omnibook.Core.Liquidity;

/// <summary>What it costs to trade a composite now, within a window around the middle of each venue.</summary>
public sealed record LiquidityMetrics
{
    /// <summary>The window: so many hundredths of a percent to either side.</summary>
    public required int WindowBps { get; init; }

    /// <summary>All venues of the composite, in configured order, whether they take part or not.</summary>
    public required IReadOnlyList<VenueLiquidity> Venues { get; init; }

    /// <summary>The plain average of the middles of the venues that take part; null when none does.</summary>
    public decimal? Mid { get; init; }

    /// <summary>The lowest ask of all less the highest bid of all. Negative when venues cross each other.</summary>
    public decimal? Spread { get; init; }

    /// <summary>10,000 × spread / mid, with its sign.</summary>
    public decimal? SpreadBps => Mid is > 0 ? 10_000 * Spread / Mid : null;

    /// <summary>Whether the spread is zero or negative.</summary>
    public bool IsCrossed => Spread <= 0;

    /// <summary>Bids within the window, of all venues, in the base asset.</summary>
    public decimal BidDepth { get; init; }

    /// <summary>Asks within the window, of all venues, in the base asset.</summary>
    public decimal AskDepth { get; init; }

    /// <summary>Whether there may be more within the window than is known of, at one venue at least.</summary>
    public bool IsPartial => Venues.Any(venue => venue.IsPartial);

    /// <summary>Both together.</summary>
    public decimal Depth => BidDepth + AskDepth;

    /// <summary>Σ price × quantity over the same levels, in the quote asset.</summary>
    public decimal QuoteDepth { get; init; }

    /// <summary>Herfindahl–Hirschman index of the shares, Σ share²: 1 for one venue, 0.5 for two equal ones, 0 without depth.</summary>
    public decimal Hhi { get; init; }

    /// <summary>(bid depth − ask depth) / (bid depth + ask depth), −1 to 1; 0 without depth.</summary>
    public decimal Imbalance => Depth > 0 ? (BidDepth - AskDepth) / Depth : 0;
}
