using System.Buffers;
using System.Net.WebSockets;

namespace Omnibook.Venues.Feed;

/// <summary>Reads whole messages into a pooled buffer that grows as far as the venue's limit. Belongs to one thread.</summary>
internal sealed class FrameReader(FeedSocket socket, int maxBytes) : IDisposable
{
    private const int UsualBytes = 64 * 1024;
    private readonly SynchronousWait _wait = new();
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Math.Min(UsualBytes, maxBytes));

    /// <summary>What came of a read.</summary>
    public enum Outcome
    {
        /// <summary>A whole message is there.</summary>
        Message,

        /// <summary>The venue closed.</summary>
        Closed,

        /// <summary>The message is larger than the venue's limit.</summary>
        TooLarge,
    }

    /// <summary>Waits for a message. It is valid until the next read.</summary>
    public Outcome Read(out ReadOnlySpan<byte> message)
    {
        var filled = 0;
        message = default;
        while (true)
        {
            if (filled == _buffer.Length && !TryGrow(filled))
            {
                return Outcome.TooLarge;
            }

            var piece = _wait.For(socket.ReceiveAsync(_buffer.AsMemory(filled)));
            filled += piece.Count;
            if (piece.MessageType == WebSocketMessageType.Close)
            {
                return Outcome.Closed;
            }

            if (piece.EndOfMessage)
            {
                message = _buffer.AsSpan(0, filled);
                return filled <= maxBytes ? Outcome.Message : Outcome.TooLarge;
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _wait.Dispose();
    }

    private bool TryGrow(int filled)
    {
        if (filled >= maxBytes)
        {
            return false;
        }

        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(filled * 2L, maxBytes));
        _buffer.AsSpan(0, filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
        return true;
    }
}
