namespace Omnibook.Simulator.Coinbase;

/// <summary>
/// The public channels. https://docs.cdp.coinbase.com/coinbase-app/advanced-trade-apis/websocket/websocket-channels
/// </summary>
internal static class CoinbaseChannel
{
    /// <summary>The book; its frames say <see cref="Level2Data"/>.</summary>
    public const string Level2 = "level2";

    /// <summary>What frames of the book say.</summary>
    public const string Level2Data = "l2_data";

    /// <summary>Trades.</summary>
    public const string Trades = "market_trades";

    /// <summary>The best bid and ask and the day, with each trade.</summary>
    public const string Ticker = "ticker";

    /// <summary>The day each five seconds, without bid and ask.</summary>
    public const string TickerBatch = "ticker_batch";

    /// <summary>Candles of five minutes.</summary>
    public const string Candles = "candles";

    /// <summary>Whether products trade.</summary>
    public const string Status = "status";

    /// <summary>One a second.</summary>
    public const string Heartbeats = "heartbeats";

    /// <summary>What acknowledges.</summary>
    public const string Subscriptions = "subscriptions";

    /// <summary>The channels of products, as requests spell them; faults pick one of these.</summary>
    public static IReadOnlyList<string> OfProducts { get; } = [Level2, Trades, Ticker, TickerBatch, Candles, Status];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. OfProducts, Heartbeats];

    /// <summary>What the frames of a channel say.</summary>
    public static string NameInFrames(string channel) => channel == Level2 ? Level2Data : channel;
}
