using Omnibook.Core.Events;

namespace Omnibook.Venues.Feed;

/// <summary>
/// Where a feed puts what it translated: the bounded queue in front of the market loop, with its pool of batches.
/// Many feeds write at once. Full means that the writer waits; nothing is ever dropped.
/// </summary>
public interface IEventQueue
{
    /// <summary>Takes an empty batch out of the pool, or a new one when the pool is empty.</summary>
    EventBatch Rent();

    /// <summary>
    /// Hands a batch over, which belongs to the queue from then on. Completes at once, without allocating, while there is room.
    /// </summary>
    /// <exception cref="OperationCanceledException">The wait for room was cancelled; the batch still belongs to the caller.</exception>
    ValueTask EnqueueAsync(EventBatch batch, CancellationToken cancellationToken);

    /// <summary>Gives a batch back that was rented and not handed over.</summary>
    void Return(EventBatch batch);
}
