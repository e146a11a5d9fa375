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

    /// <summary>Each time that the venue said that nothing has happened the next question waits twice as long, three times over.</summary>
    private const int MostDoublings = 3;

    private readonly long _limit = BookClock.Nanoseconds(limit);
    private long _meanGap;
    private long _heardAt;
    private int _doublings;

    /// <summary>How long the silence may last, counted from now on, before it is too long.</summary>
    public readonly long Limit => Math.Max(_limit, HabitFactor * _meanGap) << _doublings;

    /// <summary>A habit as it was before.</summary>
    public Silence(TimeSpan limit, long meanGap, long heardAt)
        : this(limit) => (_meanGap, _heardAt) = (meanGap, heardAt);

    /// <summary>How long nothing is heard usually.</summary>
    public readonly long MeanGap => _meanGap;

    /// <summary>When something was heard last.</summary>
    public readonly long HeardAt => _heardAt;

    /// <summary>Something was heard.</summary>
    public void Heard(long now)
    {
        _meanGap += (now - _heardAt - _meanGap) >> Smoothing;
        Restart(now);
    }

    /// <summary>The book begins anew: the pause before was not its habit.</summary>
    public void Restart(long now) => (_heardAt, _doublings) = (now, 0);

    /// <summary>The venue was asked, and nothing has happened there either.</summary>
    public void Excuse(long now) => (_heardAt, _doublings) = (now, Math.Min(_doublings + 1, MostDoublings));

    /// <summary>Whether nothing was heard for longer than is usual.</summary>
    public readonly bool IsTooLong(long now) => now - _heardAt > Limit;

    /// <summary>Whether it is time to ask the venue, so that the answer is there before the silence is too long.</summary>
    public readonly bool IsQuestionable(long now) => now - _heardAt > Limit / 2;
}
