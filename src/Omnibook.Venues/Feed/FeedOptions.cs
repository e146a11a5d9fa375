using System.Net;

namespace Omnibook.Venues.Feed;

/// <summary>What can be set about a feed, apart from the venue's own <see cref="VenueRules"/>.</summary>
public sealed record FeedOptions
{
    /// <summary>The options that are used when nothing is said.</summary>
    public static FeedOptions Default { get; } = new();

    /// <summary>Seed of every random choice (jitter, stagger), so that a run can be repeated.</summary>
    public int Seed { get; init; }

    /// <summary>How long to wait after the second try to connect that failed; the first is repeated at once, later waits grow from this one.</summary>
    public TimeSpan ReconnectDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Finds the addresses of a name.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolver { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>How long the name lookup, TCP, TLS and WebSocket handshakes may take together.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the WebSocket layer pings the venue, so that a half-open TCP connection is found.</summary>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long such a ping may stay unanswered.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Within which time after subscribing a stream with a quiet limit has to deliver, or its channel is named in a warning.</summary>
    public TimeSpan FirstDataWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often silence, age and acknowledgements are looked at.</summary>
    public TimeSpan WatchInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a connection has to stand before its end counts as the first failure again.</summary>
    public TimeSpan StableAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait after the venue closed with 1008 (policy violation).</summary>
    public TimeSpan PolicyViolationWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait after the venue refused our address (403 or 451).</summary>
    public TimeSpan GeoBlockRetry { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>First pause before a stream is asked for again that the venue refused; it doubles each time.</summary>
    public TimeSpan RefusedRetry { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest of these pauses.</summary>
    public TimeSpan RefusedRetryMax { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a replacement connection gets to deliver before it is given up and the old one kept.</summary>
    public TimeSpan ReplacementTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After so many unreadable frames in a row the connection is made anew.</summary>
    public int MaxMalformedInARow { get; init; } = 5;

    /// <summary>
    /// Whether the connection's own thread waits inside the kernel for bytes instead of being woken by the thread pool.
    /// </summary>
    public bool BlockingReads { get; init; } = true;

    /// <summary>The pace that all feeds of the venue keep together; null where there is but one connection, or the venue counts none by address.</summary>
    public AddressPace? Pace { get; init; }

    /// <summary>Takes every frame as it came; null records nothing. The feed does not dispose it.</summary>
    public FrameRecorder? Recorder { get; init; }

    /// <summary>Is told of the streams of trades; null for nobody.</summary>
    public ITradeStreams? Trades { get; init; }

    /// <summary>Takes the feed's sentences for the log. It is called from any thread and must not block.</summary>
    public Action<FeedNotice>? Notices { get; init; }
}
