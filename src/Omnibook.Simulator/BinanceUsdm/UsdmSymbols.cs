using Omnibook.Core.Instruments;
using Omnibook.Simulator.Binance;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.BinanceUsdm;

/// <summary>A perpetual contract that can be simulated.</summary>
/// <param name="Symbol">How it is traded and written.</param>
/// <param name="OnboardTime">When it was listed, Unix milliseconds.</param>
/// <param name="OpenInterest">Around which open interest moves, in units of the quantity scale.</param>
internal sealed record UsdmContract(BinanceSymbol Symbol, long OnboardTime, long OpenInterest);

/// <summary>The symbols that can be simulated, in the order in which more of them are switched on.</summary>
internal static class UsdmSymbols
{
    /// <summary>The first so many symbols.</summary>
    public static IEnumerable<UsdmContract> First(int count, SimulatorOptions options) => All(options).Take(count);

    private static IEnumerable<UsdmContract> All(SimulatorOptions options) =>
    [
        Make(options, "BTC", 110_000_000_000, 2, 10, 3, 1, 250, 600, 1_569_398_400_000, 92_000_000),
        Make(options, "ETH", 3_900_000_000, 2, 1, 3, 1, 5_000, 900, 1_574_668_800_000, 2_100_000_000),
        Make(options, "SOL", 185_000_000, 4, 100, 2, 1, 4_000, 500, 1_600_156_800_000, 980_000_000),
        Make(options, "BNB", 950_000_000, 3, 10, 2, 1, 600, 600, 1_581_318_000_000, 70_000_000),
        Make(options, "XRP", 2_500_000, 4, 1, 1, 1, 30_000, 500, 1_578_297_600_000, 3_000_000_000),
        Make(options, "DOGE", 200_000, 6, 10, 0, 1, 25_000, 500, 1_594_278_000_000, 2_500_000_000),
        Make(options, "ADA", 650_000, 5, 10, 0, 1, 8_000, 500, 1_580_457_600_000, 400_000_000),
        Make(options, "AVAX", 25_000_000, 4, 10, 0, 1, 250, 500, 1_600_848_000_000, 9_000_000),
        Make(options, "LINK", 18_000_000, 3, 1, 2, 1, 30_000, 500, 1_579_248_000_000, 1_900_000_000),
        Make(options, "HYPE", 38_000_000, 4, 10, 2, 1, 15_000, 500, 1_748_595_600_000, 1_200_000_000),
    ];

    private static UsdmContract Make(
        SimulatorOptions options, string asset, long micros, int priceDigits, long tick, int quantityDigits, long lot,
        long typical, int span, long onboarded, long openInterest) => new(
        new BinanceSymbol(new MarketRules
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
            // The finer the grid, the more levels are overtaken by the price, so the more have to flicker for the same share.
            FlickersPerMille = asset switch { "BTC" => 280, "ETH" => 190, _ => 110 },
            MaxLevels = options.MaxLevels,
            EventsPerThousandSeconds = 400L * options.ActivityPercent,
        },
        priceDigits, quantityDigits), onboarded, openInterest);
}
