using Omnibook.Core.Events;

namespace Omnibook.History;

/// <summary>The liquidity of a composite within a window at one moment, rounded as it was told then. Depths are in the base asset.</summary>
public sealed record MetricsRow
{
    /// <summary>The name of the composite.</summary>
    public required string Composite { get; init; }

    /// <summary>The window, in hundredths of a percent to either side.</summary>
    public required int WindowBps { get; init; }

    /// <summary>When it was measured, on our clock; kept to the millisecond.</summary>
    public required Timestamp At { get; init; }

    /// <summary><c>live</c> or <c>degraded</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The average of the middles of the venues that counted; null when none did.</summary>
    public decimal? Mid { get; init; }

    /// <summary>The spread in hundredths of a percent of the middle, with its sign.</summary>
    public decimal? SpreadBps { get; init; }

    /// <summary>Bids and asks together.</summary>
    public decimal Depth { get; init; }

    /// <summary>Bids within the window.</summary>
    public decimal BidDepth { get; init; }

    /// <summary>Asks within the window.</summary>
    public decimal AskDepth { get; init; }

    /// <summary>Σ price × quantity of the same levels, in the quote asset.</summary>
    public decimal QuoteDepth { get; init; }

    /// <summary>Σ share².</summary>
    public decimal Hhi { get; init; }

    /// <summary>(bids − asks) / (bids + asks).</summary>
    public decimal Imbalance { get; init; }

    /// <summary>What part of the depth each venue had, in configured order.</summary>
    public required IReadOnlyList<VenueShare> Shares { get; init; }
}

/// <summary>A venue's part of the depth.</summary>
/// <param name="Venue">What the venue is called there.</param>
/// <param name="Share">Its part, 0 to 1.</param>
public sealed record VenueShare(string Venue, decimal Share);

/// <summary>Which rows are wanted.</summary>
/// <param name="Composite">Of which composite.</param>
/// <param name="WindowBps">Of which window.</param>
/// <param name="FromMs">From when, included, in milliseconds since the Unix epoch.</param>
/// <param name="ToMs">To when, not included.</param>
/// <param name="ResolutionMs">Only the last row of every so many milliseconds, counted from 1970; 0 for every row.</param>
/// <param name="Limit">How many at most.</param>
public sealed record MetricsQuery(string Composite, int WindowBps, long FromMs, long ToMs, long ResolutionMs, int Limit);
