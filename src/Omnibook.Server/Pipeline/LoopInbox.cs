using Omnibook.Core.Events;

namespace Omnibook.Server.Pipeline;

/// <summary>
/// What waits for the market loop: batches of events and reads, each with its own bound. Many may add; one thread takes everything at once.
/// </summary>
internal sealed class LoopInbox(MarketLoopOptions options) : IDisposable
{
    private readonly object _gate = new();
    private readonly SemaphoreSlim _batchRoom = new(options.BatchCapacity);
    private readonly SemaphoreSlim _readRoom = new(options.ReadCapacity);
    private List<EventBatch> _batches = [];
    private List<IMarketRead> _reads = [];
    private bool _closed;

    /// <summary>How many batches wait.</summary>
    public int WaitingBatches => options.BatchCapacity - _batchRoom.CurrentCount;

    /// <summary>Adds a batch; waits while the inbox is full.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled, or the inbox is closed; the batch was not taken.</exception>
    public ValueTask AddAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        var room = _batchRoom.WaitAsync(cancellationToken);
        return room.IsCompletedSuccessfully ? PutNowAsync(batch) : PutLaterAsync(room, batch);
    }

    /// <summary>Adds a batch if there is room now.</summary>
    public bool TryAdd(EventBatch batch)
    {
        if (!_batchRoom.Wait(0))
        {
            return false;
        }

        Put(batch);
        return true;
    }

    /// <summary>Adds a read; waits while too many wait.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled, or the inbox is closed.</exception>
    public async ValueTask AddAsync(IMarketRead read, CancellationToken cancellationToken)
    {
        await _readRoom.WaitAsync(cancellationToken);
        lock (_gate)
        {
            ThrowIfClosed();
            _reads.Add(read);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Blocks until something waits, and exchanges the empty lists given for those that hold it.</summary>
    /// <returns>False once the inbox is closed and nothing is left.</returns>
    public bool Take(ref List<EventBatch> batches, ref List<IMarketRead> reads)
    {
        lock (_gate)
        {
            while (_batches.Count == 0 && _reads.Count == 0)
            {
                if (_closed)
                {
                    return false;
                }

                Monitor.Wait(_gate);
            }

            (_batches, batches) = (batches, _batches);
            (_reads, reads) = (reads, _reads);
        }

        Release(_batchRoom, batches.Count);
        Release(_readRoom, reads.Count);
        return true;
    }

    /// <summary>Takes nothing more. What waits is still handed out.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _batchRoom.Dispose();
        _readRoom.Dispose();
    }

    private static void Release(SemaphoreSlim room, int count)
    {
        if (count > 0)
        {
            room.Release(count);
        }
    }

    private ValueTask PutNowAsync(EventBatch batch)
    {
        Put(batch);
        return ValueTask.CompletedTask;
    }

    private async ValueTask PutLaterAsync(Task room, EventBatch batch)
    {
        await room;
        Put(batch);
    }

    private void Put(EventBatch batch)
    {
        lock (_gate)
        {
            ThrowIfClosed();
            _batches.Add(batch);
            Monitor.Pulse(_gate);
        }
    }

    private void ThrowIfClosed()
    {
        if (_closed)
        {
            throw new OperationCanceledException("The market loop has stopped.");
        }
    }
}
