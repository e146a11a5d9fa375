using System.Threading.Channels;

namespace Omnibook.Venues.Feed;

/// <summary>
/// What a session wants to send back (<see cref="FrameOutcome.Reply"/>): added by the receiving thread, which must not wait for the
/// socket, and sent by another task. Bounded; what is too much is left out, and said to be.
/// </summary>
internal sealed class FrameReplies
{
    private const int MaxWaiting = 256;

    private readonly Channel<ReadOnlyMemory<byte>> _waiting =
        System.Threading.Channels.Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true, SingleWriter = true });

    /// <summary>Adds frames in order. False when there was no room for all of them.</summary>
    public bool TryAdd(IReadOnlyList<ReadOnlyMemory<byte>> frames)
    {
        foreach (var frame in frames)
        {
            if (!_waiting.Writer.TryWrite(frame))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Sends whatever is added, until it is cancelled.</summary>
    public async Task SendAsync(Func<ReadOnlyMemory<byte>, Task> send, CancellationToken cancellationToken)
    {
        await foreach (var frame in _waiting.Reader.ReadAllAsync(cancellationToken))
        {
            await send(frame);
        }
    }
}
