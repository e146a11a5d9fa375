using System.Diagnostics.CodeAnalysis;

namespace Omnibook.Server.Streams;

/// <summary>
/// What waits for one client. States wait as a mark: the newest frame is taken when its turn comes. Events wait in order, up to a bound.
/// Putting something in never blocks; the client's send loop takes it out.
/// </summary>
internal sealed class ClientOutbox(StreamLimits limits, StreamCounters counters, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Queue<Subscription> _marked = new();
    private readonly Queue<Waiting> _events = new();
    private readonly SendSignal _signal = new();
    private long _bytes;
    private long _dropped;
    private long _fullSince;
    private long _added;
    private long _left;
    private bool _statesFirst;
    private bool _closed;

    /// <summary>Bytes of the events that wait.</summary>
    public long WaitingBytes => Interlocked.Read(ref _bytes);

    /// <summary>Events dropped since the client came.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>How many events were added since the client came.</summary>
    public long EventsAdded
    {
        get
        {
            lock (_gate)
            {
                return _added;
            }
        }
    }

    /// <summary>True once more bytes came than may wait.</summary>
    public bool IsOverflowing { get; private set; }

    /// <summary>Whether there is something to take.</summary>
    public bool HasWaiting
    {
        get
        {
            lock (_gate)
            {
                return _marked.Count + _events.Count > 0;
            }
        }
    }

    /// <summary>For how long the queue of events has been full; zero when it is not.</summary>
    public TimeSpan FullFor
    {
        get
        {
            lock (_gate)
            {
                return _fullSince == 0 ? TimeSpan.Zero : time.GetElapsedTime(_fullSince);
            }
        }
    }

    /// <summary>Marks a state as changed.</summary>
    public void Mark(Subscription subscription)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            if (subscription.IsMarked)
            {
                counters.Replaced();
                return;
            }

            subscription.IsMarked = true;
            _marked.Enqueue(subscription);
        }

        _signal.Set();
    }

    /// <summary>Adds an event of a topic, or with null an answer to the client alone. The outbox keeps its own share of the frame.</summary>
    public void Add(Subscription? subscription, Frame frame)
    {
        lock (_gate)
        {
            if (HasRoom(frame.Length))
            {
                Enqueue(new Waiting(subscription, frame.Share(), null, frame.Length));
            }
        }

        _signal.Set();
    }

    /// <summary>Adds an answer to the client alone that is rendered when its turn comes, by the client's own send loop.</summary>
    /// <param name="render">Renders it; must not throw.</param>
    /// <param name="weight">How many bytes it is taken for until then.</param>
    public void Add(Func<Frame> render, int weight)
    {
        lock (_gate)
        {
            if (HasRoom(weight))
            {
                Enqueue(new Waiting(null, null, render, weight));
            }
        }

        _signal.Set();
    }

    /// <summary>Takes the next frame: states and events take turns, so that neither starves the other. The caller releases it.</summary>
    public bool TryTake([NotNullWhen(true)] out Frame? frame)
    {
        while (TryChoose(out var subscription, out frame, out var render))
        {
            frame ??= render is null ? subscription?.Topic.TakeLatest() : render();
            if (frame is not null && subscription is not { IsOver: true })
            {
                frame = subscription?.Dress(frame) ?? frame;
                return true;
            }

            frame?.Release();
        }

        frame = null;
        return false;
    }

    /// <summary>Waits until something may be there to take.</summary>
    public ValueTask WaitAsync() => _signal.WaitAsync();

    /// <summary>Wakes the send loop without adding anything.</summary>
    public void Wake() => _signal.Set();

    /// <summary>Drops what waits, and takes nothing more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _marked.Clear();
            while (_events.TryDequeue(out var waiting))
            {
                waiting.Frame?.Release();
            }

            _bytes = 0;
        }

        _signal.Set();
    }

    private bool HasRoom(int bytes)
    {
        IsOverflowing |= !_closed && _bytes + bytes > limits.MaxWaitingBytes;
        return !_closed && !IsOverflowing;
    }

    private void Enqueue(Waiting waiting)
    {
        MakeRoom();
        _events.Enqueue(waiting);
        _added++;
        _bytes += waiting.Bytes;
    }

    private void MakeRoom()
    {
        if (_events.Count < limits.MaxWaitingEvents)
        {
            return;
        }

        var oldest = Dequeue();
        oldest.Frame?.Release();
        _dropped++;
        counters.Dropped();
        _fullSince = _fullSince == 0 ? time.GetTimestamp() : _fullSince;
        if (oldest.Subscription is { } subscription)
        {
            subscription.Dropped++;
        }
    }

    private bool TryChoose(out Subscription? subscription, out Frame? frame, out Func<Frame>? render)
    {
        lock (_gate)
        {
            (subscription, frame, render) = (null, null, null);
            _statesFirst = !_statesFirst;
            if (_marked.Count > 0 && (_events.Count == 0 || (_statesFirst && _marked.Peek().NotBefore <= _left)))
            {
                subscription = _marked.Dequeue();
                subscription.IsMarked = false;
                return true;
            }

            if (_events.Count == 0)
            {
                return false;
            }

            subscription = _events.Peek().Subscription;
            if ((frame = NoticeOfDrops(subscription)) is null)
            {
                (_, frame, render, _) = Dequeue();
            }

            return true;
        }
    }

    private static Frame? NoticeOfDrops(Subscription? subscription)
    {
        if (subscription is not { Dropped: > 0, Topic.DropNotice: { } notice })
        {
            return null;
        }

        var frame = notice(subscription.Dropped);
        subscription.Dropped = 0;
        return frame;
    }

    private Waiting Dequeue()
    {
        var waiting = _events.Dequeue();
        _left++;
        _bytes -= waiting.Bytes;
        if (_events.Count < limits.MaxWaitingEvents / 2)
        {
            _fullSince = 0;
        }

        return waiting;
    }

    /// <summary>An event: its frame, or what renders it.</summary>
    private readonly record struct Waiting(Subscription? Subscription, Frame? Frame, Func<Frame>? Render, int Bytes);
}
