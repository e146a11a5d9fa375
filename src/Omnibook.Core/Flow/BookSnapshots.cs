using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Flow;

/// <summary>A book as it was, regrouped.</summary>
/// <param name="At">The full minute (or second), or the beginning of the longer interval whose last snapshot it is.</param>
/// <param name="Bids">Best first.</param>
/// <param name="Asks">Best first.</param>
public sealed record HeatmapSnapshot(Timestamp At, IReadOnlyList<GroupedLevel> Bids, IReadOnlyList<GroupedLevel> Asks);

/// <summary>A book as it was, level by level as the venue has it. It never changes.</summary>
/// <param name="At">The full minute, or the beginning of the shorter interval at which it was kept.</param>
/// <param name="Bids">Best first.</param>
/// <param name="Asks">Best first.</param>
public sealed record KeptBook(Timestamp At, Level[] Bids, Level[] Asks)
{
    /// <summary>How many levels it has.</summary>
    public int Levels => Bids.Length + Asks.Length;

    /// <summary>Of books in order of time the last of each interval, regrouped.</summary>
    /// <param name="books">Oldest first.</param>
    /// <param name="interval">How long; those that belong to one are told as of its beginning.</param>
    /// <param name="tick">A multiple of the instrument's tick, in units of price.</param>
    /// <param name="mostLevels">How many levels all of them may have: the newest books are told, and those that are over it left out.</param>
    public static IReadOnlyList<HeatmapSnapshot> Regroup(IReadOnlyList<KeptBook> books, FlowInterval interval, long tick, int mostLevels = int.MaxValue)
    {
        List<HeatmapSnapshot> newestFirst = [];
        var levels = 0;
        for (var i = books.Count - 1; i >= 0; i--)
        {
            var at = interval.StartOf(books[i].At);
            if (newestFirst is [.., var later] && later.At == at)
            {
                continue;
            }

            var snapshot = books[i].Regroup(at, tick);
            levels += snapshot.Bids.Count + snapshot.Asks.Count;
            if (levels > mostLevels)
            {
                break;
            }

            newestFirst.Add(snapshot);
        }

        newestFirst.Reverse();
        return newestFirst;
    }

    /// <summary>The same regrouped, as of a moment.</summary>
    public HeatmapSnapshot Regroup(Timestamp at, long tick) => new(at, BookGrouping.Group(Bids, Side.Bid, tick), BookGrouping.Group(Asks, Side.Ask, tick));
}

/// <summary>
/// The book of one instrument at every full minute (or second, …), level by level as the venue has it, so that it can be regrouped at any multiple of the
/// instrument's tick. A minute at whose beginning the book was not live has none: nothing is invented.
/// </summary>
/// <param name="options">How much is kept.</param>
/// <param name="every">How often a book is kept; every minute unless told otherwise.</param>
public sealed class BookSnapshots(FlowOptions? options = null, FlowInterval? every = null)
{
    private readonly FlowOptions _options = options ?? new FlowOptions();
    private readonly FlowInterval _every = every ?? FlowInterval.Minute;
    private readonly List<KeptBook> _kept = [];
    private BookMinute _minute;

    /// <summary>How many snapshots are kept.</summary>
    public int Count => _kept.Count;

    /// <summary>How many levels all of them have together.</summary>
    public int Levels { get; private set; }

    /// <summary>The newest snapshot; null when there is none.</summary>
    public KeptBook? Newest => _kept is [.., var newest] ? newest : null;

    /// <summary>Takes a snapshot if a minute has begun since the last time.</summary>
    /// <param name="book">The book.</param>
    /// <param name="now">Our clock.</param>
    /// <returns>Whether it was taken.</returns>
    public bool Observe(OrderBook book, Timestamp now)
    {
        if (!_minute.Begins(book, now, _every))
        {
            return false;
        }

        Keep(new KeptBook(_minute.Last, LevelsOf(book.Bids), LevelsOf(book.Asks)));
        return true;
    }

    /// <summary>Those of an interval's beginning on that a moment belongs to, oldest first; good for as long as one likes.</summary>
    public KeptBook[] Share(FlowInterval interval, Timestamp from)
    {
        var first = interval.StartOf(from);
        return [.. _kept.Where(kept => kept.At >= first)];
    }

    /// <summary>The snapshots from a moment on, oldest first: of each interval the last.</summary>
    /// <param name="interval">At least as long as the time between snapshots.</param>
    /// <param name="from">The first is that of the interval that this moment belongs to.</param>
    /// <param name="tick">A multiple of the instrument's tick, in units of price.</param>
    public IReadOnlyList<HeatmapSnapshot> From(FlowInterval interval, Timestamp from, long tick) => KeptBook.Regroup(Share(interval, from), interval, tick);

    private Level[] LevelsOf(Ladder side)
    {
        var levels = new Level[Math.Min(side.Count, _options.MaxBookDepth)];
        side.CopyTo(levels);
        return levels;
    }

    private void Keep(KeptBook taken)
    {
        _kept.Add(taken);
        Levels += taken.Levels;
        var oldest = taken.At.Nanoseconds - _options.BooksKeptFor.Ticks * 100;
        while (_kept.Count > 1 && (_kept[0].At.Nanoseconds < oldest || Levels > _options.MaxBookLevels))
        {
            Levels -= _kept[0].Levels;
            _kept.RemoveAt(0);
        }
    }
}
