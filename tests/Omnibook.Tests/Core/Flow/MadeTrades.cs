using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Tests.Core.Flow;

/// <summary>Trades of an instrument with one decimal of price and three of quantity.</summary>
internal static class MadeTrades
{
    /// <summary>The five trades of which the worked figures of the dialect were computed: two candles of a minute, buckets of 10.</summary>
    public static IReadOnlyList<Trade> Golden { get; } =
    [
        Of(1_700_000_000_000, 42001.3m, 0.5m, TakerSide.Buy),
        Of(1_700_000_010_000, 42003.9m, 0.2m, TakerSide.Sell),
        Of(1_700_000_030_000, 42012.0m, 1.0m, TakerSide.Buy),
        Of(1_700_000_059_999, 42009.9m, 0.3m, TakerSide.Sell),
        Of(1_700_000_060_000, 42020.5m, 0.4m, TakerSide.Buy),
        Of(1_700_000_075_000, 41999.9m, 0.6m, TakerSide.Sell),
    ];

    public static Trade Of(long milliseconds, decimal price, decimal quantity, TakerSide side, long id = 0, InstrumentId instrument = default)
    {
        var at = Timestamp.FromMilliseconds(milliseconds);
        return new Trade(instrument, id, new Price((long)(price * 10)), new Quantity((long)(quantity * 1000)), side, new EventTimes(at, at));
    }

    /// <summary>Trades at random: several of one moment, some a few seconds late, some minutes late, the middle of the prices wandering.</summary>
    public static IReadOnlyList<Trade> Random(int seed, int count, long startMs = 1_700_000_000_000)
    {
        var random = new Random(seed);
        var (trades, at, middle) = (new List<Trade>(count), startMs, 420_000L);
        for (var i = 0; i < count; i++)
        {
            at += random.Next(4) == 0 ? random.Next(300) : 0;
            middle = Math.Max(1_000, middle + random.Next(-5, 6));
            var late = random.Next(50) == 0 ? random.Next(3_000) : random.Next(500) == 0 ? random.Next(600_000) : 0;
            var quantity = random.Next(100) == 0 ? random.NextInt64(1, long.MaxValue) : random.NextInt64(1, 100_000);
            var time = new EventTimes(Timestamp.FromMilliseconds(at - late), Timestamp.FromMilliseconds(at));
            trades.Add(new Trade(
                default, i, new Price(middle + random.Next(-50, 51)), new Quantity(quantity), random.Next(2) == 0 ? TakerSide.Buy : TakerSide.Sell, time));
        }

        return trades;
    }
}
