using Omnibook.Venues.Data;

namespace Omnibook.Server.Apis.MarketData;

/// <summary>Something that an exchange may have or lack.</summary>
/// <param name="Words">What it is, for people.</param>
/// <param name="IsOffered">Whether a venue has it.</param>
internal sealed record Feature(string Words, Func<VenueCapabilities, bool> IsOffered)
{
    /// <summary>Candles.</summary>
    public static readonly Feature Candles = new("candles", venue => venue.Candles.Count > 0);

    /// <summary>Open interest of now.</summary>
    public static readonly Feature OpenInterest = new("open interest", venue => venue.OpenInterest);

    /// <summary>Open interest of the past.</summary>
    public static readonly Feature OpenInterestHistory = new("history of open interest", venue => venue.OpenInterestHistory.Count > 0);

    /// <summary>Funding that was paid.</summary>
    public static readonly Feature Funding = new("funding", venue => venue.FundingHistory);

    /// <summary>Funding that will be paid.</summary>
    public static readonly Feature FundingForecast = new("forecast of funding", venue => venue.FundingForecast);

    /// <summary>Forced orders.</summary>
    public static readonly Feature Liquidations = new("liquidations", venue => venue.Liquidations);

    /// <summary>Trades: every venue streams them.</summary>
    public static readonly Feature Trades = new("trades", _ => true);
}
