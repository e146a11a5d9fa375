using Omnibook.Core.Instruments;

namespace Omnibook.Server.Apis.MarketData;

/// <summary>A venue by the name that this dialect has for it. Elsewhere <c>binance</c> is the spot market; here it is the USD-M futures.</summary>
/// <param name="Name">The name in paths and answers, lower case.</param>
/// <param name="Venue">The venue.</param>
/// <param name="IsTest">Whether prices there are nobody's money: it is served by its name, and takes no part in what covers all.</param>
internal sealed record ExchangeName(string Name, VenueId Venue, bool IsTest = false)
{
    /// <summary>All of them: the three of the original first, in its order.</summary>
    public static IReadOnlyList<ExchangeName> All { get; } =
    [
        new("binance", new VenueId("binance-usdm")),
        new("hyperliquid", new VenueId("hyperliquid")),
        new("bybit", new VenueId("bybit")),
        new("lighter", new VenueId("lighter")),
        new("binance-spot", new VenueId("binance-spot")),
        new("coinbase", new VenueId("coinbase")),
        new("hyperliquid-testnet", new VenueId("hyperliquid-testnet"), IsTest: true),
    ];

    /// <summary>What the dialect calls a venue; its key where it has no name of its own.</summary>
    public static string Of(string venueKey) => All.FirstOrDefault(exchange => exchange.Venue.Key == venueKey)?.Name ?? venueKey;
}
