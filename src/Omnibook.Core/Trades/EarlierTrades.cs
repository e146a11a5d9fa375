using Omnibook.Core.Events;

namespace Omnibook.Core.Trades;

/// <summary>What an earlier process knew of an instrument's trades when it ended.</summary>
/// <param name="Last">The last trade by the venue's clock.</param>
/// <param name="Seen">The last trades that it told, in the order in which it told them; that one need not be among them.</param>
public sealed record EarlierTrades(Trade Last, IReadOnlyList<SeenTrade> Seen)
{
    /// <summary>The trade after which some may be missing, since it ended before it had made that good; null when it owed nothing.</summary>
    public SeenTrade? Unsettled { get; init; }

    /// <summary>The numbers of trades after which some are missing for good, as it found.</summary>
    public IReadOnlyCollection<long> Holes { get; init; } = [];
}

/// <summary>A trade that was told.</summary>
/// <param name="Id">The venue's number of it.</param>
/// <param name="VenueTime">When it was, by the venue's clock.</param>
public readonly record struct SeenTrade(long Id, Timestamp VenueTime);
