using Omnibook.Core.Events;
using Omnibook.Simulator.BinanceSpot;
using Omnibook.Simulator.BinanceUsdm;
using Omnibook.Simulator.Bybit;
using Omnibook.Simulator.Coinbase;
using Omnibook.Simulator.Hyperliquid;
using Omnibook.Simulator.Lighter;
using Omnibook.Simulator.TreeOfAlpha;

namespace Omnibook.Simulator;

/// <summary>A venue that can be simulated. A new one is a folder of its own and one line here.</summary>
/// <param name="Key">The venue's key, as the server's configuration spells it.</param>
/// <param name="Create">Opens its markets at a moment.</param>
internal sealed record SimulatedVenueKind(string Key, Func<SimulatorOptions, Timestamp, SimulatedVenue> Create)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<SimulatedVenueKind> All { get; } =
    [
        new("binance-usdm", static (options, start) => new UsdmVenue(options, start)) { IsUsual = true },
        new("hyperliquid", static (options, start) => new HyperliquidVenue("hyperliquid", options, start)) { IsUsual = true },
        new("hyperliquid-testnet", static (options, start) => new HyperliquidVenue("hyperliquid-testnet", options, start)) { IsUsual = true },
        new("binance-spot", static (options, start) => new SpotVenue(options, start)),
        new("bybit", static (options, start) => new BybitVenue(options, start)),
        new("coinbase", static (options, start) => new CoinbaseVenue(options, start)),
        new("lighter", static (options, start) => new LighterVenue(options, start)),
        new("treeofalpha", static (options, start) => new TreeOfAlphaVenue(options, start)) { IsUsual = true },
    ];

    /// <summary>True when it is simulated unless other venues are asked for.</summary>
    public bool IsUsual { get; init; }
}
