namespace Omnibook.History.Segments;

/// <summary>Reads the records of one file, one after another, and finds the next whole one after a damaged stretch.</summary>
/// <param name="file">The file. It may still grow; it is disposed of with this.</param>
internal sealed class SegmentScan(ISegmentFile file) : IDisposable
{
    private const int FirstBuffer = 256 * 1024;

    private byte[] _buffer = new byte[FirstBuffer];
    private long _bufferAt;
    private int _buffered;
    private long _before;

    /// <summary>Up to where the file was read: everything after it is no whole record yet.</summary>
    public long Offset { get; private set; }

    /// <summary>How many bytes there are after <see cref="Offset"/>.</summary>
    public long Remaining => Math.Max(0, file.Length - Offset);

    /// <summary>Reads the next whole record.</summary>
    /// <param name="header">What it is.</param>
    /// <param name="payload">Its bytes; valid until the next call.</param>
    /// <param name="skipped">How many bytes before it are damaged.</param>
    /// <returns>False when there is no further whole record; nothing was skipped then, since more may follow.</returns>
    public bool TryNext(out RecordHeader header, out ReadOnlySpan<byte> payload, out long skipped)
    {
        var at = Offset;
        while (!TryRead(at, out header, out payload))
        {
            if (!TryFindMagic(at + 1, out at))
            {
                skipped = 0;
                return false;
            }
        }

        skipped = at - Offset;
        _before = Offset;
        Offset = at + RecordHeader.Size + header.Length;
        return true;
    }

    /// <summary>Goes back to before the last record that was read, or to the begin.</summary>
    public void Rewind(bool toBegin = false) => Offset = toBegin ? 0 : _before;

    /// <summary>Leaves out what remains.</summary>
    public void SkipRest() => Offset += Remaining;

    /// <inheritdoc />
    public void Dispose() => file.Dispose();

    private bool TryRead(long at, out RecordHeader header, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        var head = Load(at, RecordHeader.Size);
        if (head.Length < RecordHeader.Size || !RecordHeader.TryRead(head, out header))
        {
            header = default;
            return false;
        }

        var size = RecordHeader.Size + header.Length;
        if (at + size > file.Length)
        {
            return false;
        }

        var record = Load(at, size);
        if (record.Length < size || !RecordHeader.IsWhole(record[..size]))
        {
            return false;
        }

        payload = record[RecordHeader.Size..size];
        return true;
    }

    private bool TryFindMagic(long from, out long at)
    {
        at = from;
        while (Load(at, RecordHeader.Size) is { Length: >= RecordHeader.Size } bytes)
        {
            var found = bytes.IndexOf(RecordHeader.Magic);
            if (found >= 0)
            {
                at += found;
                return true;
            }

            at += bytes.Length - RecordHeader.Magic.Length + 1;
        }

        return false;
    }

    /// <summary>What the buffer holds from a place on: at least <paramref name="atLeast"/> bytes unless the file ends before.</summary>
    private ReadOnlySpan<byte> Load(long at, int atLeast)
    {
        var inside = at >= _bufferAt && at + atLeast <= _bufferAt + _buffered;
        if (!inside)
        {
            if (_buffer.Length < atLeast)
            {
                _buffer = new byte[atLeast + FirstBuffer];
            }

            _buffered = file.Read(at, _buffer);
            _bufferAt = at;
        }

        return _buffer.AsSpan(0, _buffered)[(int)(at - _bufferAt)..];
    }
}
