namespace Omnibook.Venues.Binance;

/// <summary>The events of Binance USD-M that are translated, by the value of their key <c>e</c>.</summary>
internal enum BinanceEvent
{
    /// <summary>An event that is not translated, or none.</summary>
    None,

    /// <summary><c>depthUpdate</c>.</summary>
    DepthUpdate,

    /// <summary><c>aggTrade</c>.</summary>
    AggTrade,

    /// <summary><c>trade</c>.</summary>
    Trade,

    /// <summary><c>bookTicker</c>.</summary>
    BookTicker,

    /// <summary><c>markPriceUpdate</c>.</summary>
    MarkPrice,

    /// <summary><c>forceOrder</c>.</summary>
    ForceOrder,

    /// <summary><c>kline</c>.</summary>
    Kline,

    /// <summary><c>serverShutdown</c>: announced for Spot; taken here too, should futures ever send it.</summary>
    ServerShutdown,
}

/// <summary>The names of <see cref="BinanceEvent"/> on the wire.</summary>
internal static class BinanceEventNames
{
    public static BinanceEvent Read(ReadOnlySpan<byte> name) => name.Length switch
    {
        5 when name.SequenceEqual("trade"u8) => BinanceEvent.Trade,
        5 when name.SequenceEqual("kline"u8) => BinanceEvent.Kline,
        8 when name.SequenceEqual("aggTrade"u8) => BinanceEvent.AggTrade,
        10 when name.SequenceEqual("bookTicker"u8) => BinanceEvent.BookTicker,
        10 when name.SequenceEqual("forceOrder"u8) => BinanceEvent.ForceOrder,
        11 when name.SequenceEqual("depthUpdate"u8) => BinanceEvent.DepthUpdate,
        14 when name.SequenceEqual("serverShutdown"u8) => BinanceEvent.ServerShutdown,
        15 when name.SequenceEqual("markPriceUpdate"u8) => BinanceEvent.MarkPrice,
        _ => BinanceEvent.None,
    };

    /// <summary>The channel that an event belongs to.</summary>
    public static Channel ChannelOf(BinanceEvent kind) => kind switch
    {
        BinanceEvent.DepthUpdate => Channel.Book,
        BinanceEvent.AggTrade or BinanceEvent.Trade => Channel.Trades,
        BinanceEvent.BookTicker => Channel.TopOfBook,
        BinanceEvent.MarkPrice => Channel.Derived,
        BinanceEvent.ForceOrder => Channel.Liquidations,
        BinanceEvent.Kline => Channel.Candles,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Of no channel."),
    };
}
