namespace Omnibook.Venues.Hyperliquid;

/// <summary>How Hyperliquid wants to be treated.</summary>
/// <seealso href="https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/rate-limits-and-user-limits"/>
internal static class HyperliquidRules
{
    /// <summary>Subscriptions that one address may hold, over all its connections.</summary>
    public const int MaxSubscriptions = 1000;

    /// <summary>
    /// Sockets that we open for one set of instruments. The venue allows ten an address (older pages: 100) and thirty new ones a
    /// minute; half is left for replacements, which are opened before the old ones are closed, and for the user's other programs.
    /// </summary>
    public const int MaxConnections = 5;

    /// <summary>Weight that <see cref="BookRefresh"/> may use a minute on one socket: 40 requests of weight 2.</summary>
    private const int WeightOfRefreshes = 80;

    /// <summary>The rules of the public socket and of POST /info.</summary>
    public static VenueRules Public { get; } = new()
    {
        // No age limit is published; clients report silence after 24 to 48 hours (hyperliquid-python-sdk#145).
        MaxConnectionAge = TimeSpan.FromHours(23),

        // The venue closes a socket to which it has sent nothing for 60 s, and sends no protocol pings itself.
        Ping = """{"method":"ping"}"""u8.ToArray(),
        PingInterval = TimeSpan.FromSeconds(20),

        // Longer than the ping interval, so that a quiet coin's socket is kept by its pongs.
        SilenceLimit = TimeSpan.FromSeconds(30),

        // Thirty a minute and ten at once are allowed for the address: see MaxConnections.
        NewConnectionsPerMinute = 10,
        ConnectionsOnDemand = 3,

        // 2000 messages a minute over all sockets.
        SendSpacing = TimeSpan.FromMilliseconds(50),
        AddressSendSpacing = TimeSpan.FromMilliseconds(35),
        AcknowledgeTimeout = TimeSpan.FromSeconds(10),
        MaxFrameBytes = 8 * 1024 * 1024,

        // 1200 for the address in all; the rest is for the books that are asked for on the sockets, see BookRefresh.
        RestWeight = 1200 - MaxConnections * WeightOfRefreshes,
        RestWindow = TimeSpan.FromMinutes(1),
    };

    /// <summary>
    /// After how much silence a book's stream counts as broken. One push clock serves all coins, changed or not; its period has
    /// drifted from 0.5 to 5.4 seconds, so this is three of the slow ones.
    /// </summary>
    public static TimeSpan BookQuietLimit { get; } = TimeSpan.FromSeconds(17);

    /// <summary>The same for mark price and funding, which come about once a second.</summary>
    public static TimeSpan DerivedQuietLimit { get; } = TimeSpan.FromSeconds(30);
}
