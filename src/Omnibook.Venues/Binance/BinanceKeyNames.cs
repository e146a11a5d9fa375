namespace Omnibook.Venues.Binance;

/// <summary>What the keys mean. One letter means different things in different events: <c>a</c> is asks, an ask's price or an aggregate's number.</summary>
internal static class BinanceKeyNames
{
    /// <summary>What a key means; <see cref="BinanceKeys.None"/> when it means nothing here.</summary>
    public static BinanceKeys Of(ReadOnlySpan<byte> name, BinanceEvent kind) => name.Length switch
    {
        1 => Of(name[0], kind),
        2 when name.SequenceEqual("pu"u8) && kind == BinanceEvent.DepthUpdate => BinanceKeys.PreviousId,
        2 when name.SequenceEqual("ap"u8) && kind == BinanceEvent.ForceOrder => BinanceKeys.AveragePrice,
        2 when name.SequenceEqual("st"u8) => BinanceKeys.Family,
        _ => BinanceKeys.None,
    };

    /// <summary>What a key of one letter means. <c>E</c>, <c>T</c> and <c>s</c> mean the same in all events.</summary>
    public static BinanceKeys Of(byte name, BinanceEvent kind) => name switch
    {
        (byte)'E' => BinanceKeys.SendTime,
        (byte)'T' => BinanceKeys.EngineTime,
        (byte)'s' => BinanceKeys.Symbol,
        _ => kind switch
        {
            BinanceEvent.DepthUpdate => OfDepth(name),
            BinanceEvent.AggTrade or BinanceEvent.Trade => OfTrade(name, kind),
            BinanceEvent.BookTicker => OfBookTicker(name),
            BinanceEvent.MarkPrice => OfMarkPrice(name),
            BinanceEvent.Kline => name == 'k' ? BinanceKeys.Candle : BinanceKeys.None,
            _ => OfForceOrder(name),
        },
    };

    /// <summary><code>{"e":"depthUpdate",…,"U":600859601193,"u":600859602861,"pu":600859600917,"b":[["7.5980","1433"]],"a":[["7.6170","534"]]}</code></summary>
    private static BinanceKeys OfDepth(byte name) => name switch
    {
        (byte)'U' => BinanceKeys.FirstId,
        (byte)'u' => BinanceKeys.LastId,
        (byte)'b' => BinanceKeys.Bids,
        (byte)'a' => BinanceKeys.Asks,
        _ => BinanceKeys.None,
    };

    /// <summary>
    /// <code>{"e":"trade",…,"t":3493102749,"p":"27785.00","q":"0.014","X":"MARKET","m":true}</code>
    /// <code>{"e":"aggTrade",…,"a":5933014,"p":"64123.40","q":"0.250","nq":"0.200","f":100,"l":105,"m":true}</code>
    /// </summary>
    private static BinanceKeys OfTrade(byte name, BinanceEvent kind) => name switch
    {
        (byte)'t' when kind == BinanceEvent.Trade => BinanceKeys.TradeId,
        (byte)'a' when kind == BinanceEvent.AggTrade => BinanceKeys.TradeId,
        (byte)'X' when kind == BinanceEvent.Trade => BinanceKeys.Type,
        (byte)'p' => BinanceKeys.Price,
        (byte)'q' => BinanceKeys.Quantity,
        (byte)'m' => BinanceKeys.BuyerIsMaker,
        _ => BinanceKeys.None,
    };

    /// <summary><code>{"e":"bookTicker","u":400900217,…,"b":"25.35","B":"31.21","a":"25.36","A":"40.66"}</code></summary>
    private static BinanceKeys OfBookTicker(byte name) => name switch
    {
        (byte)'u' => BinanceKeys.LastId,
        (byte)'b' => BinanceKeys.BidPrice,
        (byte)'B' => BinanceKeys.BidQuantity,
        (byte)'a' => BinanceKeys.AskPrice,
        (byte)'A' => BinanceKeys.AskQuantity,
        _ => BinanceKeys.None,
    };

    /// <summary><code>{"e":"markPriceUpdate",…,"p":"11794.15000000","i":"11784.62659091","r":"0.00038167","T":1562306400000}</code></summary>
    private static BinanceKeys OfMarkPrice(byte name) => name switch
    {
        (byte)'p' => BinanceKeys.Price,
        (byte)'i' => BinanceKeys.Index,
        (byte)'r' => BinanceKeys.Rate,
        _ => BinanceKeys.None,
    };

    /// <summary><code>{"e":"forceOrder",…,"o":{"s":"BTCUSDT","S":"SELL",…,"ap":"9910","z":"0.014","T":1568014460893}}</code></summary>
    private static BinanceKeys OfForceOrder(byte name) => name switch
    {
        (byte)'o' => BinanceKeys.Order,
        (byte)'S' => BinanceKeys.Side,
        (byte)'z' => BinanceKeys.Filled,
        _ => BinanceKeys.None,
    };
}
