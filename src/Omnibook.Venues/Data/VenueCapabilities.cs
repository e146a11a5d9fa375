using Omnibook.Core.Derived;

namespace Omnibook.Venues.Data;

/// <summary>What can be asked of a venue, beside what it streams. What is empty or false cannot be asked.</summary>
public sealed record VenueCapabilities
{
    /// <summary>Nothing at all.</summary>
    public static VenueCapabilities None { get; } = new();

    /// <summary>Candles of these lengths.</summary>
    public IReadOnlyList<CandleInterval> Candles { get; init; } = [];

    /// <summary>Open interest now.</summary>
    public bool OpenInterest { get; init; }

    /// <summary>Open interest in the past, at these steps.</summary>
    public IReadOnlyList<CandleInterval> OpenInterestHistory { get; init; } = [];

    /// <summary>Funding paid in the past.</summary>
    public bool FundingHistory { get; init; }

    /// <summary>Funding that will be paid next.</summary>
    public bool FundingForecast { get; init; }

    /// <summary>Shares of long and short accounts in the past, at these steps.</summary>
    public IReadOnlyList<CandleInterval> LongShort { get; init; } = [];

    /// <summary>The figures of the last 24 hours.</summary>
    public bool Tickers { get; init; }

    /// <summary>The newest trades.</summary>
    public bool RecentTrades { get; init; }

    /// <summary>Trades from a number on: a hole can be filled whole.</summary>
    public bool TradesById { get; init; }

    /// <summary>The numbers of an instrument's trades leave none out, so that a hole shows in them.</summary>
    public bool ConsecutiveTrades { get; init; }

    /// <summary>Forced orders are streamed.</summary>
    public bool Liquidations { get; init; }
}
