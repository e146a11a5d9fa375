using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Flow;

/// <summary>What was traded at the prices of one bucket.</summary>
/// <param name="Price">The bucket's lower end: a multiple of the tick that was asked for.</param>
/// <param name="Volume">What was traded from there up to the next bucket.</param>
public readonly record struct FlowCell(Price Price, FlowVolume Volume);

/// <summary>A candle made of trades, with its footprint where one was asked for.</summary>
/// <param name="Start">When it begins, by the venue's clock.</param>
/// <param name="Open">Price of the earliest trade.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Price of the latest trade; of several at one moment, of that which came last.</param>
/// <param name="Volume">All trades.</param>
/// <param name="Cells">The same by price, lowest first; empty where no footprint was asked for. Their sum is <paramref name="Volume"/>.</param>
/// <param name="IsPartial">Trades at its beginning may be missing, because they were not followed yet or are not kept any more.</param>
/// <param name="IsClosed">Its time is over, so that it changes only if trades are found that were missed.</param>
public sealed record FlowCandle(
    Timestamp Start, Price Open, Price High, Price Low, Price Close, FlowVolume Volume, IReadOnlyList<FlowCell> Cells, bool IsPartial, bool IsClosed)
{
    /// <summary>Puts parts of one candle together.</summary>
    /// <param name="parts">In order of time; at least one.</param>
    /// <param name="start">When the candle begins.</param>
    /// <param name="tick">Height of the buckets in units of price; 0 for no footprint.</param>
    public static FlowCandle Join(IEnumerable<FlowCandle> parts, Timestamp start, long tick)
    {
        var builder = new CandleBuilder(start, tick);
        foreach (var part in parts)
        {
            builder.Add(part);
        }

        return builder.Build(isPartial: false, isClosed: false);
    }
}
