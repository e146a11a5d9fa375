using Omnibook.Core.Events;

namespace Omnibook.Venues.BinanceSpot;

/// <summary>A candle.</summary>
/// <param name="Start">Opening time.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="BaseVolume">Base assets traded.</param>
/// <param name="End">Closing time, the last millisecond of the candle.</param>
/// <param name="QuoteVolume">Quote assets traded.</param>
/// <param name="Trades">How many fills.</param>
/// <param name="TakerBuyBase">Base assets that takers bought.</param>
/// <param name="TakerBuyQuote">Quote assets that takers paid for them.</param>
public sealed record BinanceSpotCandle(
    Timestamp Start,
    decimal Open,
    decimal High,
    decimal Low,
    decimal Close,
    decimal BaseVolume,
    Timestamp End,
    decimal QuoteVolume,
    long Trades,
    decimal TakerBuyBase,
    decimal TakerBuyQuote);

/// <summary>A trade of the past: an aggregate, or a fill.</summary>
/// <param name="TradeId">Its number, of aggregates or of fills.</param>
/// <param name="Price">The price paid.</param>
/// <param name="Quantity">Base assets.</param>
/// <param name="TakerSide">The taker's side.</param>
/// <param name="Time">When.</param>
/// <param name="FirstFill">Number of its first fill; of a fill its own.</param>
/// <param name="LastFill">Number of its last fill; of a fill its own.</param>
public sealed record BinanceSpotTrade(
    long TradeId, decimal Price, decimal Quantity, TakerSide TakerSide, Timestamp Time, long FirstFill, long LastFill);

/// <summary>The best bid and ask.</summary>
/// <param name="Symbol">The pair.</param>
/// <param name="BidPrice">The best bid; zero when there is none.</param>
/// <param name="BidQuantity">What rests there.</param>
/// <param name="AskPrice">The best ask; zero when there is none.</param>
/// <param name="AskQuantity">What rests there.</param>
public sealed record BinanceSpotTop(string Symbol, decimal BidPrice, decimal BidQuantity, decimal AskPrice, decimal AskQuantity);

/// <summary>The last price of a pair.</summary>
/// <param name="Symbol">The pair.</param>
/// <param name="Price">The price of its last trade.</param>
public sealed record BinanceSpotPrice(string Symbol, decimal Price);

/// <summary>The figures of 24 hours.</summary>
public sealed record BinanceSpotTicker
{
    /// <summary>The pair.</summary>
    public required string Symbol { get; init; }

    /// <summary>Last price minus the price of 24 hours ago.</summary>
    public decimal PriceChange { get; init; }

    /// <summary>The same in per cent.</summary>
    public decimal PriceChangePercent { get; init; }

    /// <summary>Mean price by volume.</summary>
    public decimal WeightedAveragePrice { get; init; }

    /// <summary>Close of the day before.</summary>
    public decimal PreviousClosePrice { get; init; }

    /// <summary>Price of the last trade.</summary>
    public decimal LastPrice { get; init; }

    /// <summary>Base assets of the last trade.</summary>
    public decimal LastQuantity { get; init; }

    /// <summary>The best bid.</summary>
    public decimal BidPrice { get; init; }

    /// <summary>What rests there.</summary>
    public decimal BidQuantity { get; init; }

    /// <summary>The best ask.</summary>
    public decimal AskPrice { get; init; }

    /// <summary>What rests there.</summary>
    public decimal AskQuantity { get; init; }

    /// <summary>Price of 24 hours ago.</summary>
    public decimal OpenPrice { get; init; }

    /// <summary>Highest price.</summary>
    public decimal HighPrice { get; init; }

    /// <summary>Lowest price.</summary>
    public decimal LowPrice { get; init; }

    /// <summary>Base assets traded.</summary>
    public decimal BaseVolume { get; init; }

    /// <summary>Quote assets traded.</summary>
    public decimal QuoteVolume { get; init; }

    /// <summary>Beginning of the 24 hours.</summary>
    public Timestamp OpenTime { get; init; }

    /// <summary>Their end.</summary>
    public Timestamp CloseTime { get; init; }

    /// <summary>Number of the first fill; -1 when there was none.</summary>
    public long FirstTradeId { get; init; }

    /// <summary>Number of the last fill; -1 when there was none.</summary>
    public long LastTradeId { get; init; }

    /// <summary>How many fills.</summary>
    public long Trades { get; init; }
}
