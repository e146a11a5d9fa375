using Omnibook.Core.Derived;
using Omnibook.Venues.Candles;

namespace Omnibook.Venues.Binance;

/// <summary>Keys of the events' fields, as a set: which of them a frame had.</summary>
[Flags]
internal enum BinanceKeys
{
    None = 0,
    SendTime = 1 << 0,
    EngineTime = 1 << 1,
    Symbol = 1 << 2,
    Family = 1 << 3,
    FirstId = 1 << 4,
    LastId = 1 << 5,
    PreviousId = 1 << 6,
    TradeId = 1 << 7,
    Price = 1 << 8,
    Quantity = 1 << 9,
    BuyerIsMaker = 1 << 10,
    Type = 1 << 11,
    BidPrice = 1 << 12,
    BidQuantity = 1 << 13,
    AskPrice = 1 << 14,
    AskQuantity = 1 << 15,
    Bids = 1 << 16,
    Asks = 1 << 17,
    Index = 1 << 18,
    Rate = 1 << 19,
    Side = 1 << 20,
    AveragePrice = 1 << 21,
    Filled = 1 << 22,

    /// <summary><c>o</c>: within a forced order's event, the order.</summary>
    Order = 1 << 23,

    /// <summary><c>k</c>: within a kline's event, the candle.</summary>
    Candle = 1 << 26,

    /// <summary>A key that means nothing here.</summary>
    Ignored = 1 << 24,

    /// <summary>What stands where a key should is not one in the venue's layout.</summary>
    Unreadable = 1 << 25,
}

/// <summary>
/// The fields of one event as they were read, before anything is concluded from them. Both parsers fill it and
/// <see cref="IBinanceMarket"/> alone reads it, so that a rule cannot hold for one parser and not for the other.
/// Amounts are still text, since their scale is known only once the symbol is.
/// </summary>
internal ref struct BinanceFields
{
    /// <summary>The event.</summary>
    public BinanceEvent Event;

    /// <summary>Which of the keys were there with a value other than null.</summary>
    public BinanceKeys Present;

    /// <summary><c>stream</c> of the envelope; empty for a frame without one.</summary>
    public ReadOnlySpan<byte> Stream;

    /// <summary><c>s</c>.</summary>
    public ReadOnlySpan<byte> Symbol;

    /// <summary><c>E</c>, milliseconds.</summary>
    public long SendTime;

    /// <summary><c>T</c>, milliseconds; of a mark price the next funding time.</summary>
    public long EngineTime;

    /// <summary><c>st</c>: 1 for USD-M, 2 for COIN-M.</summary>
    public long Family;

    /// <summary><c>U</c>.</summary>
    public long FirstId;

    /// <summary><c>u</c>.</summary>
    public long LastId;

    /// <summary><c>pu</c>.</summary>
    public long PreviousId;

    /// <summary><c>t</c> of a trade, <c>a</c> of an aggregate.</summary>
    public long TradeId;

    /// <summary><c>p</c>.</summary>
    public ReadOnlySpan<byte> Price;

    /// <summary><c>q</c>.</summary>
    public ReadOnlySpan<byte> Quantity;

    /// <summary><c>b</c> of a bookTicker.</summary>
    public ReadOnlySpan<byte> BidPrice;

    /// <summary><c>B</c>.</summary>
    public ReadOnlySpan<byte> BidQuantity;

    /// <summary><c>a</c> of a bookTicker.</summary>
    public ReadOnlySpan<byte> AskPrice;

    /// <summary><c>A</c>.</summary>
    public ReadOnlySpan<byte> AskQuantity;

    /// <summary><c>X</c> of a trade.</summary>
    public ReadOnlySpan<byte> Type;

    /// <summary><c>i</c> of a mark price.</summary>
    public ReadOnlySpan<byte> Index;

    /// <summary><c>r</c>.</summary>
    public ReadOnlySpan<byte> Rate;

    /// <summary><c>S</c> of a forced order.</summary>
    public ReadOnlySpan<byte> Side;

    /// <summary><c>ap</c> of a forced order.</summary>
    public ReadOnlySpan<byte> AveragePrice;

    /// <summary><c>z</c>.</summary>
    public ReadOnlySpan<byte> Filled;

    /// <summary><c>m</c>.</summary>
    public bool BuyerIsMaker;

    /// <summary><c>k</c> of a kline.</summary>
    public CandleFields Candle;

    /// <summary><c>i</c> of a kline's candle; null when it is none of ours.</summary>
    public CandleInterval? Interval;

    /// <summary>True when every one of <paramref name="keys"/> was there.</summary>
    public readonly bool Has(BinanceKeys keys) => (Present & keys) == keys;
}
