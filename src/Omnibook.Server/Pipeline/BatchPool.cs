using System.Collections.Concurrent;
using Omnibook.Core.Events;

namespace Omnibook.Server.Pipeline;

/// <summary>Batches that wait to be filled again. A full pool lets the batch go.</summary>
internal sealed class BatchPool(int capacity)
{
    private readonly ConcurrentQueue<EventBatch> _empty = new();

    /// <summary>An empty batch.</summary>
    public EventBatch Rent() => _empty.TryDequeue(out var batch) ? batch : new EventBatch();

    /// <summary>Takes a batch back.</summary>
    public void Return(EventBatch batch)
    {
        batch.Clear();
        if (_empty.Count < capacity)
        {
            _empty.Enqueue(batch);
        }
    }
}
