namespace Omnibook.Server.Pipeline.Demand;

/// <summary>
/// Keeps the number of new connections within what a venue allows in a minute. Whoever has to wait loses nothing by it: what is
/// asked for meanwhile comes over the same connection.
/// </summary>
/// <param name="perMinute">How many may be opened within one minute.</param>
/// <param name="time">Our clock.</param>
internal sealed class ConnectionPace(int perMinute, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly Queue<long> _opened = new();

    /// <summary>Counts new connections if they may be opened now. More than a minute's worth at once may, after a minute without any.</summary>
    /// <param name="count">How many.</param>
    /// <param name="wait">How long to wait otherwise.</param>
    public bool TryTake(int count, out TimeSpan wait)
    {
        while (_opened.TryPeek(out var oldest) && time.GetElapsedTime(oldest) >= Window)
        {
            _opened.Dequeue();
        }

        if (_opened.Count > 0 && _opened.Count + count > perMinute)
        {
            wait = Window - time.GetElapsedTime(_opened.Peek());
            return false;
        }

        wait = TimeSpan.Zero;
        for (var i = 0; i < count; i++)
        {
            _opened.Enqueue(time.GetTimestamp());
        }

        return true;
    }
}
