namespace Omnibook.Venues.Feed;

// Nothing else runs on the thread that waits, so that it cannot be what the operation waits for.
#pragma warning disable VSTHRD002

/// <summary>
/// Lets a thread of our own wait for something asynchronous without allocating: most of what it waits for is complete already.
/// Belongs to one thread.
/// </summary>
internal sealed class SynchronousWait : IDisposable
{
    private readonly ManualResetEventSlim _done = new();
    private readonly Action _set;

    public SynchronousWait() => _set = _done.Set;

    /// <summary>Waits for the result; throws what the operation throws.</summary>
    public T For<T>(ValueTask<T> operation)
    {
        var awaiter = operation.GetAwaiter();
        if (!awaiter.IsCompleted)
        {
            _done.Reset();
            awaiter.UnsafeOnCompleted(_set);
            _done.Wait();
        }

        return awaiter.GetResult();
    }

    /// <summary>Waits for the end; throws what the operation throws.</summary>
    public void For(ValueTask operation)
    {
        var awaiter = operation.GetAwaiter();
        if (!awaiter.IsCompleted)
        {
            _done.Reset();
            awaiter.UnsafeOnCompleted(_set);
            _done.Wait();
        }

        awaiter.GetResult();
    }

    /// <inheritdoc />
    public void Dispose() => _done.Dispose();
}
