using System.Globalization;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Coinbase;

/// <summary>How a product is traded and written at Coinbase. The tick and the lot are the last decimals.</summary>
/// <param name="Rules">The market; its symbol is the product's id, for example <c>BTC-USD</c>.</param>
/// <param name="AssetName">What the asset is called.</param>
internal sealed record CoinbaseListing(MarketRules Rules, string AssetName)
{
    /// <summary>The id of the product that is another name of this one: its data come under this one's id.</summary>
    public string OtherId => Rules.Symbol + "C";
}

/// <summary>The products that can be simulated, in the order in which more of them are switched on.</summary>
internal static class CoinbaseListings
{
    /// <summary>Decimals of every quantity.</summary>
    private const int SizeDecimals = 8;

    /// <summary>The first so many products.</summary>
    public static IEnumerable<CoinbaseListing> First(int count, SimulatorOptions options) => All(options).Take(count);

    private static IEnumerable<CoinbaseListing> All(SimulatorOptions options) =>
    [
        Make(options, "BTC", "Bitcoin", 110_000_000_000, 2, 6_000_000, 6_000),
        Make(options, "ETH", "Ethereum", 3_900_000_000, 2, 90_000_000, 900),
        Make(options, "SOL", "Solana", 185_000_000, 2, 1_500_000_000, 500),
        Make(options, "XRP", "XRP", 2_500_000, 4, 100_000_000_000, 500),
        Make(options, "DOGE", "Dogecoin", 200_000, 5, 900_000_000_000, 500),
        Make(options, "ADA", "Cardano", 650_000, 4, 400_000_000_000, 500),
        Make(options, "AVAX", "Avalanche", 25_000_000, 2, 9_000_000_000, 500),
        Make(options, "LINK", "Chainlink", 18_000_000, 3, 9_000_000_000, 500),
        .. Enumerable.Range(9, 32).Select(number => Quiet(options, number)),
    ];

    /// <summary>Products of no known asset and little trade, of which a client can want more than a connection carries.</summary>
    private static CoinbaseListing Quiet(SimulatorOptions options, int number)
    {
        var asset = string.Create(CultureInfo.InvariantCulture, $"COIN{number}");
        var listing = Make(options, asset, $"Coin {asset[4..]}", 1_000_000L * number, 4, 50_000_000_000, 400);
        return listing with { Rules = listing.Rules with { OrdersPerSide = 40, EventsPerThousandSeconds = 20L * options.ActivityPercent } };
    }

    private static CoinbaseListing Make(
        SimulatorOptions options, string asset, string name, long micros, int priceDecimals, long typical, int span) => new(
        new MarketRules
        {
            Symbol = asset + "-USD",
            Asset = asset,
            CentreMicros = micros,
            PriceScale = new Scale(priceDecimals),
            Tick = 1,
            QuantityScale = new Scale(SizeDecimals),
            Lot = 1,
            TypicalQuantity = typical,
            SpanTicks = span,
            MaxLevels = options.MaxLevels,
            FarLevels = options.CoinbaseFarLevels,
            EventsPerThousandSeconds = 400L * options.ActivityPercent,
            BiasPartsPerBillion = -30_000,
        },
        name);
}
