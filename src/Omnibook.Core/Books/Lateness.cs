using Omnibook.Core.Events;

namespace Omnibook.Core.Books;

/// <summary>How late a book is.</summary>
internal enum LatenessKind
{
    /// <summary>As late as it usually is.</summary>
    OnTime,

    /// <summary>Beyond <see cref="BookOptions.MaxLag"/>: right, and too old to be compared with other venues.</summary>
    Late,

    /// <summary>Beyond twice that: no longer worth the name live.</summary>
    TooLate,
}

/// <summary>
/// How much later than usual the messages of a book come. Two clocks are compared, the venue's and ours, of which neither need be right:
/// what counts is how much longer a message took than the quickest of the last ten to twenty minutes.
/// </summary>
/// <remarks>
/// The quickest message of a while as the measure of two clocks' distance is the minimum filter of clock synchronisation
/// (https://www.rfc-editor.org/rfc/rfc5905#section-10). One late message alone says nothing: a snapshot by REST tells when the book last
/// changed. So a message counts as late as it or the one before was, whichever was quicker. A venue's clock that was fast and is put right
/// looks like a line that became slow, but on a line time never runs backwards: two such messages in a row, and what is usual is learnt anew.
/// </remarks>
internal struct Lateness(TimeSpan? most)
{
    private const long Window = 10L * 60 * 1_000_000_000;
    private const long Unknown = long.MaxValue;

    /// <summary>A book that was too late is no longer so below three quarters of the limit, so that it does not flicker.</summary>
    private const int BackAtQuarters = 3;

    /// <summary>Messages of one book may overtake each other by less than this, in nanoseconds.</summary>
    private const long Backwards = 1_000_000_000;

    private readonly long _most = most is { } limit ? BookClock.Nanoseconds(limit) : Unknown;
    private long _least = Unknown;
    private long _leastBefore = Unknown;
    private long _windowEnd = long.MinValue;
    private long _last = Unknown;
    private long _newest = long.MinValue;
    private int _backwards;

    /// <summary>Nanoseconds beyond the usual; zero while nothing is known.</summary>
    public long Excess { get; private set; }

    /// <summary>What that means.</summary>
    public LatenessKind Kind { get; private set; }

    /// <summary>Takes the clocks of a message. Without the venue's there is nothing to compare.</summary>
    public void Take(EventTimes times)
    {
        if (times.VenueTime.IsUnknown || times.ReceivedAt.IsUnknown)
        {
            return;
        }

        if (IsSetBack(times.VenueTime.Nanoseconds))
        {
            Forget();
        }

        _newest = Math.Max(_newest, times.VenueTime.Nanoseconds);
        var took = times.ReceivedAt.Nanoseconds - times.VenueTime.Nanoseconds;
        if (times.ReceivedAt.Nanoseconds > _windowEnd)
        {
            (_leastBefore, _least, _windowEnd) = (_least, Unknown, times.ReceivedAt.Nanoseconds + Window);
        }

        _least = Math.Min(_least, took);
        Excess = Math.Min(took, _last) - Math.Min(_least, _leastBefore);
        _last = took;
        Kind = Judge();
    }

    /// <summary>Our clock was set, or the process slept: what was usual is to be learnt anew.</summary>
    public void Forget()
    {
        (_least, _leastBefore, _windowEnd, _last) = (Unknown, Unknown, long.MinValue, Unknown);
        (_newest, _backwards) = (long.MinValue, 0);
        (Excess, Kind) = (0, LatenessKind.OnTime);
    }

    private bool IsSetBack(long venueTime)
    {
        _backwards = _newest != long.MinValue && venueTime < _newest - Backwards ? _backwards + 1 : 0;
        return _backwards > 1;
    }

    private readonly LatenessKind Judge()
    {
        if (_most == Unknown)
        {
            return LatenessKind.OnTime;
        }

        return Excess > Limit(2 * _most, Kind == LatenessKind.TooLate) ? LatenessKind.TooLate
            : Excess > Limit(_most, Kind != LatenessKind.OnTime) ? LatenessKind.Late
            : LatenessKind.OnTime;
    }

    private static long Limit(long limit, bool isBeyond) => isBeyond ? limit / 4 * BackAtQuarters : limit;
}
