using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Bybit;

/// <summary>
/// One book stream of one symbol: the top levels that its listeners have, and the numbers of what they were sent. <c>u</c> counts
/// the messages of this stream; <c>seq</c> is the venue's and shared by all depths.
/// </summary>
/// <param name="levels">1, 50, 200 or 1000.</param>
/// <param name="firstUpdate">The <c>u</c> of the beginning. Streams begin far apart, so that a number tells its stream.</param>
/// <param name="remembered">How many messages can be asked for.</param>
internal sealed class BybitDepth(int levels, long firstUpdate, int remembered)
{
    private readonly (long Update, long Sequence)[] _ring = new (long, long)[remembered];

    /// <summary>How many levels a side are shown.</summary>
    public int Levels { get; } = levels;

    /// <summary>The <c>u</c> of the last message.</summary>
    public long Update { get; private set; } = firstUpdate;

    /// <summary>The <c>seq</c> of the last message.</summary>
    public long Sequence { get; private set; }

    /// <summary>When the last change that was sent happened: <c>cts</c>.</summary>
    public long Milliseconds { get; private set; }

    /// <summary>What listeners have, best first.</summary>
    public List<TrueLevel> Bids { get; } = [];

    /// <summary>What listeners have, best first.</summary>
    public List<TrueLevel> Asks { get; } = [];

    /// <summary>What the last message changed, best first; quantity 0 for what left the book or the window.</summary>
    public List<TrueLevel> BidChanges { get; } = [];

    /// <summary>What the last message changed, best first.</summary>
    public List<TrueLevel> AskChanges { get; } = [];

    /// <summary>When something was last sent, for the repetition of depth 1.</summary>
    public long SentMilliseconds { get; set; }

    /// <summary>Follows the book.</summary>
    /// <returns>False when nothing in the window changed: then there is no message, and no number is used.</returns>
    public bool TryMove(SimulatedMarket market)
    {
        Compare(market.Book.Bids, Bids, BidChanges);
        Compare(market.Book.Asks, Asks, AskChanges);
        if (BidChanges.Count + AskChanges.Count == 0)
        {
            return false;
        }

        Number(Update + 1, market.Oracle.LastSequence, market.Oracle.LastMilliseconds);
        return true;
    }

    /// <summary>The service restarts: the window is read anew, or is empty when delisted, and <c>u</c> is 1.</summary>
    public void Restart(SimulatedMarket market, bool isEmpty)
    {
        if (isEmpty)
        {
            Bids.Clear();
            Asks.Clear();
        }
        else
        {
            TryMove(market);
        }

        Array.Clear(_ring);
        Number(1, isEmpty ? 0 : market.Oracle.LastSequence, market.Oracle.LastMilliseconds);
    }

    /// <summary>The <c>seq</c> of a remembered <c>u</c>: null when it is not remembered, 0 for an empty book.</summary>
    public long? SequenceOf(long update) =>
        update > 0 && _ring[update % remembered] is var entry && entry.Update == update ? entry.Sequence : null;

    /// <summary>The last message at or before a <c>seq</c>.</summary>
    public (long Update, long Sequence) AsOf(long sequence)
    {
        var update = Update;
        while (SequenceOf(update - 1) is { } before && SequenceOf(update) > sequence)
        {
            update--;
        }

        return (update, SequenceOf(update) ?? Sequence);
    }

    private void Number(long update, long sequence, long milliseconds)
    {
        (Update, Sequence, Milliseconds) = (update, sequence, milliseconds);
        _ring[update % remembered] = (update, sequence);
    }

    private void Compare(BookSide ladder, List<TrueLevel> shown, List<TrueLevel> changes)
    {
        changes.Clear();
        var count = Math.Min(Levels, ladder.Count);
        var (old, rank) = (0, 0);
        while (old < shown.Count || rank < count)
        {
            if (rank == count || (old < shown.Count && ladder.IsBetter(shown[old].Price, ladder[rank].Price)))
            {
                changes.Add(shown[old++] with { Quantity = 0 });
            }
            else if (old == shown.Count || ladder.IsBetter(ladder[rank].Price, shown[old].Price))
            {
                changes.Add(MatchingBook.Show(ladder[rank++]));
            }
            else
            {
                KeepChange(shown[old++], MatchingBook.Show(ladder[rank++]), changes);
            }
        }

        shown.Clear();
        for (rank = 0; rank < count; rank++)
        {
            shown.Add(MatchingBook.Show(ladder[rank]));
        }
    }

    private static void KeepChange(TrueLevel before, TrueLevel after, List<TrueLevel> changes)
    {
        if (before.Quantity != after.Quantity)
        {
            changes.Add(after);
        }
    }
}
