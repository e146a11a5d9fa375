namespace Omnibook.Venues.Bybit;

/// <summary>How Bybit wants to be treated.</summary>
internal static class BybitRules
{
    /// <summary>The public linear socket and the public REST endpoints.</summary>
    public static VenueRules Public { get; } = new()
    {
        // A ping of the WebSocket layer is not enough, the venue wants its own every 20 s:
        // https://bybit-exchange.github.io/docs/v5/ws/connect#how-to-send-the-heartbeat-packet, bybit-exchange/pybit#164.
        Ping = "{\"req_id\":\"ping\",\"op\":\"ping\"}"u8.ToArray(),
        PingInterval = TimeSpan.FromSeconds(20),

        // The top of book is sent again every 3 s, tickers every 100 ms, and the pong every 20 s at the latest.
        SilenceLimit = TimeSpan.FromSeconds(30),

        // No rate of requests is documented for the public sockets; a few a second have never been refused.
        SendSpacing = TimeSpan.FromMilliseconds(100),

        // 1000 levels a side are some 60 KB; the ticker of everything is not subscribed.
        MaxFrameBytes = 4 * 1024 * 1024,

        // 600 requests in 5 s from one address, then HTTP 403 for at least ten minutes. A sixth is left to others behind the same
        // address: https://bybit-exchange.github.io/docs/v5/rate-limit#ip-limit.
        RestWeight = 500,
        RestWindow = TimeSpan.FromSeconds(5),

        // The REST book counts like another stream, but each connection gets a snapshot with the numbers of the stream.
        BookCheck = BookCheck.SecondConnection,
    };
}
