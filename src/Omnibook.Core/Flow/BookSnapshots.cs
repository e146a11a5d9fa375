using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Flow;

/// <summary>A book as it was, regrouped.</summary>
/// <param name="At">The minute, or the beginning of the longer interval whose last snapshot it is.</param>
/// <param name="Bids">Best first.</param>
/// <param name="Asks">Best first.</param>
public sealed record HeatmapSnapshot(Timestamp At, IReadOnlyList<GroupedLevel> Bids, IReadOnlyList<GroupedLevel> Asks);

/// <summary>
/// The book of one instrument at every full minute, level by level as the venue has it, so that it can be regrouped at any multiple of the
/// instrument's tick. A minute at whose beginning the book was not live has none: nothing is invented.
/// </summary>
public sealed class BookSnapshots(FlowOptions? options = null)
{
    /// <summary>A book of this long after the full minute still stands for it.</summary>
    private static readonly TimeSpan LateAtMost = TimeSpan.FromSeconds(5);

    private readonly FlowOptions _options = options ?? new FlowOptions();
    private readonly List<Kept> _kept = [];
    private Timestamp _lastMinute;

    /// <summary>How many snapshots are kept.</summary>
    public int Count => _kept.Count;

    /// <summary>How many levels all of them have together.</summary>
    public int Levels { get; private set; }

    /// <summary>Takes a snapshot if a minute has begun since the last time.</summary>
    /// <param name="book">The book.</param>
    /// <param name="now">Our clock.</param>
    /// <returns>Whether it was taken.</returns>
    public bool Observe(OrderBook book, Timestamp now)
    {
        var minute = FlowInterval.Minute.StartOf(now);
        if (minute <= _lastMinute)
        {
            return false;
        }

        // What the book was when the first minute began nobody knows.
        var isFirst = _lastMinute.IsUnknown;
        if (!isFirst && !book.IsLive && now - minute < LateAtMost)
        {
            return false;
        }

        _lastMinute = minute;
        if (isFirst || !book.IsLive || now - minute >= LateAtMost)
        {
            return false;
        }

        Keep(new Kept(minute, LevelsOf(book.Bids), LevelsOf(book.Asks)));
        return true;
    }

    /// <summary>The snapshots from a moment on, oldest first: of each interval the last.</summary>
    /// <param name="interval">At least a minute.</param>
    /// <param name="from">The first is that of the interval that this moment belongs to.</param>
    /// <param name="tick">A multiple of the instrument's tick, in units of price.</param>
    public IReadOnlyList<HeatmapSnapshot> From(FlowInterval interval, Timestamp from, long tick)
    {
        List<HeatmapSnapshot> snapshots = [];
        var first = interval.StartOf(from);
        for (var i = 0; i < _kept.Count; i++)
        {
            var at = interval.StartOf(_kept[i].At);
            if (at >= first && (i + 1 == _kept.Count || interval.StartOf(_kept[i + 1].At) != at))
            {
                snapshots.Add(Regroup(_kept[i], at, tick));
            }
        }

        return snapshots;
    }

    /// <summary>The newest snapshot, as that of its interval; null when there is none.</summary>
    public HeatmapSnapshot? Newest(FlowInterval interval, long tick) =>
        _kept is [.., var newest] ? Regroup(newest, interval.StartOf(newest.At), tick) : null;

    private static HeatmapSnapshot Regroup(Kept kept, Timestamp at, long tick) =>
        new(at, BookGrouping.Group(kept.Bids, Side.Bid, tick), BookGrouping.Group(kept.Asks, Side.Ask, tick));

    private Level[] LevelsOf(Ladder side)
    {
        var levels = new Level[Math.Min(side.Count, _options.MaxBookDepth)];
        side.CopyTo(levels);
        return levels;
    }

    private void Keep(Kept taken)
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

    private sealed record Kept(Timestamp At, Level[] Bids, Level[] Asks)
    {
        public int Levels => Bids.Length + Asks.Length;
    }
}
