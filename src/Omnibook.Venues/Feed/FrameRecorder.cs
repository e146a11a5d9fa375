using System.Buffers;
using System.Buffers.Text;
using System.IO.Compression;
using System.Threading.Channels;
using Omnibook.Core.Events;

namespace Omnibook.Venues.Feed;

/// <summary>Where and how raw frames are kept.</summary>
/// <param name="Folder">The folder of the files; made when it is not there.</param>
/// <param name="Name">The beginning of every file's name: <c>binance-usdm-public-0</c>.</param>
public sealed record FrameRecorderOptions(string Folder, string Name)
{
    /// <summary>A new file is begun after so many bytes of frames, before compression.</summary>
    public long MaxFileBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Whether files are compressed (gzip).</summary>
    public bool Compress { get; init; } = true;

    /// <summary>How many frames may wait for the disk. One more is dropped and counted: a disk must not slow a feed.</summary>
    public int MaxWaiting { get; init; } = 8192;
}

/// <summary>
/// Keeps frames as they came, one line each: <c>&lt;receive time, ns since 1970&gt; &lt;frame&gt;</c>, the format that a replay reads.
/// Writing is done by one background task; recording only copies.
/// </summary>
public sealed class FrameRecorder : IAsyncDisposable
{
    private readonly FrameRecorderOptions _options;
    private readonly Channel<Line> _waiting;
    private readonly Task _writer;
    private long _dropped;
    private long _written;

    /// <summary>Begins recording; the first file is made with the first frame.</summary>
    public FrameRecorder(FrameRecorderOptions options)
    {
        _options = options;
        _waiting = System.Threading.Channels.Channel.CreateBounded<Line>(new BoundedChannelOptions(options.MaxWaiting) { SingleReader = true });
        _writer = Task.Run(WriteAsync);
    }

    /// <summary>Frames that were dropped because the disk did not keep up, or failed.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Frames that were written.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Why writing ended early, or null.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Copies a frame for the writer. Never waits.</summary>
    public void Record(Timestamp receivedAt, ReadOnlySpan<byte> frame)
    {
        var copy = ArrayPool<byte>.Shared.Rent(frame.Length);
        frame.CopyTo(copy);
        if (!_waiting.Writer.TryWrite(new Line(receivedAt, copy, frame.Length)))
        {
            ArrayPool<byte>.Shared.Return(copy);
            Interlocked.Increment(ref _dropped);
        }
    }

    /// <summary>Writes what waits and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writer;
    }

    private async Task WriteAsync()
    {
        try
        {
            while (await _waiting.Reader.WaitToReadAsync())
            {
                await WriteFileAsync();
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A full or missing disk ends the recording, not the feed: later frames are counted as dropped.
            Failure = failure;
            _waiting.Writer.TryComplete();
            while (_waiting.Reader.TryRead(out var line))
            {
                ArrayPool<byte>.Shared.Return(line.Bytes);
                Interlocked.Increment(ref _dropped);
            }
        }
    }

    private async Task WriteFileAsync()
    {
        Stream? file = null;
        try
        {
            long size = 0;
            while (size < _options.MaxFileBytes && await _waiting.Reader.WaitToReadAsync())
            {
                while (size < _options.MaxFileBytes && _waiting.Reader.TryRead(out var line))
                {
                    file ??= Open(line.ReceivedAt);
                    size += Write(file, line);
                }
            }
        }
        finally
        {
            if (file is not null)
            {
                await file.DisposeAsync();
            }
        }
    }

    private Stream Open(Timestamp first)
    {
        Directory.CreateDirectory(_options.Folder);
        var name = $"{_options.Name}-{first.ToDateTimeOffset():yyyyMMdd'T'HHmmss'.'fffffff}.txt{(_options.Compress ? ".gz" : "")}";
        var file = new FileStream(Path.Combine(_options.Folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.Read, 64 * 1024);
        return _options.Compress ? new GZipStream(file, CompressionLevel.Fastest) : file;
    }

    private int Write(Stream file, in Line line)
    {
        Span<byte> stamp = stackalloc byte[20];
        Utf8Formatter.TryFormat(line.ReceivedAt.Nanoseconds, stamp, out var digits);
        stamp[digits] = (byte)' ';
        file.Write(stamp[..(digits + 1)]);
        var frame = line.Bytes.AsSpan(0, line.Length);

        // A line break inside JSON can only stand between tokens, where a space means the same.
        frame.Replace((byte)'\n', (byte)' ');
        frame.Replace((byte)'\r', (byte)' ');
        file.Write(frame);
        file.WriteByte((byte)'\n');
        ArrayPool<byte>.Shared.Return(line.Bytes);
        Interlocked.Increment(ref _written);
        return digits + line.Length + 2;
    }

    private readonly record struct Line(Timestamp ReceivedAt, byte[] Bytes, int Length);
}
