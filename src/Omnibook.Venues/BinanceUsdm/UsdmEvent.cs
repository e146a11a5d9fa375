namespace Omnibook.Venues.BinanceUsdm;

/// <summary>The events of Binance USD-M that are translated, by the value of their key <c>e</c>.</summary>
internal enum UsdmEvent
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

    /// <summary><c>serverShutdown</c>: announced for Spot; taken here too, should futures ever send it.</summary>
    ServerShutdown,
}

/// <summary>The names of <see cref="UsdmEvent"/> on the wire.</summary>
internal static class UsdmEventNames
{
    public static UsdmEvent Read(ReadOnlySpan<byte> name) => name.Length switch
    {
        5 when name.SequenceEqual("trade"u8) => UsdmEvent.Trade,
        8 when name.SequenceEqual("aggTrade"u8) => UsdmEvent.AggTrade,
        10 when name.SequenceEqual("bookTicker"u8) => UsdmEvent.BookTicker,
        10 when name.SequenceEqual("forceOrder"u8) => UsdmEvent.ForceOrder,
        11 when name.SequenceEqual("depthUpdate"u8) => UsdmEvent.DepthUpdate,
        14 when name.SequenceEqual("serverShutdown"u8) => UsdmEvent.ServerShutdown,
        15 when name.SequenceEqual("markPriceUpdate"u8) => UsdmEvent.MarkPrice,
        _ => UsdmEvent.None,
    };

    /// <summary>The channel that an event belongs to.</summary>
    public static Channel ChannelOf(UsdmEvent kind) => kind switch
    {
        UsdmEvent.DepthUpdate => Channel.Book,
        UsdmEvent.AggTrade or UsdmEvent.Trade => Channel.Trades,
        UsdmEvent.BookTicker => Channel.TopOfBook,
        UsdmEvent.MarkPrice => Channel.Derived,
        UsdmEvent.ForceOrder => Channel.Liquidations,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Of no channel."),
    };
}
