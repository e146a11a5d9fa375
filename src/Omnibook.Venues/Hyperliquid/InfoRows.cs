using Omnibook.Core.Events;

namespace Omnibook.Venues.Hyperliquid;

/// <summary>Prices and figures of a coin. What the venue does not say is null.</summary>
/// <param name="Coin">The venue's spelling.</param>
/// <param name="Mark">The price at which positions are valued.</param>
/// <param name="Oracle">The index price.</param>
/// <param name="DayAgo">The price 24 hours ago.</param>
/// <param name="DayBase">Base assets traded within 24 hours.</param>
/// <param name="DayQuote">Quote assets traded within 24 hours.</param>
/// <param name="OpenInterest">Base assets held open, one side.</param>
/// <param name="Funding">The rate of the hour, a fraction.</param>
public sealed record InfoContext(
    string Coin, decimal? Mark, decimal? Oracle, decimal? DayAgo, decimal? DayBase, decimal? DayQuote, decimal? OpenInterest, decimal? Funding);

/// <summary>The next funding of a coin at a venue.</summary>
/// <param name="Coin">The venue's spelling.</param>
/// <param name="Venue"><c>HlPerp</c>, <c>BinPerp</c> or <c>BybitPerp</c>.</param>
/// <param name="Rate">The rate of one interval, a fraction.</param>
/// <param name="NextAt">When it is paid.</param>
/// <param name="Interval">Length of the interval; null where it is not said.</param>
public sealed record InfoPrediction(string Coin, string Venue, decimal Rate, Timestamp NextAt, TimeSpan? Interval);
