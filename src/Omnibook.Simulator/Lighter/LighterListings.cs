using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Lighter;

/// <summary>How a perpetual is traded and written at Lighter. The tick and the lot are the last decimals.</summary>
/// <param name="Id">The market's number, which channels and requests use.</param>
/// <param name="Rules">The market; its symbol is only the base, for example <c>BTC</c>.</param>
/// <param name="MarginFraction">The smallest initial margin in ten-thousandths: 200 is 2 percent, 50 times.</param>
/// <param name="OpenInterest">Around which open interest of one side moves, in units of the quantity scale.</param>
internal sealed record LighterListing(int Id, MarketRules Rules, int MarginFraction, long OpenInterest)
{
    /// <summary>The maintenance margin in ten-thousandths.</summary>
    public int MaintenanceFraction => MarginFraction * 6 / 10;
}

/// <summary>The markets that can be simulated, in the order in which more of them are switched on.</summary>
internal static class LighterListings
{
    /// <summary>The first so many markets.</summary>
    public static IEnumerable<LighterListing> First(int count, SimulatorOptions options) => All(options).Take(count);

    private static IEnumerable<LighterListing> All(SimulatorOptions options) =>
    [
        Make(options, 0, "ETH", 3_900_000_000, 2, 4, 35_000, 700, 200, 273_508_981),
        Make(options, 1, "BTC", 110_000_000_000, 1, 5, 9_000, 500, 200, 165_000_000),
        Make(options, 2, "SOL", 185_000_000, 3, 3, 30_000, 500, 400, 510_000_000),
        Make(options, 3, "DOGE", 200_000, 6, 0, 12_000, 500, 1_000, 60_000_000),
        Make(options, 7, "XRP", 2_500_000, 6, 0, 2_500, 900, 500, 9_000_000),
        Make(options, 24, "HYPE", 38_000_000, 4, 2, 9_000, 500, 500, 200_000_000),
        Make(options, 8, "LINK", 18_000_000, 5, 1, 2_000, 500, 1_000, 15_000_000),
        Make(options, 9, "AVAX", 25_000_000, 4, 2, 15_000, 500, 1_000, 90_000_000),
        Make(options, 25, "BNB", 950_000_000, 4, 2, 400, 900, 500, 2_000_000),
        Make(options, 39, "ADA", 650_000, 5, 1, 60_000, 500, 1_000, 300_000_000),
    ];

    private static LighterListing Make(
        SimulatorOptions options, int id, string asset, long micros, int priceDigits, int sizeDigits, long typical, int span,
        int marginFraction, long openInterest) => new(
        id,
        new MarketRules
        {
            Symbol = asset,
            Asset = asset,
            CentreMicros = micros,
            PriceScale = new Scale(priceDigits),
            Tick = 1,
            QuantityScale = new Scale(sizeDigits),
            Lot = 1,
            TypicalQuantity = typical,
            SpanTicks = span,
            OrdersPerSide = 400,
            MaxLevels = options.MaxLevels,
            EventsPerThousandSeconds = 200L * options.ActivityPercent,
        },
        marginFraction, openInterest);
}
