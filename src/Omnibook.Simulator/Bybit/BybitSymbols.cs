using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Bybit;

/// <summary>How a linear perpetual is traded and written at Bybit.</summary>
/// <param name="Rules">The market.</param>
/// <param name="PriceDigits">Decimals in price texts, <c>priceScale</c>; not the tick size.</param>
/// <param name="QuantityDigits">Decimals in quantity texts.</param>
/// <param name="SymbolId">The venue's number of the symbol.</param>
/// <param name="LaunchTime">When it was listed, Unix milliseconds.</param>
/// <param name="MaxLeverage">The highest leverage.</param>
/// <param name="OpenInterest">Around which open interest moves, both sides counted, in units of the quantity scale.</param>
internal sealed record BybitSymbol(
    MarketRules Rules, int PriceDigits, int QuantityDigits, int SymbolId, long LaunchTime, int MaxLeverage, long OpenInterest);

/// <summary>The symbols that can be simulated, in the order in which more of them are switched on.</summary>
internal static class BybitSymbols
{
    /// <summary>The first so many symbols.</summary>
    public static IEnumerable<BybitSymbol> First(int count, SimulatorOptions options) => All(options).Take(count);

    private static IEnumerable<BybitSymbol> All(SimulatorOptions options) =>
    [
        Make(options, 5, "BTC", 110_000_000_000, 2, 10, 3, 1, 220, 600, 1_585_526_400_000, 100, 104_000_000),
        Make(options, 7, "ETH", 3_900_000_000, 2, 1, 2, 1, 450, 900, 1_603_152_000_000, 100, 190_000_000),
        Make(options, 44, "SOL", 185_000_000, 3, 10, 1, 1, 350, 500, 1_634_256_000_000, 75, 80_000_000),
        Make(options, 15, "XRP", 2_500_000, 4, 1, 0, 1, 2_800, 500, 1_620_691_200_000, 75, 290_000_000),
        Make(options, 29, "DOGE", 200_000, 5, 1, 0, 1, 22_000, 500, 1_622_592_000_000, 75, 2_100_000_000),
        Make(options, 20, "ADA", 650_000, 4, 1, 0, 1, 7_000, 400, 1_610_928_000_000, 75, 370_000_000),
        Make(options, 10, "LINK", 18_000_000, 3, 1, 1, 1, 2_500, 500, 1_603_152_000_000, 50, 150_000_000),
        Make(options, 712, "HYPE", 38_000_000, 3, 1, 2, 1, 14_000, 700, 1_732_752_000_000, 75, 1_100_000_000),
        Make(options, 13, "BNB", 950_000_000, 2, 10, 2, 1, 500, 600, 1_623_974_400_000, 75, 7_000_000),
        Make(options, 31, "AVAX", 25_000_000, 3, 1, 1, 1, 2_500, 500, 1_631_836_800_000, 75, 90_000_000),
    ];

    private static BybitSymbol Make(
        SimulatorOptions options, int id, string asset, long micros, int priceDigits, long tick, int quantityDigits, long lot,
        long typical, int span, long launched, int leverage, long openInterest) => new(
        new MarketRules
        {
            Symbol = asset + "USDT",
            Asset = asset,
            CentreMicros = micros,
            PriceScale = new Scale(priceDigits),
            Tick = tick,
            QuantityScale = new Scale(quantityDigits),
            Lot = lot,
            TypicalQuantity = typical,
            SpanTicks = span,
            MaxLevels = options.MaxLevels,
            EventsPerThousandSeconds = 400L * options.ActivityPercent,
        },
        priceDigits, quantityDigits, id, launched, leverage, openInterest);
}
