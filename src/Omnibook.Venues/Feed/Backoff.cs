namespace Omnibook.Venues.Feed;

/// <summary>
/// How long to wait before the next try to connect: at once, then (with a first wait of one second) 1, 3, 9, 27, 30, 30 … seconds, each ±30 %,
/// never more than 34 s.
/// Seeded, so that many feeds which lost their venue together do not come back together, and a run can be repeated.
/// </summary>
/// <remarks>
/// The figures keep two promises at once: at most 25 tries in ten minutes of a dead venue, and back within 35 s of its return.
/// A connection that did not stand for a while does not reset the sequence, or a flapping venue would be hammered.
/// </remarks>
/// <param name="seed">Of the jitter.</param>
/// <param name="first">The first wait that is not nothing; a second unless told otherwise.</param>
internal sealed class Backoff(int seed, TimeSpan? first = null)
{
    private const double Factor = 3;
    private const double JitterShare = 0.3;
    private static readonly TimeSpan Cap = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Ceiling = TimeSpan.FromSeconds(34);
    private readonly TimeSpan _first = first ?? TimeSpan.FromSeconds(1);
    private readonly Random _random = new(seed);

    /// <summary>Failures since the last reset.</summary>
    public int Failures { get; private set; }

    /// <summary>Counts a failure and says how long to wait.</summary>
    public TimeSpan Next()
    {
        var failures = Failures++;
        return failures == 0 ? TimeSpan.Zero : Jittered(Smaller(Cap, _first * Math.Pow(Factor, Math.Min(failures - 1, 10))));
    }

    /// <summary>The connection stood long enough: the next failure is a first one.</summary>
    public void Reset() => Failures = 0;

    /// <summary>A moment within a span, for things that should not happen at the same time everywhere.</summary>
    public TimeSpan Within(TimeSpan least, TimeSpan most) => least + (most - least) * _random.NextDouble();

    private static TimeSpan Smaller(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private TimeSpan Jittered(TimeSpan wait) => Smaller(Ceiling, Within(wait * (1 - JitterShare), wait * (1 + JitterShare)));
}
