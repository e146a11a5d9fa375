namespace Omnibook.History.Database;

/// <summary>The partitions that questions are answered from. What is taken off goes only when its last reader has left.</summary>
internal sealed class PartitionShelf
{
    private readonly Lock _gate = new();
    private readonly List<HistoryPartition> _retired = [];
    private HistoryPartition[] _partitions = [];

    /// <summary>All of them, in the order of positions.</summary>
    public IReadOnlyList<HistoryPartition> Partitions => Volatile.Read(ref _partitions);

    /// <summary>Takes all of them in hand, until <see cref="Release"/>.</summary>
    public HistoryPartition[] Take()
    {
        lock (_gate)
        {
            foreach (var partition in _partitions)
            {
                partition.Enter();
            }

            return _partitions;
        }
    }

    /// <summary>Puts what was taken back.</summary>
    public static void Release(HistoryPartition[] taken)
    {
        foreach (var partition in taken)
        {
            partition.Leave();
        }
    }

    /// <summary>Adds one.</summary>
    public void Add(HistoryPartition partition) => Change(null, partition);

    /// <summary>Takes one off; it is not read by anybody new.</summary>
    public void Retire(HistoryPartition partition) => Change(partition, null);

    /// <summary>Puts one in the place of another at once: nobody sees both or neither.</summary>
    public void Replace(HistoryPartition partition, HistoryPartition with) => Change(partition, with);

    /// <summary>Those that were taken off and that nobody reads any more, each told once.</summary>
    public IReadOnlyList<HistoryPartition> TakeIdle()
    {
        lock (_gate)
        {
            var idle = _retired.FindAll(partition => partition.Readers == 0);
            _retired.RemoveAll(idle.Contains);
            return idle;
        }
    }

    /// <summary>Forgets all of them.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _retired.Clear();
            Volatile.Write(ref _partitions, []);
        }
    }

    private void Change(HistoryPartition? off, HistoryPartition? on)
    {
        lock (_gate)
        {
            IEnumerable<HistoryPartition> changed = _partitions.Where(partition => partition != off);
            Volatile.Write(ref _partitions, [.. (on is null ? changed : changed.Append(on)).OrderBy(partition => partition.Index.First)]);
            if (off is not null)
            {
                _retired.Add(off);
            }
        }
    }
}
