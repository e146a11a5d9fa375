namespace Omnibook.Venues.Feed;

/// <summary>
/// How much weight was spent within the last window, counted in sixty slices. The window slides: venues count in fixed windows
/// of their own clock, and a sliding window stays below the limit however those lie.
/// </summary>
internal sealed class WeightWindow(TimeSpan window)
{
    private const int Slices = 60;
    private readonly int[] _spent = new int[Slices + 1];
    private readonly long _sliceTicks = Math.Max(1, window.Ticks / Slices);
    private long _newest;

    /// <summary>What was spent within the window that ends now.</summary>
    public int Spent { get; private set; }

    /// <summary>Forgets what is older than the window.</summary>
    /// <param name="now">Time since any fixed moment, never going backwards.</param>
    public void MoveTo(TimeSpan now)
    {
        var slice = now.Ticks / _sliceTicks;
        for (var steps = Math.Min(slice - _newest, _spent.Length); steps > 0; steps--)
        {
            ref var oldest = ref _spent[(int)((slice - steps + 1) % _spent.Length)];
            Spent -= oldest;
            oldest = 0;
        }

        _newest = Math.Max(_newest, slice);
    }

    /// <summary>Spends now.</summary>
    public void Add(int weight)
    {
        _spent[(int)(_newest % _spent.Length)] += weight;
        Spent += weight;
    }

    /// <summary>From when on no more than <paramref name="spent"/> of what was spent until now counts.</summary>
    public TimeSpan WhenSpentIsAtMost(int spent)
    {
        var left = Spent;
        for (var slice = Math.Max(0, _newest - Slices); slice <= _newest; slice++)
        {
            if (left <= spent)
            {
                return TimeSpan.FromTicks((slice + Slices) * _sliceTicks);
            }

            left -= _spent[(int)(slice % _spent.Length)];
        }

        return TimeSpan.FromTicks((_newest + Slices + 1) * _sliceTicks);
    }
}
