using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Hyperliquid;

/// <summary>A perpetual as its deployer set it up.</summary>
/// <param name="Rules">The market.</param>
/// <param name="SizeDecimals">Decimals of sizes; prices have at most 6 less this many, and five significant figures unless whole.</param>
/// <param name="MaxLeverage">The highest leverage.</param>
/// <param name="OpenInterest">Around which open interest moves, in units of the quantity scale.</param>
internal sealed record HyperliquidCoin(MarketRules Rules, int SizeDecimals, int MaxLeverage, long OpenInterest);

/// <summary>A perpetual exchange on the chain: the first one, without a name, or a builder's.</summary>
/// <param name="Name">Lower case; empty for the first.</param>
/// <param name="FullName">For people.</param>
/// <param name="Collateral">The index of the collateral's spot token.</param>
/// <param name="Coins">In the order of the universe, which is how contexts are joined to them.</param>
internal sealed record HyperliquidDex(string Name, string FullName, int Collateral, IReadOnlyList<HyperliquidCoin> Coins);

/// <summary>What is listed at each of the two instances.</summary>
internal static class HyperliquidCoins
{
    /// <summary>The index of USDC among spot tokens.</summary>
    public const int Usdc = 0;

    /// <summary>The index of feUSD among testnet's spot tokens.</summary>
    public const int FeUsd = 1204;

    /// <summary>The dexes of an instance; the builder dexes merrli, sekaw and btcx live on testnet only.</summary>
    public static IReadOnlyList<HyperliquidDex> Dexes(string venue, SimulatorOptions options)
    {
        var isTestnet = venue == "hyperliquid-testnet";
        var first = new HyperliquidDex("", "Hyperliquid", Usdc, [.. Main(options).Take(options.HyperliquidCoins)]);
        return isTestnet ? [first, .. Builders(options)] : [first];
    }

    private static IEnumerable<HyperliquidCoin> Main(SimulatorOptions options) =>
    [
        Make(options, "BTC", "BTC", 110_000_000_000, 1, 10, 5, 40, 8_000, 90, 2_831_240_000),
        Make(options, "ETH", "ETH", 3_900_000_000, 2, 10, 4, 25, 15_000, 60, 6_058_220_000),
        Make(options, "SOL", "SOL", 185_000_000, 4, 100, 2, 20, 3_000, 60, 420_000_000),
        Make(options, "HYPE", "HYPE", 38_000_000, 4, 10, 2, 10, 6_000, 60, 2_400_000_000),
        Make(options, "BNB", "BNB", 950_000_000, 3, 100, 3, 10, 600, 60, 30_000_000),
        Make(options, "XRP", "XRP", 2_500_000, 6, 100, 0, 20, 2_000, 60, 90_000_000),
        Make(options, "DOGE", "DOGE", 200_000, 6, 10, 0, 10, 20_000, 60, 600_000_000),
        Make(options, "ADA", "ADA", 650_000, 6, 10, 0, 10, 8_000, 60, 90_000_000),
        Make(options, "AVAX", "AVAX", 25_000_000, 4, 10, 2, 10, 15_000, 60, 300_000_000),
        Make(options, "LINK", "LINK", 18_000_000, 4, 10, 1, 10, 2_000, 60, 20_000_000),
    ];

    private static IEnumerable<HyperliquidDex> Builders(SimulatorOptions options) =>
    [
        new("merrli", "Merrli", Usdc, [Builder(options, "merrli:BTC", -130_000, 3)]),
        new("sekaw", "Sekaw", Usdc, [Builder(options, "sekaw:BTC", 110_000, 2)]),
        new("btcx", "BTC Exchange", FeUsd, [Builder(options, "btcx:BTC-FEUSD", 20_000, 3)]),
    ];

    /// <summary>Thin books of builders on testnet: ticks of 10, which five significant figures allow at 110,000, and wide spreads.</summary>
    private static HyperliquidCoin Builder(SimulatorOptions options, string name, long bias, int halfSpread)
    {
        var coin = Make(options, name, "BTC", 110_000_000_000, 1, 100, 5, 20, 20_000, 120, 45_000_000);
        var rules = coin.Rules with
        {
            BiasPartsPerBillion = bias,
            WanderPartsPerBillion = 14_000,
            HalfSpreadTicks = halfSpread,
            OrdersPerSide = 150,
            EventsPerThousandSeconds = coin.Rules.EventsPerThousandSeconds / 2,
        };
        return coin with { Rules = rules };
    }

    private static HyperliquidCoin Make(
        SimulatorOptions options, string name, string asset, long micros, int priceDecimals, long tick,
        int sizeDecimals, int maxLeverage, long typical, int span, long openInterest) => new(
        new MarketRules
        {
            Symbol = name,
            Asset = asset,
            CentreMicros = micros,
            PriceScale = new Scale(priceDecimals),
            Tick = tick,
            QuantityScale = new Scale(sizeDecimals),
            Lot = 1,
            TypicalQuantity = typical,
            SpanTicks = span,
            OrdersPerSide = 300,
            MaxLevels = options.MaxLevels,
            EventsPerThousandSeconds = 200L * options.ActivityPercent,
        },
        sizeDecimals, maxLeverage, openInterest);
}
