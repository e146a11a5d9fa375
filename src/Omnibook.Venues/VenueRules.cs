namespace Omnibook.Venues;

/// <summary>How a level is found that is wrong while all numbers are right.</summary>
public enum BookCheck
{
    /// <summary>Nothing to do: every message is the whole book.</summary>
    EveryMessage,

    /// <summary>A snapshot by REST, with the sequence number of the stream, is compared with the book.</summary>
    RestSnapshot,

    /// <summary>The snapshot of a second, short connection, with the numbering of the first, is compared with the book.</summary>
    SecondConnection,

    /// <summary>No other snapshot shares the stream's numbering: the stream is begun anew, which puts things right without telling.</summary>
    Resubscription,
}

/// <summary>How a venue wants to be treated. Every figure is cited where a venue sets it.</summary>
public sealed record VenueRules
{
    /// <summary>When to replace a connection, counted from its opening; before the venue ends it itself.</summary>
    public TimeSpan MaxConnectionAge { get; init; } = TimeSpan.FromHours(23);

    /// <summary>A text frame to send at <see cref="PingInterval"/> so that the venue keeps the socket; empty for none.</summary>
    public ReadOnlyMemory<byte> Ping { get; init; }

    /// <summary>How often <see cref="Ping"/> is sent.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>A connection over which nothing at all came for so long counts as dead.</summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether <see cref="SilenceLimit"/> counts only on connections over which something has come: for a venue of which it is not certain
    /// that it answers pings, and which may have nothing to say for hours.
    /// </summary>
    public bool SilenceNeedsFirstFrame { get; init; }

    /// <summary>How many new connections we open in a minute for what is asked for; less than the venue allows, since connections break too.</summary>
    public int NewConnectionsPerMinute { get; init; } = 30;

    /// <summary>
    /// How many connections may be open for what is asked for, besides the configured ones. Beyond it, what is asked for is moved onto as few as can be.
    /// </summary>
    public int ConnectionsOnDemand { get; init; } = 50;

    /// <summary>Smallest pause between two frames that we send.</summary>
    public TimeSpan SendSpacing { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Smallest pause between two frames that we send over all connections together, for a venue that counts them by address; zero for one
    /// that counts each connection by itself.
    /// </summary>
    public TimeSpan AddressSendSpacing { get; init; }

    /// <summary>Smallest pause between the openings of two connections; zero where what is opened at once is few enough.</summary>
    public TimeSpan ConnectionSpacing { get; init; }

    /// <summary>How long to wait for the acknowledgement of a subscription.</summary>
    public TimeSpan AcknowledgeTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How its books are checked from time to time.</summary>
    public BookCheck BookCheck { get; init; } = BookCheck.EveryMessage;

    /// <summary>
    /// A side of a snapshot with at least so many levels may be longer at the venue; a shorter one is whole. Of a venue whose snapshots show all
    /// that its stream does none is too long.
    /// </summary>
    public int SnapshotLevels { get; init; } = int.MaxValue;

    /// <summary>Largest message that is read; a larger one ends the connection.</summary>
    public int MaxFrameBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>REST weight that the venue allows within <see cref="RestWindow"/>.</summary>
    public int RestWeight { get; init; } = 1200;

    /// <summary>The window of <see cref="RestWeight"/>.</summary>
    public TimeSpan RestWindow { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The response header in which the venue says how much weight it has counted in this window; null when it has none.</summary>
    public string? UsedWeightHeader { get; init; }
}
