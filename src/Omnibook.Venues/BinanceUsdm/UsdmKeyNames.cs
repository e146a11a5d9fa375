namespace Omnibook.Venues.BinanceUsdm;

/// <summary>What the keys mean. One letter means different things in different events: <c>a</c> is asks, an ask's price or an aggregate's number.</summary>
internal static class UsdmKeyNames
{
    /// <summary>What a key means; <see cref="UsdmKeys.None"/> when it means nothing here.</summary>
    public static UsdmKeys Of(ReadOnlySpan<byte> name, UsdmEvent kind) => name.Length switch
    {
        1 => Of(name[0], kind),
        2 when name.SequenceEqual("pu"u8) && kind == UsdmEvent.DepthUpdate => UsdmKeys.PreviousId,
        2 when name.SequenceEqual("ap"u8) && kind == UsdmEvent.ForceOrder => UsdmKeys.AveragePrice,
        2 when name.SequenceEqual("st"u8) => UsdmKeys.Family,
        _ => UsdmKeys.None,
    };

    /// <summary>What a key of one letter means. <c>E</c>, <c>T</c> and <c>s</c> mean the same in all events.</summary>
    public static UsdmKeys Of(byte name, UsdmEvent kind) => name switch
    {
        (byte)'E' => UsdmKeys.SendTime,
        (byte)'T' => UsdmKeys.EngineTime,
        (byte)'s' => UsdmKeys.Symbol,
        _ => kind switch
        {
            UsdmEvent.DepthUpdate => OfDepth(name),
            UsdmEvent.AggTrade or UsdmEvent.Trade => OfTrade(name, kind),
            UsdmEvent.BookTicker => OfBookTicker(name),
            UsdmEvent.MarkPrice => OfMarkPrice(name),
            _ => OfForceOrder(name),
        },
    };

    /// <summary><code>{"e":"depthUpdate",…,"U":600859601193,"u":600859602861,"pu":600859600917,"b":[["7.5980","1433"]],"a":[["7.6170","534"]]}</code></summary>
    private static UsdmKeys OfDepth(byte name) => name switch
    {
        (byte)'U' => UsdmKeys.FirstId,
        (byte)'u' => UsdmKeys.LastId,
        (byte)'b' => UsdmKeys.Bids,
        (byte)'a' => UsdmKeys.Asks,
        _ => UsdmKeys.None,
    };

    /// <summary>
    /// <code>{"e":"trade",…,"t":3493102749,"p":"27785.00","q":"0.014","X":"MARKET","m":true}</code>
    /// <code>{"e":"aggTrade",…,"a":5933014,"p":"64123.40","q":"0.250","nq":"0.200","f":100,"l":105,"m":true}</code>
    /// </summary>
    private static UsdmKeys OfTrade(byte name, UsdmEvent kind) => name switch
    {
        (byte)'t' when kind == UsdmEvent.Trade => UsdmKeys.TradeId,
        (byte)'a' when kind == UsdmEvent.AggTrade => UsdmKeys.TradeId,
        (byte)'X' when kind == UsdmEvent.Trade => UsdmKeys.Type,
        (byte)'p' => UsdmKeys.Price,
        (byte)'q' => UsdmKeys.Quantity,
        (byte)'m' => UsdmKeys.BuyerIsMaker,
        _ => UsdmKeys.None,
    };

    /// <summary><code>{"e":"bookTicker","u":400900217,…,"b":"25.35","B":"31.21","a":"25.36","A":"40.66"}</code></summary>
    private static UsdmKeys OfBookTicker(byte name) => name switch
    {
        (byte)'u' => UsdmKeys.LastId,
        (byte)'b' => UsdmKeys.BidPrice,
        (byte)'B' => UsdmKeys.BidQuantity,
        (byte)'a' => UsdmKeys.AskPrice,
        (byte)'A' => UsdmKeys.AskQuantity,
        _ => UsdmKeys.None,
    };

    /// <summary><code>{"e":"markPriceUpdate",…,"p":"11794.15000000","i":"11784.62659091","r":"0.00038167","T":1562306400000}</code></summary>
    private static UsdmKeys OfMarkPrice(byte name) => name switch
    {
        (byte)'p' => UsdmKeys.Price,
        (byte)'i' => UsdmKeys.Index,
        (byte)'r' => UsdmKeys.Rate,
        _ => UsdmKeys.None,
    };

    /// <summary><code>{"e":"forceOrder",…,"o":{"s":"BTCUSDT","S":"SELL",…,"ap":"9910","z":"0.014","T":1568014460893}}</code></summary>
    private static UsdmKeys OfForceOrder(byte name) => name switch
    {
        (byte)'o' => UsdmKeys.Order,
        (byte)'S' => UsdmKeys.Side,
        (byte)'z' => UsdmKeys.Filled,
        _ => UsdmKeys.None,
    };
}
