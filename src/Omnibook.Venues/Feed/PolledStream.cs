using System.Net.Sockets;

namespace Omnibook.Venues.Feed;

/// <summary>
/// A TCP stream that is asynchronous during the handshake and afterwards waits for bytes inside the kernel, on the thread that
/// reads: <see cref="ReadAsync(Memory{byte}, CancellationToken)"/> then completes before it returns. What lies above it (TLS,
/// WebSocket framing) finds every read complete and so stays on that thread too.
/// </summary>
/// <remarks>
/// <c>poll(2)</c> is used because a .NET socket that was ever read asynchronously has a non-blocking descriptor, on which a
/// synchronous receive is woken by the runtime's event thread: one more switch of threads.
/// </remarks>
internal sealed class PolledStream(Socket socket) : Stream
{
    // A bound on the wait, should closing the socket ever fail to wake it.
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(1);
    private readonly NetworkStream _inner = new(socket, ownsSocket: true);
    private volatile bool _polls;
    private volatile bool _closed;

    /// <inheritdoc />
    public override bool CanRead => true;

    /// <inheritdoc />
    public override bool CanSeek => false;

    /// <inheritdoc />
    public override bool CanWrite => true;

    /// <inheritdoc />
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The handshake is over: from the next read on, whoever reads waits itself.</summary>
    public void PollFromNowOn() => _polls = true;

    /// <inheritdoc />
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _polls && !buffer.IsEmpty ? ValueTask.FromResult(ReadPolled(buffer.Span)) : _inner.ReadAsync(buffer, cancellationToken);

    /// <inheritdoc />
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => _inner.Read(buffer, offset, count);

    /// <inheritdoc />
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        _inner.WriteAsync(buffer, cancellationToken);

    /// <inheritdoc />
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => _inner.Write(buffer, offset, count);

    /// <inheritdoc />
    public override void Flush() => _inner.Flush();

    /// <inheritdoc />
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        _closed = true;
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int ReadPolled(Span<byte> buffer)
    {
        try
        {
            while (!socket.Poll(Slice, SelectMode.SelectRead))
            {
                ObjectDisposedException.ThrowIf(_closed, this);
            }

            return socket.Receive(buffer);
        }
        catch (SocketException broken)
        {
            throw new IOException(broken.Message, broken);
        }
    }
}
