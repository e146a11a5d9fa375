namespace Omnibook.Venues;

/// <summary>What a frame was.</summary>
public enum FrameKind
{
    /// <summary>Market data of a subscribed stream.</summary>
    Data,

    /// <summary>The venue accepted a subscription.</summary>
    Acknowledged,

    /// <summary>The venue refused a subscription.</summary>
    Refused,

    /// <summary>A sign of life without data: pong, heartbeat, greeting.</summary>
    Heartbeat,

    /// <summary>The venue will close this connection soon: open another at once.</summary>
    Closing,

    /// <summary>Well formed, but nothing that we asked for or know. Counted, otherwise ignored.</summary>
    Unknown,

    /// <summary>Not readable. A book update may have been in it, so every book of the connection counts as broken.</summary>
    Malformed,
}

/// <summary>What a frame was, and of which stream.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Stream">Index into <see cref="ConnectionPlan.Streams"/>, or -1 when the frame is of no single stream.</param>
/// <param name="Detail">The venue's words, for refusals and errors; otherwise null.</param>
/// <param name="Reply">
/// Text frames to send back at once, in order: a pong, or the next step of a subscription that takes more than one; null for none.
/// </param>
public readonly record struct FrameOutcome(
    FrameKind Kind, int Stream = -1, string? Detail = null, IReadOnlyList<ReadOnlyMemory<byte>>? Reply = null)
{
    /// <summary>Data of a stream.</summary>
    public static FrameOutcome Data(int stream) => new(FrameKind.Data, stream);

    /// <summary>Not readable.</summary>
    public static FrameOutcome Malformed(string why) => new(FrameKind.Malformed, -1, why);
}
