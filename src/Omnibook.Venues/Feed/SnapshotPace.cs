namespace Omnibook.Venues.Feed;

/// <summary>
/// How fast one book may ask for snapshots: at once, then after 50, 100, 200 ms and so on, doubling up to 20 s, less a little chance.
/// A snapshot that came does not reset it, only calm does: a venue may send a bad update after every snapshot.
/// </summary>
internal sealed class SnapshotPace(int seed)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(30);
    private readonly Random _random = new(seed);
    private TimeSpan _last;
    private int _tries;

    /// <summary>Counts a try and says how long to wait before it.</summary>
    /// <param name="now">Time since any fixed moment, never going backwards.</param>
    public TimeSpan Next(TimeSpan now)
    {
        _tries = now - _last > Calm ? 0 : _tries;
        var wait = _tries == 0 ? TimeSpan.Zero : Pause(_tries - 1) * (1 - 0.2 * _random.NextDouble());
        _tries++;
        _last = now + wait;
        return wait;
    }

    private static TimeSpan Pause(int doublings)
    {
        var pause = FirstPause * (1 << Math.Min(doublings, 20));
        return pause < LongestPause ? pause : LongestPause;
    }
}
