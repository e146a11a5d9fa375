using Omnibook.Core.Books;
using Omnibook.Core.Events;

namespace Omnibook.Core.Flow;

/// <summary>
/// Tells when a book stands for a full minute (or second, …). A minute at whose beginning the book was not live has none: nothing is invented.
/// </summary>
public struct BookMinute
{
    /// <summary>A book of this long after the full minute still stands for it; where books are kept more often, one of half the time between them.</summary>
    private static readonly TimeSpan LateAtMost = TimeSpan.FromSeconds(5);

    /// <summary>The minute that was decided last.</summary>
    public Timestamp Last { get; private set; }

    /// <summary>True once for each minute, when the book as it is stands for it: <see cref="Last"/>.</summary>
    /// <param name="book">The book.</param>
    /// <param name="now">Our clock.</param>
    /// <param name="every">How long what is called a minute here is. To be called more often than that.</param>
    public bool Begins(OrderBook book, Timestamp now, FlowInterval every)
    {
        var minute = every.StartOf(now);
        if (minute <= Last)
        {
            return false;
        }

        // What the book was when the first minute began nobody knows.
        var late = every.Length / 2 < LateAtMost ? every.Length / 2 : LateAtMost;
        var isFirst = Last.IsUnknown;
        if (!isFirst && !book.IsLive && now - minute < late)
        {
            return false;
        }

        Last = minute;
        return !isFirst && book.IsLive && now - minute < late;
    }
}
