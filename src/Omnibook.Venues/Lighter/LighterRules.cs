namespace Omnibook.Venues.Lighter;

/// <summary>How Lighter wants to be treated.</summary>
internal static class LighterRules
{
    /// <summary>What the limits count is a request of 300 weight; standard and anonymous callers have 60 of them a minute.</summary>
    public static VenueRules Public { get; } = new()
    {
        // At least one frame in two minutes, or the venue closes: https://apidocs.lighter.xyz/docs/websocket-reference.
        Ping = "{\"type\":\"ping\"}"u8.ToArray(),
        PingInterval = TimeSpan.FromSeconds(30),
        SilenceLimit = TimeSpan.FromSeconds(45),

        // 200 messages a minute from one address, and 50 that wait for their answer: https://apidocs.lighter.xyz/docs/rate-limits.
        SendSpacing = TimeSpan.FromMilliseconds(300),
        AddressSendSpacing = TimeSpan.FromMilliseconds(350),
        AcknowledgeTimeout = TimeSpan.FromSeconds(10),

        // 100 connections and 60 new ones a minute from one address: https://apidocs.lighter.xyz/docs/rate-limits.
        ConnectionSpacing = TimeSpan.FromSeconds(1.2),
        NewConnectionsPerMinute = 20,
        ConnectionsOnDemand = 40,

        // A snapshot of several thousand levels is some 400 KB.
        MaxFrameBytes = 16 * 1024 * 1024,

        // https://apidocs.lighter.xyz/docs/rate-limits: 60 requests a minute.
        RestWeight = 60,
        RestWindow = TimeSpan.FromMinutes(1),

        // The REST book has no nonce, but each connection gets a snapshot with one.
        BookCheck = BookCheck.SecondConnection,
    };
}
