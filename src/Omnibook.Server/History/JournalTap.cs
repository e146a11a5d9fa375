using Omnibook.Core;
using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.History.Journal;
using Omnibook.Server.Pipeline;

namespace Omnibook.Server.History;

/// <summary>
/// Hands what the market accepted to the journal, and its books at every full minute. It only copies: when the disk does not keep up, the
/// journal loses and counts, and the market goes on.
/// </summary>
/// <param name="journal">Takes it.</param>
/// <param name="bookDepth">0 leaves the books out.</param>
internal sealed class JournalTap(MarketJournal journal, int bookDepth) : IMarketListener
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private BookMinute[] _minutes = [];
    private Timestamp _lookedAt;

    /// <inheritdoc />
    public void OnChanges(Market market, MarketChanges changes)
    {
        journal.Append(changes);
        if (bookDepth > 0 && market.Now - _lookedAt >= LookEvery)
        {
            _lookedAt = market.Now;
            KeepBooks(market);
        }
    }

    private void KeepBooks(Market market)
    {
        var books = market.Books;
        if (books.Count > _minutes.Length)
        {
            Array.Resize(ref _minutes, books.Count);
        }

        for (var i = 0; i < books.Count; i++)
        {
            if (books[i] is { } book && _minutes[i].Begins(book, market.Now, FlowInterval.Minute))
            {
                journal.Append(book, _minutes[i].Last);
            }
        }
    }
}
