using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.History.Database;

/// <summary>What is stored of an instrument.</summary>
/// <param name="Venue">The venue.</param>
/// <param name="Symbol">The venue's spelling.</param>
/// <param name="Trades">Its trades; null when there are none.</param>
/// <param name="Liquidations">Its liquidations; null when there are none.</param>
public sealed record StoredInstrument(VenueId Venue, string Symbol, StoredSpan? Trades, StoredSpan? Liquidations)
{
    /// <summary>Puts together what partitions have.</summary>
    internal static IReadOnlyList<StoredInstrument> Of(IEnumerable<HistoryPartition> partitions) =>
    [
        .. partitions.SelectMany(partition => partition.Index.Instruments).GroupBy(stored => (stored.Venue, stored.Symbol)).Select(parts => new StoredInstrument(
            parts.Key.Venue, parts.Key.Symbol, Sum(parts.Select(part => part.Span)), Sum(parts.Select(part => part.Liquidations)))),
    ];

    private static StoredSpan? Sum(IEnumerable<EventSpan> spans)
    {
        var sum = spans.Aggregate(EventSpan.None, (left, right) => left.With(right));
        return sum.Count == 0 ? null : new StoredSpan(new Timestamp(sum.FirstAt), new Timestamp(sum.LastAt), sum.Count);
    }
}
