using Omnibook.Core.Instruments;
using Omnibook.Simulator.Binance;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.BinanceSpot;

/// <summary>The pairs that can be simulated, in the order in which more of them are switched on. All amounts are written with eight decimals.</summary>
internal static class SpotSymbols
{
    /// <summary>Decimals of every price and quantity.</summary>
    public const int Digits = 8;

    /// <summary>The asset that all pairs are priced in.</summary>
    public const string Quote = "USDT";

    /// <summary>The first so many pairs.</summary>
    public static IEnumerable<BinanceSymbol> First(int count, SimulatorOptions options) => All(options).Take(count);

    private static IEnumerable<BinanceSymbol> All(SimulatorOptions options) =>
    [
        Make(options, "BTC", 110_000_000_000, 2, 1, 5, 1, 9_000, 6_000),
        Make(options, "ETH", 3_900_000_000, 2, 1, 4, 1, 12_000, 900),
        Make(options, "SOL", 185_000_000, 2, 1, 3, 1, 20_000, 500),
        Make(options, "BNB", 950_000_000, 2, 1, 3, 1, 4_000, 600),
        Make(options, "XRP", 2_500_000, 4, 1, 1, 1, 20_000, 500),
        Make(options, "DOGE", 200_000, 5, 1, 0, 1, 18_000, 500),
        Make(options, "ADA", 650_000, 4, 1, 1, 1, 60_000, 500),
        Make(options, "AVAX", 25_000_000, 2, 1, 2, 1, 15_000, 500),
        Make(options, "LINK", 18_000_000, 2, 1, 2, 1, 20_000, 500),
        Make(options, "LTC", 95_000_000, 2, 1, 3, 1, 30_000, 500),
    ];

    private static BinanceSymbol Make(
        SimulatorOptions options, string asset, long micros, int priceDecimals, long tick, int quantityDecimals, long lot, long typical, int span) => new(
        new MarketRules
        {
            Symbol = asset + Quote,
            Asset = asset,
            CentreMicros = micros,
            PriceScale = new Scale(priceDecimals),
            Tick = tick,
            QuantityScale = new Scale(quantityDecimals),
            Lot = lot,
            TypicalQuantity = typical,
            SpanTicks = span,
            MaxLevels = options.MaxLevels,
            EventsPerThousandSeconds = 400L * options.ActivityPercent,
            BiasPartsPerBillion = 40_000,
        },
        Digits, Digits);
}
