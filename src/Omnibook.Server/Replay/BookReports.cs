using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Server.Replay;

/// <summary>Describes a book for a report.</summary>
internal static class BookReports
{
    private const int Shown = 10;

    /// <summary>The report of a book. On the market's thread.</summary>
    /// <param name="book">The book.</param>
    /// <param name="snapshotsOverRest">Whether the venue's snapshots come over REST, and so are no messages of the socket.</param>
    public static BookReport Of(OrderBook book, bool snapshotsOverRest)
    {
        var counters = book.Counters;
        var (bids, asks) = (Top(book.Bids, book.Instrument), Top(book.Asks, book.Instrument));
        return new BookReport(
            book.Status.State.ToString().ToLowerInvariant(),
            counters.Updates + (snapshotsOverRest ? 0 : counters.Snapshots),
            book.Bids.Count,
            book.Asks.Count,
            bids.Count > 0 ? bids[0] : null,
            asks.Count > 0 ? asks[0] : null,
            bids,
            asks,
            BookDigest.Of(book),
            counters.CrossedAfterMessage,
            counters.AbsentDeletes,
            counters.Gaps,
            counters.Resyncs);
    }

    private static IReadOnlyList<IReadOnlyList<string>> Top(Ladder ladder, Instrument instrument)
    {
        var levels = new Level[Shown];
        var count = ladder.CopyTo(levels);
        return
        [
            .. levels.Take(count).Select(level => (string[])
                [instrument.PriceScale.Format(level.Price.Units), instrument.QuantityScale.Format(level.Quantity.Units)]),
        ];
    }
}
