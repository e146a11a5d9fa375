namespace Omnibook.Server.Streams;

/// <summary>Every bound of the sockets that clients open. Nothing about a client grows without one of these.</summary>
internal sealed record StreamLimits
{
    /// <summary>How many sockets may be open at once; the next one is answered 503 with Retry-After.</summary>
    public int MaxClients { get; init; } = 10_000;

    /// <summary>How many topics one socket may follow.</summary>
    public int MaxSubscriptions { get; init; } = 1_000;

    /// <summary>How many frames of event topics wait for one client before the oldest is dropped.</summary>
    public int MaxWaitingEvents { get; init; } = 1_024;

    /// <summary>How many bytes may wait for one client; more ends the connection with 1013.</summary>
    public int MaxWaitingBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>A send that does not finish within this ends the connection with 1013.</summary>
    public TimeSpan StuckAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A queue of events that stays full for this long, though sends finish, ends the connection with 1013.</summary>
    public TimeSpan FullAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a client may take to answer a close before the connection is cut.</summary>
    public TimeSpan CloseGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a protocol ping is sent.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a ping may stay unanswered before the connection is cut.</summary>
    public TimeSpan PongTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The largest message that a client may send; a larger one ends the connection with 1009.</summary>
    public int MaxInboundBytes { get; init; } = 64 * 1024;

    /// <summary>More messages than this in each of two consecutive seconds end the connection with 1008.</summary>
    public int MaxInboundPerSecond { get; init; } = 50;
}
