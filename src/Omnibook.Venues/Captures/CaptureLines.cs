using System.IO.Compression;

namespace Omnibook.Venues.Captures;

/// <summary>
/// The lines of a plain or gzipped file, one at a time, out of one buffer: a capture of any length is read in the memory of
/// its longest line. Whether it is gzipped is told by its first bytes, not by its name.
/// </summary>
internal sealed class CaptureLines : IDisposable
{
    private const int MaxLineBytes = 64 * 1024 * 1024;

    private readonly Stream _stream;
    private byte[] _buffer = new byte[128 * 1024];
    private int _start;
    private int _end;
    private bool _isEnd;
    private ReadOnlyMemory<byte>? _peeked;

    private CaptureLines(string file, Stream stream) => (File, _stream) = (file, stream);

    /// <summary>The file's path.</summary>
    public string File { get; }

    /// <summary>The number of the line that was read last.</summary>
    public long Number { get; private set; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="CaptureException">It does not exist or may not be read.</exception>
    public static CaptureLines Open(string file)
    {
        try
        {
            var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 128 * 1024, FileOptions.SequentialScan);
            return new CaptureLines(file, IsGzip(stream) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new CaptureException(file, 0, trouble.Message, trouble);
        }
    }

    /// <summary>The first line that is not blank, left to be read again; false when there is none.</summary>
    public bool TryPeek(out ReadOnlyMemory<byte> line)
    {
        var found = TryRead(out line);
        _peeked = found ? line : null;
        return found;
    }

    /// <summary>Reads the next line that is not blank, without its line end. It is good until the next call.</summary>
    public bool TryRead(out ReadOnlyMemory<byte> line)
    {
        if (_peeked is { } peeked)
        {
            (line, _peeked) = (peeked, null);
            return true;
        }

        while (TryReadAny(out line))
        {
            if (!line.Span.Trim(" \t"u8).IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An exception that names this file and the line that was read last.</summary>
    public CaptureException Trouble(string problem, Exception? inner = null) => new(File, Number, problem, inner);

    /// <inheritdoc />
    public void Dispose() => _stream.Dispose();

    private static bool IsGzip(FileStream stream)
    {
        Span<byte> head = stackalloc byte[2];
        var isGzip = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.SequenceEqual<byte>([0x1f, 0x8b]);
        stream.Position = 0;
        return isGzip;
    }

    private bool TryReadAny(out ReadOnlyMemory<byte> line)
    {
        var scanned = 0;
        while (true)
        {
            var at = _buffer.AsSpan(_start + scanned, _end - _start - scanned).IndexOf((byte)'\n');
            if (at >= 0)
            {
                line = Take(scanned + at, lineEnd: 1);
                return true;
            }

            scanned = _end - _start;
            if (_isEnd)
            {
                line = scanned > 0 ? Take(scanned, lineEnd: 0) : default;
                return scanned > 0;
            }

            Fill();
        }
    }

    private ReadOnlyMemory<byte> Take(int length, int lineEnd)
    {
        var line = _buffer.AsMemory(_start, length);
        _start += length + lineEnd;
        Number++;
        var from = Number == 1 && line.Span.StartsWith("\uFEFF"u8) ? 3 : 0;
        var to = line.Span.EndsWith("\r"u8) ? length - 1 : length;
        return line[from..to];
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Grow();
        }

        try
        {
            var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            _isEnd = read == 0;
        }
        catch (Exception trouble) when (trouble is InvalidDataException or IOException)
        {
            throw new CaptureException(File, Number + 1, $"the file is damaged after this line: {trouble.Message}", trouble);
        }
    }

    private void Grow()
    {
        if (_buffer.Length >= MaxLineBytes)
        {
            throw new CaptureException(File, Number + 1, $"the line is longer than {MaxLineBytes} bytes");
        }

        Array.Resize(ref _buffer, _buffer.Length * 2);
    }
}
