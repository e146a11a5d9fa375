namespace Omnibook.History.Segments;

/// <summary>
/// The files of one log: appends to the newest, begins another when it is time, and deletes what is too old. Of one thread; any
/// <see cref="IOException"/> leaves it such that <see cref="Abandon"/> and another try are right.
/// </summary>
internal sealed class SegmentLog : IDisposable
{
    private readonly ISegmentStorage _storage;
    private readonly SegmentOptions _options;
    private readonly TimeProvider _time;
    private readonly Func<byte[]> _head;
    private readonly List<(SegmentName Name, long Bytes)> _segments = [];
    private ISegmentFile? _file;
    private SegmentName _name;
    private long _written;
    private long _durable;
    private bool _isOutOfSpace;

    /// <summary>A log that begins a new file with the next record.</summary>
    /// <param name="storage">Its files.</param>
    /// <param name="options">How it is written and kept.</param>
    /// <param name="time">Tells when to begin another file, and what is too old.</param>
    /// <param name="head">What explains the records of a file, asked for when one begins.</param>
    public SegmentLog(ISegmentStorage storage, SegmentOptions options, TimeProvider time, Func<byte[]> head)
    {
        (_storage, _options, _time, _head) = (storage, options, time, head);
        foreach (var name in storage.List())
        {
            using var file = storage.OpenForReading(name);
            _segments.Add((name, file.Length));
        }
    }

    /// <summary>How many bytes all files have.</summary>
    public long Bytes => _segments.Sum(segment => segment.Bytes) + _written;

    /// <summary>How many files there are.</summary>
    public int Files => _segments.Count + (_file is null ? 0 : 1);

    /// <summary>Appends records that are put together already.</summary>
    /// <param name="records">Whole records.</param>
    /// <param name="first">The position of the first of them.</param>
    /// <exception cref="IOException">Not everything was written, or the disk is as good as full.</exception>
    public void Write(ReadOnlySpan<byte> records, long first)
    {
        if (_file is not null && (_written >= _options.RollBytes || _time.GetUtcNow() - _name.Began >= _options.RollAfter))
        {
            Close();
        }

        CheckSpace();
        if (_file is null)
        {
            Begin(first);
        }

        _file!.Write(_written, records);
        _written += records.Length;
    }

    /// <summary>Returns when everything written has reached the disk.</summary>
    /// <exception cref="IOException">It may not have.</exception>
    public void Sync()
    {
        if (_durable != _written)
        {
            _file?.Sync();
            _durable = _written;
        }
    }

    /// <summary>
    /// Ends the newest file where it was durable last, since what a failed disk holds after that is not known. What was not durable is
    /// to be written again, and goes into another file.
    /// </summary>
    public void Abandon()
    {
        if (_file is null)
        {
            return;
        }

        _file.Dispose();
        _file = null;
        _written = 0;
        var kept = _durable;
        try
        {
            if (kept == 0)
            {
                _storage.Delete(_name);
                return;
            }

            _storage.Cut(_name, kept);
        }
        catch (IOException)
        {
            // Readers leave out what is written a second time, and tell of the rest as of a torn tail.
            kept = Math.Max(kept, 1);
        }

        _segments.Add((_name, kept));
    }

    /// <summary>Deletes files of which everything is too old, or which are too many bytes.</summary>
    /// <exception cref="IOException">A file cannot be deleted.</exception>
    public void Retain()
    {
        while (_segments.Count > 0 && (IsOld() || Bytes > _options.MaxBytes))
        {
            if (_segments.Count == 1 && _file is null)
            {
                return;
            }

            _storage.Delete(_segments[0].Name);
            _segments.RemoveAt(0);
        }
    }

    /// <summary>Closes the newest file. Everything in it must be durable.</summary>
    public void Dispose()
    {
        if (_file is not null)
        {
            Close();
        }
    }

    /// <summary>Everything in a file is older than the beginning of the next.</summary>
    private bool IsOld()
    {
        var ended = _segments.Count > 1 ? _segments[1].Name.Began : _name.Began;
        return _options.Retention is { } retention && (_segments.Count > 1 || _file is not null) && _time.GetUtcNow() - ended >= retention;
    }

    private void Begin(long first)
    {
        var head = _head();
        var twice = new byte[2 * (RecordHeader.Size + head.Length)];
        RecordHeader.Write(twice, first, 0, head);
        RecordHeader.Write(twice.AsSpan(twice.Length / 2), first, 0, head);
        _name = new SegmentName(first, _time.GetUtcNow());
        _file = _storage.Create(_name);
        (_written, _durable) = (0, 0);
        _file.Write(0, twice);
        _written = twice.Length;
    }

    private void Close()
    {
        Sync();
        _file!.Dispose();
        _file = null;
        _segments.Add((_name, _written));
        _written = 0;
    }

    private void CheckSpace()
    {
        var (free, total) = _storage.Space;
        var keep = Math.Min(_options.KeepFree, total / 20);
        _isOutOfSpace = free < (_isOutOfSpace ? 2 * keep : keep);
        if (_isOutOfSpace)
        {
            throw new IOException($"only {free >> 20} MiB of the disk are free, and {keep >> 20} MiB are left to others");
        }
    }
}
