using Omnibook.Core.Instruments;
using Omnibook.Venues.BinanceSpot;
using Omnibook.Venues.BinanceUsdm;
using Omnibook.Venues.Bybit;
using Omnibook.Venues.Coinbase;
using Omnibook.Venues.Hyperliquid;
using Omnibook.Venues.Lighter;
using Omnibook.Venues.TreeOfAlpha;

namespace Omnibook.Venues;

/// <summary>A venue that this server can follow.</summary>
/// <param name="Id">Its key in configuration, in state and in composites.</param>
/// <param name="Defaults">Where it is when nothing else is configured.</param>
/// <param name="Create">Makes the venue for given addresses.</param>
public sealed record KnownVenue(VenueId Id, VenueAddresses Defaults, Func<VenueAddresses, IVenue> Create)
{
    /// <summary>Whether it gives more to those who have an account: <see cref="VenueAddresses.Key"/>.</summary>
    public bool TakesKey { get; init; }

    /// <summary>Whether it tells news, and so is followed without symbols.</summary>
    public bool TellsNews => Create(Defaults).News is not null;
}

/// <summary>The one list of venues: whatever is in it is served, replayed and held to the contract of docs/add-a-venue.md.</summary>
public static class KnownVenues
{
    /// <summary>Every venue.</summary>
    public static IReadOnlyList<KnownVenue> All { get; } =
    [
        Of("binance-spot", BinanceSpotVenue.Mainnet, (id, addresses) => new BinanceSpotVenue(id, addresses)),
        Of("binance-usdm", BinanceUsdmVenue.Mainnet, (id, addresses) => new BinanceUsdmVenue(id, addresses)),
        Of("bybit", BybitVenue.Mainnet, (id, addresses) => new BybitVenue(id, addresses)),
        Of("coinbase", CoinbaseVenue.Mainnet, (id, addresses) => new CoinbaseVenue(id, addresses)),
        Of("hyperliquid", HyperliquidVenue.Mainnet, (id, addresses) => new HyperliquidVenue(id, addresses)),
        Of("hyperliquid-testnet", HyperliquidVenue.Testnet, (id, addresses) => new HyperliquidVenue(id, addresses)),
        Of("lighter", LighterVenue.Mainnet, (id, addresses) => new LighterVenue(id, addresses)),
        Of("treeofalpha", TreeOfAlphaVenue.Public, (id, addresses) => new TreeOfAlphaVenue(id, addresses)) with { TakesKey = true },
    ];

    private static KnownVenue Of(string key, VenueAddresses defaults, Func<VenueId, VenueAddresses, IVenue> create)
    {
        var id = new VenueId(key);
        return new KnownVenue(id, defaults, addresses => create(id, addresses));
    }
}
