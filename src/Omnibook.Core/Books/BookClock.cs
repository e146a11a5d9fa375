using Omnibook.Core.Events;

namespace Omnibook.Core.Books;

/// <summary>
/// Our clock as a book sees it: what was read last, and how much time went by, which never runs backwards.
/// Hosts step their clocks, and frames of several connections arrive a little out of order.
/// </summary>
internal struct BookClock(Timestamp start)
{
    /// <summary>A step back of less is only disorder between queues; a longer one is a clock that was set.</summary>
    private const long Disorder = 1_000_000_000;

    private long _offset;

    /// <summary>A clock as it was before.</summary>
    public BookClock(Timestamp now, long elapsed, long offset)
        : this(now) => (Elapsed, _offset) = (elapsed, offset);

    /// <summary>What <see cref="Elapsed"/> is ahead of the readings.</summary>
    public readonly long Offset => _offset;

    /// <summary>The last reading, as it was.</summary>
    public Timestamp Now { get; private set; } = start;

    /// <summary>Nanoseconds on a scale of its own that never decreases.</summary>
    public long Elapsed { get; private set; } = start.Nanoseconds;

    /// <summary>Takes a reading. An unknown moment tells nothing.</summary>
    public void Advance(Timestamp reading)
    {
        if (reading.IsUnknown)
        {
            return;
        }

        Now = reading;
        var elapsed = reading.Nanoseconds + _offset;
        if (elapsed < Elapsed - Disorder)
        {
            _offset = Elapsed - reading.Nanoseconds;
            return;
        }

        Elapsed = Math.Max(Elapsed, elapsed);
    }

    /// <summary>A moment of our clock on the scale of <see cref="Elapsed"/>.</summary>
    public readonly long ElapsedAt(Timestamp moment) => moment.Nanoseconds + _offset;

    /// <summary>A span in nanoseconds. A span of more than 70 years stands for "never" and stays addable.</summary>
    public static long Nanoseconds(TimeSpan span) => Math.Min(span.Ticks, long.MaxValue / 400) * 100;
}
