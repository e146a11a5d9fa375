using System.Collections.Concurrent;
using Omnibook.Core.Events;
using Omnibook.Venues.Feed;

namespace Omnibook.Tests.Venues.Feed;

/// <summary>A queue that writes down what it is handed: <c>Live:gap S0</c> for states, <c>update S0 17</c>, <c>snapshot S0 17</c>, <c>mark S0 17</c>.</summary>
internal sealed class RecordingQueue : IEventQueue, IMarketEvents
{
    private readonly ConcurrentQueue<string> _events = new();
    private readonly ConcurrentBag<EventBatch> _pool = [];
    private readonly Lock _gate = new();
    private TaskCompletionSource? _full;
    private int _rented;

    /// <summary>Keeps no words, for tests that count allocations.</summary>
    public bool IsMute { get; init; }

    public string[] Events => [.. _events];

    /// <summary>Batches that somebody holds.</summary>
    public int Rented => Volatile.Read(ref _rented);

    public IEnumerable<string> Statuses => Events.Where(text => text.Contains(':'));

    public bool Has(string text) => _events.Contains(text, StringComparer.Ordinal);

    public int Count(string text) => _events.Count(candidate => candidate == text);

    /// <summary>From now on there is no room.</summary>
    public void Fill() => _full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void MakeRoom() => _full?.TrySetResult();

    public EventBatch Rent()
    {
        Interlocked.Increment(ref _rented);
        return _pool.TryTake(out var batch) ? batch : new EventBatch();
    }

    public ValueTask EnqueueAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        if (_full is { Task.IsCompleted: false } full)
        {
            return new ValueTask(WaitAsync(full.Task, batch, cancellationToken));
        }

        Take(batch);
        return ValueTask.CompletedTask;
    }

    public void Return(EventBatch batch)
    {
        Assert.Equal(0, batch.Count);
        Interlocked.Decrement(ref _rented);
        _pool.Add(batch);
    }

    public void On(in Trade trade) => _events.Enqueue($"trade S{trade.Instrument.Index}");

    public void On(in BookSnapshot snapshot, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks) =>
        _events.Enqueue($"snapshot S{snapshot.Instrument.Index} {snapshot.Sequence}");

    public void On(in BookUpdate update, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks) =>
        _events.Enqueue($"update S{update.Instrument.Index} {update.Last}");

    public void On(in TopOfBook top) => _events.Enqueue("top");

    public void On(in MarkPrice mark) => _events.Enqueue($"mark S{mark.Instrument.Index} {mark.Mark.Units}");

    public void On(in Funding funding) => _events.Enqueue("funding");

    public void On(in OpenInterest openInterest) => _events.Enqueue("open interest");

    public void On(in Liquidation liquidation) => _events.Enqueue("liquidation");

    public void On(NewsItem news) => _events.Enqueue($"news {news.Id}");

    public void On(in CandleUpdate candle) => _events.Enqueue($"candle {candle.Interval} S{candle.Instrument.Index}");

    public void On(in VenueStatus status) => _events.Enqueue($"{status.State}:{status.Reason} S{status.Instrument.Index}");

    public void On(in Tick tick) => _events.Enqueue("tick");

    private async Task WaitAsync(Task room, EventBatch batch, CancellationToken cancellationToken)
    {
        await room.WaitAsync(cancellationToken);
        Take(batch);
    }

    private void Take(EventBatch batch)
    {
        lock (_gate)
        {
            if (!IsMute)
            {
                batch.DeliverTo(this);
            }

            batch.Clear();
        }

        Interlocked.Decrement(ref _rented);
        _pool.Add(batch);
    }
}
