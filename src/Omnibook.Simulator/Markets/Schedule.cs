namespace Omnibook.Simulator.Markets;

/// <summary>
/// Virtual time: what is due runs in the order of its moment, then of its entry, however large the steps are in which time
/// is advanced. That makes a run a function of its seed and its start.
/// </summary>
internal sealed class Schedule(long startMicroseconds)
{
    private readonly PriorityQueue<Action, (long Due, long Entry)> _due = new();
    private long _entries;

    /// <summary>The moment that has been reached, in Unix microseconds.</summary>
    public long Microseconds { get; private set; } = startMicroseconds;

    /// <summary>The same in Unix milliseconds.</summary>
    public long Milliseconds => Microseconds / 1000;

    /// <summary>Runs an action at a moment.</summary>
    public void At(long microseconds, Action action) =>
        _due.Enqueue(action, (Math.Max(microseconds, Microseconds), _entries++));

    /// <summary>Runs an action after a while.</summary>
    public void After(TimeSpan delay, Action action) => At(Microseconds + delay.Ticks / TimeSpan.TicksPerMicrosecond, action);

    /// <summary>Runs an action at every multiple of a period, from the next one on.</summary>
    public void Every(TimeSpan period, Action action)
    {
        var step = period.Ticks / TimeSpan.TicksPerMicrosecond;
        At((Microseconds / step + 1) * step, Repeat);

        void Repeat()
        {
            At(Microseconds + step, Repeat);
            action();
        }
    }

    /// <summary>Runs everything that is due until a moment, which is then the present.</summary>
    public void AdvanceTo(long microseconds)
    {
        while (_due.TryPeek(out _, out var next) && next.Due <= microseconds)
        {
            var action = _due.Dequeue();
            Microseconds = Math.Max(Microseconds, next.Due);
            action();
        }

        Microseconds = Math.Max(Microseconds, microseconds);
    }
}
