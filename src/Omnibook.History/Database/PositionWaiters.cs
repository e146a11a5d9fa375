namespace Omnibook.History.Database;

/// <summary>Those who wait until the database has reached a position.</summary>
internal sealed class PositionWaiters
{
    private readonly Lock _gate = new();
    private readonly List<(long Position, TaskCompletionSource Done)> _waiting = [];
    private long _reached = -1;

    /// <summary>Whether anybody waits.</summary>
    public bool IsAwaited
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Exists(waiting => waiting.Position > _reached);
            }
        }
    }

    /// <summary>Waits.</summary>
    public async Task WaitAsync(long position, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_reached >= position)
            {
                return;
            }

            _waiting.Add((position, done));
        }

        using var ending = cancellation.UnsafeRegister(static (done, token) => ((TaskCompletionSource)done!).TrySetCanceled(token), done);
        try
        {
            await done.Task.ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                _waiting.RemoveAll(waiting => waiting.Done == done);
            }
        }
    }

    /// <summary>The database has reached a position.</summary>
    public void Reach(long position)
    {
        lock (_gate)
        {
            _reached = position;
            foreach (var (wanted, done) in _waiting)
            {
                if (wanted <= position)
                {
                    done.TrySetResult();
                }
            }
        }
    }
}
