using Omnibook.Core.Events;

namespace Omnibook.History.Database;

/// <summary>A stretch of time, by the clock that trades are counted by: the venue's, or ours where the venue does not say.</summary>
/// <param name="From">The first moment in it.</param>
/// <param name="To">The first moment after it.</param>
public readonly record struct HistoryRange(Timestamp From, Timestamp To)
{
    /// <summary>Everything that is kept.</summary>
    public static HistoryRange All => new(default, new Timestamp(long.MaxValue));

    /// <summary>Whether a moment is in it.</summary>
    public bool Contains(Timestamp moment) => moment >= From && moment < To;

    /// <summary>The same, begun and ended with whole slices.</summary>
    internal HistoryRange Widen(TimeSpan slice)
    {
        var length = slice.Ticks * 100;
        var (from, over) = (From.Nanoseconds / length * length, To.Nanoseconds % length);
        return new HistoryRange(new Timestamp(from), over == 0 || To.Nanoseconds > long.MaxValue - length ? To : new Timestamp(To.Nanoseconds - over + length));
    }
}
