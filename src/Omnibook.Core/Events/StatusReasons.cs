namespace Omnibook.Core.Events;

/// <summary>Stable codes that say why a book is in its state. Clients may compare with them.</summary>
public static class StatusReasons
{
    /// <summary>Nothing to explain.</summary>
    public const string None = "";

    /// <summary>The server has just started.</summary>
    public const string Starting = "starting";

    /// <summary>A connection is being made.</summary>
    public const string Connecting = "connecting";

    /// <summary>The venue's name could not be resolved.</summary>
    public const string NameResolution = "dns";

    /// <summary>The venue's certificate was refused.</summary>
    public const string Certificate = "tls";

    /// <summary>The venue refused the handshake.</summary>
    public const string Refused = "refused";

    /// <summary>The connection ended.</summary>
    public const string Disconnected = "disconnected";

    /// <summary>Updates are kept until a snapshot comes.</summary>
    public const string AwaitingSnapshot = "awaiting-snapshot";

    /// <summary>The snapshot request failed and will be repeated.</summary>
    public const string SnapshotFailed = "snapshot-failed";

    /// <summary>An update is missing.</summary>
    public const string Gap = "gap";

    /// <summary>The venue began to count anew.</summary>
    public const string SequenceRestarted = "sequence-restarted";

    /// <summary>More updates came before the snapshot than are kept.</summary>
    public const string BufferOverflow = "buffer-overflow";

    /// <summary>A frame could not be read, so an update may be missing.</summary>
    public const string Malformed = "malformed";

    /// <summary>The socket is open and nothing comes.</summary>
    public const string FeedSilent = "feed-silent";

    /// <summary>Other channels deliver, this one does not.</summary>
    public const string ChannelSilent = "channel-silent";

    /// <summary>Messages come later than usual: the line or the venue is slow. A book that is live nevertheless takes part in no composite.</summary>
    public const string Lagging = "lagging";

    /// <summary>Nothing happens in the market, as the venue itself says when asked. The book is live.</summary>
    public const string Quiet = "quiet";

    /// <summary>The best bid is not below the best ask.</summary>
    public const string Crossed = "crossed";

    /// <summary>The book differed from the venue's when it was compared.</summary>
    public const string VerifyMismatch = "verify-mismatch";

    /// <summary>The venue says that we ask too often.</summary>
    public const string RateLimited = "rate-limited";

    /// <summary>The venue refuses our address.</summary>
    public const string GeoBlocked = "geo-blocked";

    /// <summary>The venue does not list the instrument, or no longer.</summary>
    public const string Delisted = "delisted";

    /// <summary>The venue shows no level on either side: the instrument was delisted, or nobody quotes it.</summary>
    public const string EmptyBook = "empty-book";

    /// <summary>The venue counts the instrument in finer steps than this one can hold; another one has taken its symbol.</summary>
    public const string Relisted = "relisted";

    /// <summary>The venue refused the subscription.</summary>
    public const string SubscriptionRefused = "subscription-refused";

    /// <summary>Switched off by configuration.</summary>
    public const string Disabled = "disabled";

    /// <summary>Nobody asks for the book any more; it is followed again as soon as somebody does.</summary>
    public const string NotFollowed = "not-followed";

    /// <summary>The recorded frames ended.</summary>
    public const string ReplayEnded = "replay-ended";
}
