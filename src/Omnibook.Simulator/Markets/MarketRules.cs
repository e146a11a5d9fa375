using Omnibook.Core.Instruments;

namespace Omnibook.Simulator.Markets;

/// <summary>What is fixed about a simulated market: its grid, its depth and how lively it is.</summary>
internal sealed record MarketRules
{
    /// <summary>The venue's spelling, for example <c>BTCUSDT</c> or <c>merrli:BTC</c>.</summary>
    public required string Symbol { get; init; }

    /// <summary>The asset whose reference price it follows.</summary>
    public required string Asset { get; init; }

    /// <summary>In millionths of a dollar: the price around which the asset walks.</summary>
    public required long CentreMicros { get; init; }

    /// <summary>The scale in which prices are counted.</summary>
    public required Scale PriceScale { get; init; }

    /// <summary>The tick size in units of <see cref="PriceScale"/>.</summary>
    public required long Tick { get; init; }

    /// <summary>The scale in which quantities are counted.</summary>
    public required Scale QuantityScale { get; init; }

    /// <summary>The lot size in units of <see cref="QuantityScale"/>.</summary>
    public required long Lot { get; init; }

    /// <summary>A usual order in units of <see cref="QuantityScale"/>.</summary>
    public required long TypicalQuantity { get; init; }

    /// <summary>How far makers stay from the reference price, in ticks.</summary>
    public int HalfSpreadTicks { get; init; } = 1;

    /// <summary>How far from the reference price the deepest orders go, in ticks.</summary>
    public int SpanTicks { get; init; } = 2500;

    /// <summary>How many orders a side holds on average.</summary>
    public int OrdersPerSide { get; init; } = 700;

    /// <summary>Of 1,000 events, how many are orders that are gone at once; about 40 in 100 deletes of a diff stream come from these.</summary>
    public int FlickersPerMille { get; init; } = 110;

    /// <summary>At most so many levels a side; less than 1,000, so that a REST snapshot is whole.</summary>
    public int MaxLevels { get; init; } = 400;

    /// <summary>Levels a side behind all others at which one order rests that never moves: what makes the book of a large venue large.</summary>
    public int FarLevels { get; init; }

    /// <summary>Market events (orders, cancels, takers) in 1,000 seconds.</summary>
    public long EventsPerThousandSeconds { get; init; } = 40_000;

    /// <summary>How far this venue's price stands off the reference, in parts per billion.</summary>
    public long BiasPartsPerBillion { get; init; }

    /// <summary>How far this venue's price wanders around that, in parts per billion (the narrowest of five octaves).</summary>
    public long WanderPartsPerBillion { get; init; } = 1_500;

    /// <summary>The price in units nearest to an amount of millionths of a dollar, on the tick grid.</summary>
    public long OnGrid(long micros)
    {
        var units = PriceScale.Decimals >= 6
            ? micros * Pow(PriceScale.Decimals - 6)
            : micros / Pow(6 - PriceScale.Decimals);
        return (units + Tick / 2) / Tick * Tick;
    }

    private static long Pow(int exponent) => new Scale(exponent).UnitsPerOne;
}
