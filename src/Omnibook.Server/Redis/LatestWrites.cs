namespace Omnibook.Server.Redis;

/// <summary>
/// What waits for Redis: the newest value of each key, in the order in which the keys came. Bounded; where a new key finds no room, the
/// oldest goes, and is counted.
/// </summary>
/// <param name="capacity">As many keys may wait.</param>
internal sealed class LatestWrites(int capacity = LatestWrites.DefaultCapacity) : IDisposable
{
    /// <summary>Far more than there are pairs.</summary>
    public const int DefaultCapacity = 4_096;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<RedisWrite>> _byKey = new(StringComparer.Ordinal);
    private readonly LinkedList<RedisWrite> _oldestFirst = new();
    private readonly SemaphoreSlim _some = new(0);
    private long _replaced;
    private long _dropped;

    /// <summary>How many wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _oldestFirst.Count;
            }
        }
    }

    /// <summary>How many were replaced by a newer value before they were sent.</summary>
    public long Replaced => Interlocked.Read(ref _replaced);

    /// <summary>How many went because there was no room.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Adds a value, in the place of an older one of its key. What was to be published stays to be published.</summary>
    public void Offer(RedisWrite write)
    {
        lock (_gate)
        {
            if (_byKey.TryGetValue(write.Key, out var waiting))
            {
                waiting.Value = write with { Channel = write.Channel ?? waiting.Value.Channel };
                Interlocked.Increment(ref _replaced);
                return;
            }

            if (_oldestFirst.Count >= capacity)
            {
                RemoveFirst();
                Interlocked.Increment(ref _dropped);
            }

            _byKey.Add(write.Key, _oldestFirst.AddLast(write));
            if (_some.CurrentCount == 0)
            {
                _some.Release();
            }
        }
    }

    /// <summary>Takes some of what waits, the oldest first.</summary>
    public void Take(List<RedisWrite> into, int most)
    {
        lock (_gate)
        {
            while (into.Count < most && _oldestFirst.Count > 0)
            {
                into.Add(RemoveFirst());
            }
        }
    }

    /// <summary>Waits until something may wait.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => Count > 0 ? Task.CompletedTask : _some.WaitAsync(cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _some.Dispose();

    private RedisWrite RemoveFirst()
    {
        var first = _oldestFirst.First!.Value;
        _oldestFirst.RemoveFirst();
        _byKey.Remove(first.Key);
        return first;
    }
}
