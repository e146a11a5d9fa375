using Omnibook.History.DuckDb;

namespace Omnibook.History.Database;

/// <summary>
/// Keeps the database as the journal has it, on a thread of its own: reads on, closes hours that are over, drops old ones, sets aside what is
/// damaged and reads it again. Whatever goes wrong, it closes everything and begins anew with what the files and the journal say.
/// </summary>
internal sealed class HistoryKeeper(HistoryDatabaseOptions options, IHistorySource source, EngineSlot slot, PartitionShelf shelf, TimeProvider time, Action<long> reached, Action<string> tell)
{
    private const long ToTheEnd = long.MaxValue;

    private readonly PartitionFolder _folder = new(options.Folder, time);
    private readonly Queue<(long First, long Last)> _lacking = new();
    private PartitionStore? _store;
    private HistoryIntake? _intake;
    private long _next;
    private long _followed = -1;
    private long _failures;
    private int _isBroken;
    private string _trouble = "";

    /// <summary>Everything up to here was read from the journal and committed.</summary>
    public long Followed => Volatile.Read(ref _followed);

    /// <summary>How often everything had to be closed since the start.</summary>
    public long Failures => Volatile.Read(ref _failures);

    /// <summary>Why it cannot be written or read; empty when it can.</summary>
    public string Trouble => Volatile.Read(ref _trouble);

    /// <summary>Whether it is open.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Whether something is being read again.</summary>
    public bool IsCatchingUp { get; private set; } = true;

    /// <summary>How large all files are.</summary>
    public long Bytes => _folder.Bytes;

    /// <summary>A question found something damaged.</summary>
    public void Report(HistoryPartition partition, DuckDbException exception)
    {
        partition.IsDamaged |= exception.IsDamage;
        if (exception.IsFatal)
        {
            Volatile.Write(ref _isBroken, 1);
        }
    }

    /// <summary>Does what there is to do. False when it failed and is to be tried again after a while.</summary>
    public bool TryStep(CancellationToken cancellation)
    {
        try
        {
            Step(cancellation);
            Volatile.Write(ref _trouble, "");
            return true;
        }
        catch (Exception exception)
        {
            Interlocked.Increment(ref _failures);
            if (Trouble.Length == 0)
            {
                tell($"The history database cannot be written: {exception.Message} It is tried again every {options.RetryAfter.TotalSeconds:0.#} s; live data goes on, and the journal keeps what it lacks.");
            }

            Volatile.Write(ref _trouble, exception.Message);
            Close();
            return false;
        }
    }

    /// <summary>Closes everything. What was read and not committed will be read again.</summary>
    public void Close()
    {
        IsOpen = false;
        _intake?.Dispose();
        (_intake, _store) = (null, null);
        _lacking.Clear();
        slot.Close();
        SetDamagedAside();
        shelf.Clear();
    }

    private void Step(CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _isBroken, 0) == 1)
        {
            throw new DuckDbException(0, "a question met an error after which everything has to be opened anew.");
        }

        var store = _store ?? Open();
        TakeOffDamaged();
        while (_lacking.TryPeek(out var lacking) && !cancellation.IsCancellationRequested)
        {
            IsCatchingUp = true;
            Rebuild(store, lacking, cancellation);
        }

        Follow(store, cancellation);
        TidyUp(store, cancellation);
    }

    private PartitionStore Open()
    {
        var engine = new HistoryEngine(options);
        slot.Put(engine);
        var store = new PartitionStore(engine, _folder, shelf, tell);
        var last = source.Last;
        store.AttachAll(last);
        _next = FindLacking();
        Volatile.Write(ref _followed, _next - 1);
        _store = store;
        IsOpen = true;
        return store;
    }

    /// <summary>Notes what the journal has between the partitions, and returns where it goes on behind the last.</summary>
    private long FindLacking()
    {
        var expected = source.First;
        foreach (var partition in shelf.Partitions)
        {
            if (partition.Index.First > expected)
            {
                _lacking.Enqueue((expected, partition.Index.First - 1));
            }

            expected = Math.Max(expected, partition.Index.Last + 1);
        }

        return expected;
    }

    private void Rebuild(PartitionStore store, (long First, long Last) lacking, CancellationToken cancellation)
    {
        using var intake = new HistoryIntake(store, options, lacking.First, OldestHour, null);
        var next = source.Read(lacking.First, lacking.Last, intake, cancellation);
        intake.EndBefore(cancellation.IsCancellationRequested ? next : lacking.Last + 1);
        if (!cancellation.IsCancellationRequested)
        {
            _lacking.Dequeue();
        }
    }

    private void Follow(PartitionStore store, CancellationToken cancellation)
    {
        _intake ??= new HistoryIntake(
            store, options, _next, OldestHour, shelf.Partitions is [.., { IsLive: true, IsDamaged: false } last] && last.Index.Last == _next - 1 ? store.GoOn(last) : null);
        IsCatchingUp = Followed < source.Last - options.BatchRows;
        _next = source.Read(_next, ToTheEnd, _intake, cancellation);
        _intake.CommitBefore(_next);
        Volatile.Write(ref _followed, _next - 1);
        IsCatchingUp = false;
        reached(_next - 1);
    }

    /// <summary>Hours that are over are closed, those that are too old go.</summary>
    private void TidyUp(PartitionStore store, CancellationToken cancellation)
    {
        var oldest = OldestHour;
        foreach (var partition in shelf.Partitions.Where(partition => partition != _intake?.Growing))
        {
            if (partition.Hour < oldest)
            {
                shelf.Retire(partition);
            }
            else if (partition is { IsLive: true, IsDamaged: false } && !cancellation.IsCancellationRequested)
            {
                store.Close(partition);
            }
        }

        store.Sweep();
    }

    private void TakeOffDamaged()
    {
        foreach (var partition in shelf.Partitions.Where(partition => partition.IsDamaged))
        {
            if (partition == _intake?.Growing)
            {
                _intake.Dispose();
                _intake = null;
            }

            shelf.Retire(partition);
            _lacking.Enqueue((partition.Index.First, partition.Index.Last));
        }
    }

    /// <summary>What a question found damaged must not be opened again.</summary>
    private void SetDamagedAside()
    {
        foreach (var partition in shelf.Partitions.Where(partition => partition.IsDamaged && File.Exists(partition.Path)))
        {
            tell($"{Path.GetFileName(partition.Path)} is damaged and set aside as {_folder.SetAside(partition.Path)}; it is rebuilt from the journal.");
        }
    }

    private long OldestHour => (long)Math.Floor((time.GetUtcNow() - options.Retention - DateTimeOffset.UnixEpoch).TotalHours);
}
