using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Books;

/// <summary>How a comparison with a snapshot stands.</summary>
public enum ComparisonState
{
    /// <summary>None is under way.</summary>
    None,

    /// <summary>The book waits for the snapshot, or for the updates up to it.</summary>
    UnderWay,

    /// <summary>The snapshot was from before the comparison began: the venue answers from a cache.</summary>
    TooOld,

    /// <summary>The book was equal to the snapshot.</summary>
    Equal,

    /// <summary>The book differed: it lost its thread.</summary>
    Different,
}

/// <summary>
/// Compares a live book with a snapshot that was asked for meanwhile. Hardly ever do both stand at the same sequence number, so updates
/// are kept from the moment of asking and applied to the snapshot too, until they do.
/// </summary>
internal sealed class SnapshotComparison
{
    /// <summary>Enough for minutes of the busiest book; one more ends the comparison, which is tried again later.</summary>
    private static readonly BookOptions Bounds = new() { MaxKeptUpdates = 10_000, MaxKeptLevels = 200_000 };

    private readonly KeptUpdates _kept = new(Bounds);
    private readonly long _begunAt;
    private readonly Price _tick;
    private long _sequence;
    private KnownBand _band;
    private bool _isWhole;
    private BookCounters _ignored;

    /// <summary>Begins to keep updates.</summary>
    /// <param name="sequence">The book's sequence number.</param>
    /// <param name="tick">The book's price step.</param>
    public SnapshotComparison(long sequence, Price tick) => (_begunAt, _tick) = (sequence, tick);

    /// <summary>The snapshot with the updates since; null before it came.</summary>
    public BookSides? Snapshot { get; private set; }

    /// <summary>Between which prices the snapshot is whole.</summary>
    public ref readonly KnownBand Band => ref _band;

    /// <summary>Takes an update that was applied to the book. False when there is no room to keep it.</summary>
    public bool TryFollow(in BookUpdate update, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        if (Snapshot is null)
        {
            return _kept.TryAdd(update, bids, asks);
        }

        Apply(update, bids, asks);
        return true;
    }

    /// <summary>Takes the snapshot. False when it is from before the beginning, or cannot be read.</summary>
    /// <param name="snapshot">Up to where it goes.</param>
    /// <param name="bids">Its bids.</param>
    /// <param name="asks">Its asks.</param>
    /// <param name="isWhole">Whether there is nothing beyond its worst levels.</param>
    public bool TryTake(in BookSnapshot snapshot, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks, bool isWhole)
    {
        var sides = new BookSides(_tick);
        if (snapshot.Sequence < _begunAt || !sides.TryReplace(bids, asks, ref _ignored))
        {
            return false;
        }

        (Snapshot, _sequence, _isWhole) = (sides, snapshot.Sequence, isWhole);
        _band = isWhole ? KnownBand.Everything : KnownBand.Of(bids, asks);
        for (var i = 0; i < _kept.Count; i++)
        {
            ref readonly var update = ref _kept.Get(i, out var keptBids, out var keptAsks);
            Apply(update, keptBids, keptAsks);
        }

        _kept.Clear();
        return true;
    }

    /// <summary>Whether the snapshot has come to the book's sequence number.</summary>
    public bool HasReached(long sequence) => Snapshot is not null && _sequence == sequence;

    /// <summary>Whether both have the same levels where both are whole.</summary>
    public bool IsEqualTo(BookSides book, in KnownBand known)
    {
        var common = _isWhole ? KnownBand.Everything : KnownBand.Common(known, _band);
        return AreEqual(book.Bids, Snapshot!.Bids, common) && AreEqual(book.Asks, Snapshot.Asks, common);
    }

    private void Apply(in BookUpdate update, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        if (update.Last > _sequence)
        {
            Snapshot!.TryApply(bids, asks, ref _ignored);
            _sequence = update.Last;
        }
    }

    private static bool AreEqual(Ladder left, Ladder right, in KnownBand band)
    {
        var ours = left.GetEnumerator();
        var theirs = right.GetEnumerator();
        while (true)
        {
            var (isOurs, isTheirs) = (IsWithin(ref ours, left.Side, band), IsWithin(ref theirs, left.Side, band));
            if (!isOurs || !isTheirs)
            {
                return isOurs == isTheirs;
            }

            if (ours.Current.Price != theirs.Current.Price || ours.Current.Quantity != theirs.Current.Quantity)
            {
                return false;
            }
        }
    }

    private static bool IsWithin(ref Ladder.Enumerator levels, Side side, in KnownBand band) =>
        levels.MoveNext() && band.Holds(side, levels.Current.Price);
}
