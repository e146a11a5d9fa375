using Omnibook.Core.Instruments;

namespace Omnibook.Simulator.Markets;

/// <summary>
/// The oracle: the recent changes of a book in a ring. A recent book is the book of now with the later changes undone.
/// </summary>
internal sealed class TrueBooks(MarketRules rules, int capacity)
{
    private readonly LevelChange[] _ring = new LevelChange[capacity];
    private long _written;

    /// <summary>The sequence of the last change, 0 before the first.</summary>
    public long LastSequence { get; private set; }

    /// <summary>When the last change happened, in Unix milliseconds.</summary>
    public long LastMilliseconds { get; private set; }

    /// <summary>The oldest sequence that can be rebuilt.</summary>
    public long OldestSequence { get; private set; }

    /// <summary>Keeps a change; the oldest one falls out when the ring is full.</summary>
    public void Add(in LevelChange change)
    {
        ref var place = ref _ring[_written % capacity];
        // Undoing stops at the oldest change kept, so what can be rebuilt begins with the one that falls out.
        OldestSequence = _written >= capacity ? place.Sequence : _written == 0 ? change.Sequence - 1 : OldestSequence;
        place = change;
        _written++;
        LastSequence = change.Sequence;
        LastMilliseconds = change.Milliseconds;
    }

    /// <summary>Forgets all changes: the venue's numbers start again.</summary>
    public void Restart(long sequence)
    {
        _written = 0;
        LastSequence = sequence;
        OldestSequence = sequence;
    }

    /// <summary>The book with every change up to a sequence and none after it.</summary>
    public TrueBook? At(MatchingBook now, long sequence) =>
        sequence < OldestSequence ? null : Rebuild(now, sequence, change => change.Sequence > sequence);

    /// <summary>The book as it was at a moment, or the oldest that can be rebuilt, with its sequence.</summary>
    public TrueBook AsOf(MatchingBook now, long milliseconds)
    {
        var sequence = LastSequence;
        for (var i = _written - 1; i >= Oldest && At(i).Milliseconds > milliseconds; i--)
        {
            sequence = i == Oldest ? OldestSequence : At(i - 1).Sequence;
        }

        return Rebuild(now, sequence, change => change.Milliseconds > milliseconds);
    }

    private long Oldest => Math.Max(0, _written - capacity);

    private LevelChange At(long index) => _ring[index % capacity];

    private TrueBook Rebuild(MatchingBook now, long sequence, Func<LevelChange, bool> isLater)
    {
        var bids = Levels(now.Bids, descending: true);
        var asks = Levels(now.Asks, descending: false);
        for (var i = _written - 1; i >= Oldest && isLater(At(i)); i--)
        {
            Undo(At(i).Side == Side.Bid ? bids : asks, At(i));
        }

        return new TrueBook(sequence, [.. bids.Values], [.. asks.Values], rules.PriceScale, rules.QuantityScale);
    }

    private static SortedList<long, TrueLevel> Levels(BookSide side, bool descending)
    {
        var order = descending ? Comparer<long>.Create(static (left, right) => right.CompareTo(left)) : Comparer<long>.Default;
        var levels = new SortedList<long, TrueLevel>(side.Count, order);
        for (var rank = 0; rank < side.Count; rank++)
        {
            levels.Add(side[rank].Price, MatchingBook.Show(side[rank]));
        }

        return levels;
    }

    private static void Undo(SortedList<long, TrueLevel> levels, in LevelChange change)
    {
        if (change.Before.Quantity == 0)
        {
            levels.Remove(change.Before.Price);
        }
        else
        {
            levels[change.Before.Price] = change.Before;
        }
    }
}
