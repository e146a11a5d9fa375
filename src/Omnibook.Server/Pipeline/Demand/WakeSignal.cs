namespace Omnibook.Server.Pipeline.Demand;

/// <summary>Wakes one task: now, or after a while. Being woken twice before it looks is being woken once.</summary>
internal sealed class WakeSignal : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0, 1);
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private bool _isDisposed;

    /// <summary>A signal that was not given yet.</summary>
    public WakeSignal(TimeProvider time)
    {
        Time = time;
        _timer = time.CreateTimer(_ => Now(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The clock of <see cref="After"/>.</summary>
    public TimeProvider Time { get; }

    /// <summary>Wakes. Does nothing after the end, when leases may still come back.</summary>
    public void Now()
    {
        lock (_gate)
        {
            if (!_isDisposed && _signal.CurrentCount == 0)
            {
                _signal.Release();
            }
        }
    }

    /// <summary>Wakes after a while instead of whenever it was said before; null is not at all.</summary>
    public void After(TimeSpan? wait) =>
        _timer.Change(wait is { } some ? (some > TimeSpan.Zero ? some : TimeSpan.Zero) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Waits for the signal.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _signal.WaitAsync(cancellationToken);

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
        }

        _timer.Dispose();
        _signal.Dispose();
    }
}
