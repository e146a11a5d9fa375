namespace Omnibook.History.Segments;

/// <summary>The thread of a <see cref="SegmentWriter"/>.</summary>
public sealed partial class SegmentWriter
{
    private long _waitingBytes;
    private long _lost;
    private bool _closed;

    private void Run()
    {
        try
        {
            bool isLast;
            do
            {
                WaitForWork(out var flush, out isLast);
                Round();
                flush?.TrySetResult();
            }
            while (!isLast);

            Close();
            _ended.TrySetResult();
        }
        catch (Exception fault)
        {
            Fail(fault);
            Refuse();
            _ended.TrySetException(fault);
        }
    }

    /// <summary>Until something is to be written, and the last time is long enough ago.</summary>
    private void WaitForWork(out TaskCompletionSource? flush, out bool isLast)
    {
        lock (_gate)
        {
            while (_flush is null && !_closing && !(_work && _due))
            {
                Monitor.Wait(_gate);
            }

            (flush, _flush, _work, isLast) = (_flush, null, false, _closing);
        }
    }

    private void Round()
    {
        Gathering?.Invoke();
        long upTo;
        lock (_gate)
        {
            _queue.TakeAll(_unsynced);
            upTo = _next - 1;
        }

        var began = _time.GetTimestamp();
        try
        {
            Write();
            _log.Sync();
            Succeed(upTo, _time.GetElapsedTime(began));
        }
        catch (IOException exception)
        {
            _log.Abandon();
            Fail(exception);
        }

        Retain();
    }

    /// <summary>Also after a failure: it may be what makes room.</summary>
    private void Retain()
    {
        try
        {
            _log.Retain();
        }
        catch (IOException exception)
        {
            Fail(exception);
        }
    }

    private void Write()
    {
        foreach (var piece in _unsynced)
        {
            _log.Write(piece.Bytes.AsSpan(0, piece.Used), piece.First);
        }
    }

    private void Succeed(long upTo, TimeSpan took)
    {
        lock (_gate)
        {
            _queue.Return(_unsynced);
            Volatile.Write(ref _durable, upTo);
            Volatile.Write(ref _waitingBytes, _queue.Bytes);
            _due = false;
        }

        _timer.Change(_options.SyncInterval, Timeout.InfiniteTimeSpan);

        var before = _health;
        Volatile.Write(ref _health, before with
        {
            Degraded = null,
            DegradedSince = null,
            Lost = Interlocked.Read(ref _lost),
            Files = _log.Files,
            Bytes = _log.Bytes,
            LastSync = took,
            Syncs = before.Syncs + 1,
        });
    }

    private void Fail(Exception exception)
    {
        lock (_gate)
        {
            Volatile.Write(ref _work, true);
            _due = false;
        }

        _timer.Change(_options.RetryAfter, Timeout.InfiniteTimeSpan);

        var before = _health;
        Volatile.Write(ref _health, before with
        {
            Degraded = exception.Message,
            DegradedSince = before.DegradedSince ?? _time.GetUtcNow(),
            Lost = Interlocked.Read(ref _lost),
            Failures = before.Failures + 1,
            Files = _log.Files,
            Bytes = _log.Bytes,
        });
    }

    private void Close()
    {
        Refuse();
        try
        {
            _log.Dispose();
        }
        catch (IOException exception)
        {
            Fail(exception);
        }
    }

    /// <summary>Takes nothing more. What still waits is lost, and counted.</summary>
    private void Refuse()
    {
        TaskCompletionSource? flush;
        lock (_gate)
        {
            _closed = true;
            (flush, _flush) = (_flush, null);
            _lost += _queue.Positions;
        }

        Volatile.Write(ref _health, _health with { Lost = Interlocked.Read(ref _lost) });
        flush?.TrySetResult();
    }
}
