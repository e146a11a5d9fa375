using Omnibook.Core.Events;

namespace Omnibook.Venues.Bybit;

/// <summary>A page of a list that is cut into pages.</summary>
/// <param name="Rows">The rows, in the venue's order.</param>
/// <param name="NextCursor">What asks for the next page; null on the last one.</param>
/// <typeparam name="T">Kind of the rows.</typeparam>
public sealed record BybitPage<T>(IReadOnlyList<T> Rows, string? NextCursor);

/// <summary>A candle.</summary>
/// <param name="Start">Opening time.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Base assets traded; null for candles of the mark and index price.</param>
/// <param name="Turnover">Quote assets traded; null for candles of the mark and index price.</param>
public sealed record BybitCandle(
    Timestamp Start, decimal Open, decimal High, decimal Low, decimal Close, decimal? Volume, decimal? Turnover);

/// <summary>A funding that was paid.</summary>
/// <param name="Symbol">The contract.</param>
/// <param name="FundingRate">The rate, a fraction.</param>
/// <param name="FundingRateTimestamp">When.</param>
public sealed record BybitFunding(string Symbol, decimal FundingRate, Timestamp FundingRateTimestamp);

/// <summary>Open interest at a moment.</summary>
/// <param name="OpenInterest">Base assets, both sides together.</param>
/// <param name="SingleOpenInterest">Base assets, one side; null in answers from before 2026-06-11.</param>
/// <param name="Timestamp">When.</param>
public sealed record BybitOpenInterest(decimal OpenInterest, decimal? SingleOpenInterest, Timestamp Timestamp);

/// <summary>The share of accounts on each side at a moment.</summary>
/// <param name="Symbol">The contract.</param>
/// <param name="BuyRatio">Share of those that are long, a fraction.</param>
/// <param name="SellRatio">Share of those that are short, a fraction.</param>
/// <param name="Timestamp">When.</param>
public sealed record BybitAccountRatio(string Symbol, decimal BuyRatio, decimal SellRatio, Timestamp Timestamp);

/// <summary>A trade of the past.</summary>
/// <param name="ExecId">The venue's name of it; <see cref="BybitTradeId"/> makes the number of it that the socket's trades carry.</param>
/// <param name="Symbol">The contract.</param>
/// <param name="Price">The price paid.</param>
/// <param name="Size">Base assets.</param>
/// <param name="Side">The taker's side.</param>
/// <param name="Time">When.</param>
/// <param name="IsBlockTrade">Whether it was agreed outside the book.</param>
public sealed record BybitTrade(
    string ExecId, string Symbol, decimal Price, decimal Size, TakerSide Side, Timestamp Time, bool IsBlockTrade);

/// <summary>The 24 h figures of a contract. What does not apply to it is null.</summary>
public sealed record BybitTickerRow
{
    /// <summary>The contract.</summary>
    public required string Symbol { get; init; }

    /// <summary>Price of the last trade.</summary>
    public decimal? LastPrice { get; init; }

    /// <summary>The price at which positions are valued.</summary>
    public decimal? MarkPrice { get; init; }

    /// <summary>The index price.</summary>
    public decimal? IndexPrice { get; init; }

    /// <summary>The price 24 hours ago.</summary>
    public decimal? PrevPrice24h { get; init; }

    /// <summary>Change within 24 hours, a fraction.</summary>
    public decimal? Price24hPcnt { get; init; }

    /// <summary>Highest price within 24 hours.</summary>
    public decimal? HighPrice24h { get; init; }

    /// <summary>Lowest price within 24 hours.</summary>
    public decimal? LowPrice24h { get; init; }

    /// <summary>Base assets traded within 24 hours.</summary>
    public decimal? Volume24h { get; init; }

    /// <summary>Quote assets traded within 24 hours.</summary>
    public decimal? Turnover24h { get; init; }

    /// <summary>Base assets held open, both sides together.</summary>
    public decimal? OpenInterest { get; init; }

    /// <summary>Worth of <see cref="OpenInterest"/> in the quote asset.</summary>
    public decimal? OpenInterestValue { get; init; }

    /// <summary>Base assets held open, one side; null in answers from before 2026-06-11.</summary>
    public decimal? SingleOpenInterest { get; init; }

    /// <summary>The running estimate of the next funding, a fraction.</summary>
    public decimal? FundingRate { get; init; }

    /// <summary>When it is paid; unknown when nothing is.</summary>
    public Timestamp NextFundingTime { get; init; }

    /// <summary>Hours between two fundings.</summary>
    public decimal? FundingIntervalHour { get; init; }

    /// <summary>The best bid.</summary>
    public decimal? Bid1Price { get; init; }

    /// <summary>What rests there.</summary>
    public decimal? Bid1Size { get; init; }

    /// <summary>The best ask.</summary>
    public decimal? Ask1Price { get; init; }

    /// <summary>What rests there.</summary>
    public decimal? Ask1Size { get; init; }
}
