using Omnibook.Server.Configuration;
using Omnibook.Simulator;

namespace Omnibook.Server.Hosting;

/// <summary>How many markets the simulators of the demo have: the usual few, or ten a venue where the configuration asks for more than those.</summary>
internal static class DemoMarkets
{
    private const int Usual = 3;
    private const int Many = 10;

    /// <summary>The same options, with enough markets for what is configured.</summary>
    public static SimulatorOptions Enough(SimulatorOptions options, IReadOnlyList<VenueOptions> venues) =>
        venues.All(venue => venue.Symbols.Count <= Usual)
            ? options
            : options with
            {
                BinanceSymbols = Many,
                SpotSymbols = Many,
                BybitSymbols = Many,
                CoinbaseProducts = Many,
                HyperliquidCoins = Many,
                LighterMarkets = Many,
            };
}
