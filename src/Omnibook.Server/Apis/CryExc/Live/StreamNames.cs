namespace Omnibook.Server.Apis.CryExc.Live;

/// <summary>The streams by the names that clients know.</summary>
internal static class StreamNames
{
    /// <summary>Trades.</summary>
    public const string Trade = "trade";

    /// <summary>Books.</summary>
    public const string OrderBook = "orderbook";

    /// <summary>Figures of books.</summary>
    public const string BookStatistics = "orderbook_stats";

    /// <summary>Forced orders.</summary>
    public const string Liquidation = "liquidation";

    /// <summary>Candles.</summary>
    public const string Kline = "kline";

    /// <summary>Cumulative volume delta.</summary>
    public const string Cvd = "cvd";

    /// <summary>Candles by price.</summary>
    public const string Footprint = "footprint";

    /// <summary>What rests and what was traded, by price.</summary>
    public const string Dom = "dom";

    /// <summary>Books as they were.</summary>
    public const string Heatmap = "orderbook_heatmap";

    /// <summary>News.</summary>
    public const string News = "news";
}
