namespace Omnibook.History.Segments;

/// <summary>
/// Reads records in order of their positions, over all files, also while they are written. Whatever cannot be read is told, exactly, and skipped.
/// Not thread-safe; there may be many readers.
/// </summary>
public sealed class SegmentReader : IDisposable
{
    private readonly ISegmentStorage _storage;
    private readonly LossLedger _losses;
    private readonly long _from;
    private SegmentScan? _scan;
    private SegmentName _name;
    private byte[]? _foundHead;
    private int _segment = -1;

    /// <summary>A reader of the segments of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="from">The first position that is wanted; when it is no longer there, the oldest that is.</param>
    /// <param name="damaged">Told of everything that is lost, in order.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public SegmentReader(string folder, long from = 0, Action<SegmentDamage>? damaged = null)
        : this(new SegmentFolder(folder), from, damaged)
    {
    }

    internal SegmentReader(ISegmentStorage storage, long from, Action<SegmentDamage>? damaged)
    {
        (_storage, _from, _losses) = (storage, from, new LossLedger(damaged));
        Next = -1;
    }

    /// <summary>
    /// Nothing behind this position is read. Whoever reads while somebody writes sets it to what is durable before each round, and so
    /// never takes a record that is being written for a torn one.
    /// </summary>
    public long Until { get; set; } = long.MaxValue;

    /// <summary>The file of the last record; empty before the first.</summary>
    public string File => _segment < 0 ? "" : _storage.PathOf(_name);

    /// <summary>The position after the last record that was read; -1 before the first.</summary>
    public long Next { get; private set; }

    /// <summary>Reads the next record, or the next head.</summary>
    /// <returns>False when there is none now; where <see cref="Until"/> is not the end of all, more may come.</returns>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public bool Read(out SegmentRecord record)
    {
        record = default;
        while (Next <= Until && (_scan is not null || OpenNext()))
        {
            if (TakeFoundHead(out record) || ReadHere(out record))
            {
                return true;
            }

            if (!MoveOn())
            {
                return false;
            }
        }

        return false;
    }

    /// <inheritdoc />
    public void Dispose() => _scan?.Dispose();

    private bool TakeFoundHead(out SegmentRecord record)
    {
        var head = _foundHead;
        _foundHead = null;
        record = head is null ? default : new SegmentRecord { Position = _name.First, Payload = head, Segment = _segment };
        return head is not null;
    }

    private bool ReadHere(out SegmentRecord record)
    {
        while (_scan!.TryNext(out var header, out var payload, out var skipped))
        {
            var offset = _scan.Offset - RecordHeader.Size - payload.Length;
            if (skipped > 0)
            {
                _losses.AddBytes(SegmentLoss.Damaged, _storage.PathOf(_name), offset - skipped, skipped);
            }

            if (header.Count == 0 || header.Position >= Next)
            {
                record = new SegmentRecord { Position = header.Position, Count = header.Count, Payload = payload, Segment = _segment };
                if (Pass(header, offset))
                {
                    return true;
                }
            }
        }

        record = default;
        return false;
    }

    /// <summary>Notes a record, and says whether anybody wants it.</summary>
    private bool Pass(RecordHeader header, long offset)
    {
        if (header.Count == 0)
        {
            return true;
        }

        _losses.Settle(_storage.PathOf(_name), offset, Next, header.Position, _from);
        Next = header.Position + header.Count;
        return Next > _from;
    }

    /// <summary>To the next file, if there is one: this one will not grow any more then.</summary>
    private bool MoveOn()
    {
        var next = Following();
        if (next is null)
        {
            if (Until == long.MaxValue)
            {
                NoteTail();
                _losses.End(Next);
            }

            return false;
        }

        // It may have grown between the last look into it and the look for its follower.
        if (_scan!.TryNext(out _, out _, out _))
        {
            _scan.Rewind();
            return true;
        }

        NoteTail();
        _scan.Dispose();
        _scan = null;
        return Open(next.Value);
    }

    private void NoteTail()
    {
        if (_scan!.Remaining is > 0 and var bytes)
        {
            _losses.AddBytes(SegmentLoss.TornTail, _storage.PathOf(_name), _scan.Offset, bytes);
            _scan.SkipRest();
        }
    }

    private bool OpenNext() => Following() is { } next && Open(next);

    private SegmentName? Following()
    {
        var names = _storage.List();
        if (_segment < 0)
        {
            var last = -1;
            for (var i = 0; i < names.Count && names[i].First <= _from; i++)
            {
                last = i;
            }

            return names.Count == 0 ? null : names[Math.Max(0, last)];
        }

        foreach (var name in names)
        {
            if (name > _name)
            {
                return name;
            }
        }

        return null;
    }

    private bool Open(SegmentName name)
    {
        _name = name;
        _segment++;
        Next = Next < 0 ? name.First : Next;
        try
        {
            _scan = new SegmentScan(_storage.OpenForReading(name));
            FindHead();
            return true;
        }
        catch (FileNotFoundException)
        {
            // Deleted by the retention since it was listed: what it held is no longer kept, and the next begins later.
            Next = Following()?.First ?? Next;
            return OpenNext();
        }
        catch (IOException)
        {
            _losses.AddBytes(SegmentLoss.Unreadable, _storage.PathOf(name), 0, 0);
            return OpenNext();
        }
    }

    /// <summary>Heads are written first. Where the first is damaged, a later one explains the records before it as well.</summary>
    private void FindHead()
    {
        if (_scan!.TryNext(out var header, out _, out _) && header.Count > 0)
        {
            while (_scan.TryNext(out header, out var payload, out _))
            {
                if (header.Count == 0)
                {
                    _foundHead = payload.ToArray();
                    break;
                }
            }
        }

        _scan.Rewind(toBegin: true);
    }
}
