using Omnibook.Core.Events;

namespace Omnibook.Venues;

/// <summary>The translation of one connection: from the bytes of a frame to events, and what has to be sent.</summary>
public interface IVenueSession
{
    /// <summary>The text frames that subscribe everything, to be sent in order once the socket is open.</summary>
    IReadOnlyList<ReadOnlyMemory<byte>> Opening { get; }

    /// <summary>The text frames that make the venue begin one stream of the plan anew.</summary>
    IReadOnlyList<ReadOnlyMemory<byte>> Resubscribe(int stream);

    /// <summary>What was odd so far; all zero for a session that does not count.</summary>
    SessionOddities Oddities => default;

    /// <summary>Translates one frame. Nothing is allocated for frames that carry market data.</summary>
    /// <param name="frame">A whole text message, UTF-8.</param>
    /// <param name="receivedAt">When it was read, by our clock.</param>
    /// <param name="batch">Takes the events. A frame that cannot be read leaves nothing in it.</param>
    FrameOutcome Translate(ReadOnlySpan<byte> frame, Timestamp receivedAt, EventBatch batch);
}
