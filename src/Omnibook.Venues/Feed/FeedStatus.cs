using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Feed;

/// <summary>What a feed is doing.</summary>
public enum FeedState
{
    /// <summary>Not started, or ended.</summary>
    Stopped,

    /// <summary>A connection is being made.</summary>
    Connecting,

    /// <summary>The socket is open.</summary>
    Connected,

    /// <summary>Waiting before the next try.</summary>
    Waiting,

    /// <summary>The venue refused the handshake because we ask too often; nothing is tried until <see cref="FeedStatus.Until"/>.</summary>
    RateLimited,

    /// <summary>The venue refuses our address; tried again at <see cref="FeedStatus.Until"/>.</summary>
    GeoBlocked,
}

/// <summary>How one stream of a connection is doing.</summary>
public enum ChannelState
{
    /// <summary>Not acknowledged yet.</summary>
    Subscribing,

    /// <summary>Acknowledged; nothing came yet.</summary>
    Waiting,

    /// <summary>Data comes.</summary>
    Delivering,

    /// <summary>Nothing came for longer than its habit allows.</summary>
    Silent,

    /// <summary>The venue refused the subscription.</summary>
    Refused,
}

/// <summary>The state of one stream.</summary>
/// <param name="Name">The venue's name of the stream.</param>
/// <param name="Channel">What it carries.</param>
/// <param name="Symbol">Of which instrument.</param>
/// <param name="State">How it is doing.</param>
/// <param name="Detail">The venue's words or ours where something is wrong; otherwise empty.</param>
/// <param name="DataAge">How long ago it delivered; null when it never did on this connection.</param>
public sealed record ChannelStatus(
    string Name, Channel Channel, string Symbol, ChannelState State, string Detail, TimeSpan? DataAge);

/// <summary>Counts since the feed was created.</summary>
/// <param name="Frames">Messages read.</param>
/// <param name="Bytes">Bytes of them.</param>
/// <param name="Malformed">Messages that could not be read.</param>
/// <param name="Unknown">Messages that nobody asked for.</param>
/// <param name="Connects">Sockets that were opened.</param>
/// <param name="Reconnects">Connections that ended and had to be made anew.</param>
/// <param name="Replacements">Connections that were replaced without a pause.</param>
/// <param name="Resubscribes">Single streams that were begun anew.</param>
/// <param name="Snapshots">Snapshots that were fetched and handed on.</param>
/// <param name="SnapshotsDiscarded">Snapshots that came for a connection that had ended.</param>
/// <param name="SnapshotFailures">Snapshot requests that failed.</param>
/// <param name="Faults">Exceptions of our own code that the supervision caught.</param>
public sealed record FeedCounts(
    long Frames,
    long Bytes,
    long Malformed,
    long Unknown,
    long Connects,
    long Reconnects,
    long Replacements,
    long Resubscribes,
    long Snapshots,
    long SnapshotsDiscarded,
    long SnapshotFailures,
    long Faults);

/// <summary>What a feed looks like at one moment. Read from any thread.</summary>
public sealed record FeedStatus
{
    /// <summary>Whose feed.</summary>
    public required VenueId Venue { get; init; }

    /// <summary>Which of the venue's connections: <c>public-0</c>.</summary>
    public required string Connection { get; init; }

    /// <summary>The socket's address.</summary>
    public required Uri Address { get; init; }

    /// <summary>What the feed is doing.</summary>
    public required FeedState State { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Why, in words that a person can act on; empty when there is nothing to explain.</summary>
    public required string Reason { get; init; }

    /// <summary>When the next try is made, where the feed waits; otherwise null.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Failures in a row: tries that failed, and connections that did not stand for a while.</summary>
    public required int FailedAttempts { get; init; }

    /// <summary>How long ago anything at all came; null when nothing did on this connection.</summary>
    public TimeSpan? FrameAge { get; init; }

    /// <summary>How much later than the venue's own time the last data was read; null when the venue gives no time.</summary>
    public TimeSpan? Lag { get; init; }

    /// <summary>How long ago data came that is of no single stream, as news is; null when none did on this connection.</summary>
    public TimeSpan? NewsAge { get; init; }

    /// <summary>The streams of the connection.</summary>
    public required IReadOnlyList<ChannelStatus> Channels { get; init; }

    /// <summary>Counts since the feed was created.</summary>
    public required FeedCounts Counts { get; init; }
}
