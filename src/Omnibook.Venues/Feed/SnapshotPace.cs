namespace Omnibook.Venues.Feed;

/// <summary>
/// How fast one book may ask for snapshots: at once, then after 50, 100, 200 ms and so on, doubling up to 20 s, less a little chance.
/// A failed try is forgotten after 30 s of calm. A snapshot that came does not reset the pace either, since a venue may send a bad
/// update after every snapshot; but each try before it is forgotten after 3 s.
/// </summary>
internal sealed class SnapshotPace(int seed)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Forgiveness = TimeSpan.FromSeconds(3);
    private readonly Random _random = new(seed);
    private TimeSpan _last;
    private int _tries;
    private bool _hasCome;

    /// <summary>Counts a try and says how long to wait before it.</summary>
    /// <param name="now">Time since any fixed moment, never going backwards.</param>
    public TimeSpan Next(TimeSpan now)
    {
        _tries = Math.Max(0, _tries - Forgotten(now - _last));
        var wait = _tries == 0 ? TimeSpan.Zero : Pause(_tries - 1) * (1 - 0.2 * _random.NextDouble());
        _tries++;
        _hasCome = false;
        _last = now + wait;
        return wait;
    }

    /// <summary>The last try brought a snapshot.</summary>
    public void Succeeded() => _hasCome = true;

    private int Forgotten(TimeSpan calm) =>
        calm > Calm ? _tries : _hasCome && calm > TimeSpan.Zero ? (int)(calm / Forgiveness) : 0;

    private static TimeSpan Pause(int doublings)
    {
        var pause = FirstPause * (1 << Math.Min(doublings, 20));
        return pause < LongestPause ? pause : LongestPause;
    }
}
