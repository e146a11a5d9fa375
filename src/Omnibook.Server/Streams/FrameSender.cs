using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;

namespace Omnibook.Server.Streams;

/// <summary>
/// Brings frames from an outbox to the wire. What waits goes out in one write: the kernel's send costs several microseconds
/// whatever its size, and is what fan-out costs.
/// </summary>
internal sealed class FrameSender(WebSocket socket, ClientStream? wire, ClientOutbox outbox, StreamCounters counters, TimeProvider time)
{
    private const int BatchBytes = 32 * 1024;
    private long _writingSince;

    /// <summary>For how long the write under way has been under way; zero when there is none.</summary>
    public TimeSpan StuckFor => Volatile.Read(ref _writingSince) is var since and not 0 ? time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>Sends a frame, and what waits behind it. Lets go of everything it sends.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(Frame first)
    {
        if (wire is null)
        {
            await SendAloneAsync(first);
            return;
        }

        for (Frame? frame = first; frame is not null;)
        {
            if (frame.Framed.Length > BatchBytes || !outbox.HasWaiting)
            {
                await WriteAloneAsync(wire, frame);
                frame = null;
            }
            else
            {
                frame = await WriteBatchAsync(wire, frame);
            }
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendAloneAsync(Frame frame)
    {
        try
        {
            Begin();
            // Without a cancellation token the socket sends without allocating; a stuck send is ended by cutting the connection.
            await socket.SendAsync(frame.Text, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            counters.Sent(1, frame.Length);
        }
        finally
        {
            End();
            frame.Release();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WriteAloneAsync(ClientStream stream, Frame frame)
    {
        try
        {
            Begin();
            await stream.WriteAsync(frame.Framed, CancellationToken.None);
            counters.Sent(1, frame.Length);
        }
        finally
        {
            End();
            frame.Release();
        }
    }

    /// <returns>A frame that was taken and did not fit any more.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Frame?> WriteBatchAsync(ClientStream stream, Frame first)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BatchBytes);
        Frame? left = null;
        try
        {
            var (bytes, frames) = Gather(first, buffer, out left);
            Begin();
            await stream.WriteAsync(buffer.AsMemory(0, bytes), CancellationToken.None);
            counters.Sent(frames, bytes);
            return left;
        }
        catch
        {
            left?.Release();
            throw;
        }
        finally
        {
            End();
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Begin() => Volatile.Write(ref _writingSince, time.GetTimestamp());

    private void End() => Volatile.Write(ref _writingSince, 0);

    private (int Bytes, int Frames) Gather(Frame first, byte[] buffer, out Frame? left)
    {
        var (bytes, frames, frame) = (0, 0, (Frame?)first);
        while (frame is not null && bytes + frame.Framed.Length <= BatchBytes)
        {
            frame.Framed.Span.CopyTo(buffer.AsSpan(bytes));
            bytes += frame.Framed.Length;
            frames++;
            frame.Release();
            frame = outbox.TryTake(out var next) ? next : null;
        }

        left = frame;
        return (bytes, frames);
    }
}
