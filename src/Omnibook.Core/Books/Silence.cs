namespace Omnibook.Core.Books;

/// <summary>
/// Knows how often a book usually hears something, and tells when it has been silent for too long:
/// longer than the configured limit and than 20 of its own mean gaps, so that thin markets are left alone.
/// </summary>
internal struct Silence(TimeSpan limit)
{
    private const int HabitFactor = 20;

    /// <summary>The mean follows with 1/16 of each new gap.</summary>
    private const int Smoothing = 4;

    private readonly long _limit = BookClock.Nanoseconds(limit);
    private long _meanGap;
    private long _heardAt;

    /// <summary>Something was heard.</summary>
    public void Heard(long now)
    {
        _meanGap += (now - _heardAt - _meanGap) >> Smoothing;
        _heardAt = now;
    }

    /// <summary>The book begins anew: the pause before was not its habit.</summary>
    public void Restart(long now) => _heardAt = now;

    /// <summary>Whether nothing was heard for longer than is usual.</summary>
    public readonly bool IsTooLong(long now) => now - _heardAt > Math.Max(_limit, HabitFactor * _meanGap);
}
