using Omnibook.Core.Events;

namespace Omnibook.Venues.Lighter;

/// <summary>A candle. The venue sends JSON numbers.</summary>
/// <param name="Start">Opening time.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="BaseVolume">Base assets traded.</param>
/// <param name="QuoteVolume">Quote assets traded.</param>
/// <param name="LastTradeId">Number of its last trade.</param>
public sealed record LighterCandle(
    Timestamp Start, decimal Open, decimal High, decimal Low, decimal Close, decimal BaseVolume, decimal QuoteVolume, long LastTradeId);

/// <summary>A funding that was paid.</summary>
/// <param name="Time">When.</param>
/// <param name="Rate">The rate of the interval, a fraction; positive when longs paid.</param>
/// <param name="Value">What one base asset paid, in the quote asset, without sign.</param>
public sealed record LighterFunding(Timestamp Time, decimal Rate, decimal Value);

/// <summary>The next funding of a market at a venue.</summary>
/// <param name="Market">The market's number.</param>
/// <param name="Exchange"><c>lighter</c>, <c>binance</c>, <c>bybit</c> or <c>hyperliquid</c>.</param>
/// <param name="Symbol">The market's symbol.</param>
/// <param name="EightHourRate">A fraction for eight hours, whatever the venue's own interval.</param>
public sealed record LighterFundingRate(string Market, string Exchange, string Symbol, decimal EightHourRate)
{
    /// <summary>The same for one hour, which is the interval of this venue.</summary>
    public decimal HourlyRate => EightHourRate / 8;
}

/// <summary>A trade of the past.</summary>
/// <param name="TradeId">Its number.</param>
/// <param name="Kind"><c>trade</c>, <c>liquidation</c>, <c>deleverage</c> or <c>market-settlement</c>.</param>
/// <param name="Price">The price paid.</param>
/// <param name="Size">Base assets.</param>
/// <param name="TakerSide">The taker's side.</param>
/// <param name="Time">When.</param>
public sealed record LighterPastTrade(long TradeId, string Kind, decimal Price, decimal Size, TakerSide TakerSide, Timestamp Time);

/// <summary>A price of the REST book.</summary>
/// <param name="Price">The price.</param>
/// <param name="Size">What the orders there still have to trade.</param>
/// <param name="Orders">How many orders.</param>
public sealed record LighterRestLevel(decimal Price, decimal Size, int Orders);

/// <summary>The REST book, best first: the 250 best orders a side, summed by price. The last price may be incomplete.</summary>
/// <param name="Bids">The bids.</param>
/// <param name="Asks">The asks.</param>
public sealed record LighterRestBook(IReadOnlyList<LighterRestLevel> Bids, IReadOnlyList<LighterRestLevel> Asks);

/// <summary>The figures of a market. What does not apply to it is null.</summary>
public sealed record LighterMarketRow
{
    /// <summary>The market's number.</summary>
    public required string Market { get; init; }

    /// <summary>The market's symbol.</summary>
    public required string Symbol { get; init; }

    /// <summary>Price of the last trade.</summary>
    public decimal? LastTradePrice { get; init; }

    /// <summary>The price at which positions are valued; recent answers have it.</summary>
    public decimal? MarkPrice { get; init; }

    /// <summary>The index price; recent answers have it.</summary>
    public decimal? IndexPrice { get; init; }

    /// <summary>Base assets held open (over REST; the socket gives their worth).</summary>
    public decimal? OpenInterest { get; init; }

    /// <summary>Trades within 24 hours.</summary>
    public long? DailyTradesCount { get; init; }

    /// <summary>Base assets traded within 24 hours.</summary>
    public decimal? DailyBaseTokenVolume { get; init; }

    /// <summary>Quote assets traded within 24 hours.</summary>
    public decimal? DailyQuoteTokenVolume { get; init; }

    /// <summary>Lowest price within 24 hours.</summary>
    public decimal? DailyPriceLow { get; init; }

    /// <summary>Highest price within 24 hours.</summary>
    public decimal? DailyPriceHigh { get; init; }

    /// <summary>Change within 24 hours, in per cent.</summary>
    public decimal? DailyPriceChange { get; init; }

    /// <summary>What a taker pays, in per cent.</summary>
    public decimal? TakerFee { get; init; }

    /// <summary>What a maker pays, in per cent.</summary>
    public decimal? MakerFee { get; init; }
}
