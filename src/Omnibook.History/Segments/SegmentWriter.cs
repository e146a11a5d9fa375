namespace Omnibook.History.Segments;

/// <summary>
/// Writes records in the background: appending copies into memory and never waits. What gathered is written and synchronised together, at
/// most <see cref="SegmentOptions.SyncInterval"/> apart.
/// </summary>
/// <remarks>
/// A disk that fails or is full: nothing is forgotten while there is room for it to wait; then the newest is lost and counted, and readers are told
/// which positions are missing. It is tried again until it works. What was not durable when it failed is written again, into another file.
/// </remarks>
public sealed partial class SegmentWriter : IAsyncDisposable
{
    private readonly SegmentOptions _options;
    private readonly TimeProvider _time;
    private readonly SegmentLog _log;
    private readonly RecordQueue _queue;
    private readonly object _gate = new();
    private readonly List<RecordQueue.Piece> _unsynced = [];
    private readonly Thread _thread;
    private readonly ITimer _timer;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _flush;
    private SegmentHealth _health = new();
    private long _next;
    private long _durable;
    private bool _work;
    private bool _due = true;
    private bool _closing;

    /// <summary>Opens a folder: cuts what an earlier process did not finish, and goes on after its last position, in a new file.</summary>
    /// <param name="folder">The folder; made when it is not there. Of one writer at a time.</param>
    /// <param name="options">How records are written and kept.</param>
    /// <param name="time">Our clock.</param>
    /// <param name="head">What explains the records of a file; asked for on the writer's thread whenever a file begins.</param>
    /// <exception cref="IOException">The folder cannot be read or written.</exception>
    public SegmentWriter(string folder, SegmentOptions options, TimeProvider time, Func<byte[]>? head = null)
        : this(new SegmentFolder(folder), options, time, head)
    {
    }

    internal SegmentWriter(ISegmentStorage storage, SegmentOptions options, TimeProvider time, Func<byte[]>? head = null)
    {
        (_options, _time, _queue) = (options, time, new RecordQueue(options.MaxWaitingBytes));
        var cut = new List<SegmentDamage>();
        _next = Math.Max(options.FirstPosition, SegmentRecovery.Recover(storage, cut.Add));
        (_durable, Recovered) = (_next - 1, cut);
        _log = new SegmentLog(storage, options, time, head ?? (() => []));
        _timer = time.CreateTimer(_ => Pulse(due: true), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _thread = new Thread(Run) { Name = "segments", IsBackground = true };
        _thread.Start();
    }

    /// <summary>What an earlier process had not finished, and was cut.</summary>
    public IReadOnlyList<SegmentDamage> Recovered { get; }

    /// <summary>The position that the next record will have.</summary>
    public long NextPosition => Volatile.Read(ref _next);

    /// <summary>The last position that was given out; -1 when none ever was.</summary>
    public long AppendedPosition => NextPosition - 1;

    /// <summary>Up to here everything is on the disk, except what <see cref="SegmentHealth.Lost"/> counts.</summary>
    public long DurablePosition => Volatile.Read(ref _durable);

    /// <summary>How many bytes wait for the disk.</summary>
    public long WaitingBytes => Volatile.Read(ref _waitingBytes);

    /// <summary>How it is doing.</summary>
    public SegmentHealth Health => Volatile.Read(ref _health);

    /// <summary>
    /// Called on the writer's thread before it writes, so that whoever gathers small things into one record can append it. Set it before the first
    /// record is appended.
    /// </summary>
    public Action? Gathering { get; set; }

    /// <summary>Appends a record, or loses it if too much waits. Never waits. From any thread.</summary>
    /// <param name="payload">Its bytes; copied.</param>
    /// <param name="count">How many positions it covers, given out in either case; 0 for a head.</param>
    /// <returns>False when it is lost.</returns>
    public bool TryAppend(ReadOnlySpan<byte> payload, int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, RecordHeader.MaxLength, nameof(payload));
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        lock (_gate)
        {
            var isTaken = !_closed && _queue.TryAdd(_next, count, payload);
            _lost += isTaken ? 0 : count;
            Volatile.Write(ref _next, _next + count);
            Volatile.Write(ref _waitingBytes, _queue.Bytes);
            if (Thread.CurrentThread != _thread)
            {
                WakeLocked();
            }

            return isTaken;
        }
    }

    /// <summary>Gives positions out to what is lost before it can be appended.</summary>
    /// <param name="count">How many.</param>
    public void Skip(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        lock (_gate)
        {
            _lost += count;
            Volatile.Write(ref _next, _next + count);
        }
    }

    /// <summary>Something is being gathered and will be appended when <see cref="Gathering"/> is called.</summary>
    public void Wake()
    {
        if (!Volatile.Read(ref _work))
        {
            lock (_gate)
            {
                WakeLocked();
            }
        }
    }

    /// <summary>Returns when everything appended before is durable, or was tried and failed: <see cref="DurablePosition"/> tells.</summary>
    public Task FlushAsync()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return Task.CompletedTask;
            }

            _flush ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Monitor.Pulse(_gate);
            return _flush.Task;
        }
    }

    /// <summary>Writes what waits, if the disk lets it, and closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closing = true;
            Monitor.Pulse(_gate);
        }

        await _ended.Task;
        await _timer.DisposeAsync();
    }

    private void WakeLocked()
    {
        if (!_work)
        {
            Volatile.Write(ref _work, true);
            Monitor.Pulse(_gate);
        }
    }

    private void Pulse(bool due)
    {
        lock (_gate)
        {
            _due |= due;
            Monitor.Pulse(_gate);
        }
    }
}
