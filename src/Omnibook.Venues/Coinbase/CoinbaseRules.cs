namespace Omnibook.Venues.Coinbase;

/// <summary>How Coinbase wants to be treated.</summary>
internal static class CoinbaseRules
{
    /// <summary>
    /// Level2 products on one connection. On no page; a thirty-first is refused with <c>too many L2 streams requested in a single
    /// session</c>, or accepted and silent (JKorf/Coinbase.Net#19).
    /// </summary>
    public const int MaxBooks = 30;

    /// <summary>Limits of the Advanced Trade socket and of its public REST host.</summary>
    public static VenueRules Public { get; } = new()
    {
        // 8 messages without a key and 8 new connections a second from one address:
        // https://docs.cdp.coinbase.com/coinbase-app/advanced-trade-apis/websocket/websocket-rate-limits.
        // All subscriptions of an opening are out within a second; the venue gives five for the first.
        SendSpacing = TimeSpan.FromMilliseconds(150),
        AddressSendSpacing = TimeSpan.FromMilliseconds(150),
        ConnectionSpacing = TimeSpan.FromMilliseconds(150),
        AcknowledgeTimeout = TimeSpan.FromSeconds(10),

        // A heartbeat comes every second; a large snapshot may keep it waiting for some.
        SilenceLimit = TimeSpan.FromSeconds(10),

        // BTC-USD's snapshot is one frame of 4.8 MB.
        MaxFrameBytes = 32 * 1024 * 1024,

        // The page states no limit for public requests; ccxt keeps to 10 a second and address.
        RestWeight = 10,
        RestWindow = TimeSpan.FromSeconds(1),

        // Numbers count the messages of one connection, and the REST book has none.
        BookCheck = BookCheck.Resubscription,
    };
}
