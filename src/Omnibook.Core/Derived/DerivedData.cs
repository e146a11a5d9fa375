using Omnibook.Core.Events;

namespace Omnibook.Core.Derived;

/// <summary>A candle, as a venue or a history tells it. It is closed when its interval is over, not when it was asked for.</summary>
/// <param name="Start">Opening time.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="BaseVolume">Base assets traded.</param>
/// <param name="QuoteVolume">Quote assets traded; null where the venue does not say.</param>
/// <param name="Trades">How many trades; null where the venue does not say.</param>
public sealed record Candle(
    Timestamp Start, decimal Open, decimal High, decimal Low, decimal Close, decimal BaseVolume, decimal? QuoteVolume, long? Trades);

/// <summary>How much was held open at a moment.</summary>
/// <param name="At">When, by the venue's clock.</param>
/// <param name="Quantity">Base assets, one side counted.</param>
/// <param name="Value">Its worth in the quote asset; null where neither the venue nor a mark price of the moment tells it.</param>
public sealed record OpenInterestPoint(Timestamp At, decimal Quantity, decimal? Value);

/// <summary>A funding that was paid.</summary>
/// <param name="At">When.</param>
/// <param name="Rate">The rate of one interval, a fraction; positive when longs paid.</param>
/// <param name="Interval">Length of the interval; null where the venue does not say.</param>
public sealed record FundingPoint(Timestamp At, decimal Rate, TimeSpan? Interval);

/// <summary>The funding that will be paid next, so far as it is known.</summary>
/// <param name="Venue">Whose forecast: <c>HlPerp</c>, <c>BinPerp</c>, <c>BybitPerp</c>, or the venue's key.</param>
/// <param name="Rate">The rate of one interval, a fraction.</param>
/// <param name="NextAt">When it is paid; unknown where the venue does not say.</param>
/// <param name="Interval">Length of the interval; null where the venue does not say.</param>
public sealed record FundingForecast(string Venue, decimal Rate, Timestamp NextAt, TimeSpan? Interval);

/// <summary>The share of accounts on each side at a moment; both are fractions and sum to 1.</summary>
/// <param name="At">When.</param>
/// <param name="LongShare">Share of accounts that are long.</param>
/// <param name="ShortShare">Share of accounts that are short.</param>
public sealed record LongShortPoint(Timestamp At, decimal LongShare, decimal ShortShare);

/// <summary>The figures of the last 24 hours. What a venue does not say is null.</summary>
public sealed record DayTicker
{
    /// <summary>The venue's own spelling of the instrument.</summary>
    public required string Symbol { get; init; }

    /// <summary>Price of the last trade.</summary>
    public decimal? Last { get; init; }

    /// <summary>The price at which positions are valued.</summary>
    public decimal? Mark { get; init; }

    /// <summary>The index (oracle) price.</summary>
    public decimal? Index { get; init; }

    /// <summary>The price 24 hours ago.</summary>
    public decimal? Open { get; init; }

    /// <summary>Highest price.</summary>
    public decimal? High { get; init; }

    /// <summary>Lowest price.</summary>
    public decimal? Low { get; init; }

    /// <summary>Base assets traded.</summary>
    public decimal? BaseVolume { get; init; }

    /// <summary>Quote assets traded.</summary>
    public decimal? QuoteVolume { get; init; }

    /// <summary>Base assets held open, one side counted.</summary>
    public decimal? OpenInterest { get; init; }

    /// <summary>The funding that will be paid next, a fraction.</summary>
    public decimal? FundingRate { get; init; }

    /// <summary>When it is paid.</summary>
    public Timestamp NextFundingAt { get; init; }

    /// <summary>How many trades.</summary>
    public long? Trades { get; init; }
}

/// <summary>A trade of the past, as a request answers it. Its number is that of the socket's trades.</summary>
/// <param name="TradeId">The venue's number of it.</param>
/// <param name="Price">The price paid.</param>
/// <param name="Quantity">Base assets.</param>
/// <param name="TakerSide">Who crossed the spread.</param>
/// <param name="At">When, by the venue's clock.</param>
public sealed record PastTrade(long TradeId, decimal Price, decimal Quantity, TakerSide TakerSide, Timestamp At);
