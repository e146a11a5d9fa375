using Omnibook.Core.Events;

namespace Omnibook.Core.Flow;

/// <summary>Makes candles of slices.</summary>
internal static class SliceCandles
{
    /// <summary>Candles, oldest first. Where nothing was traded there is none.</summary>
    /// <param name="slices">In order of time.</param>
    /// <param name="interval">How long candles are; a whole number of slices.</param>
    /// <param name="from">Slices that end by then take no part.</param>
    /// <param name="tick">Height of the footprint's buckets in units of price; 0 for no footprint.</param>
    /// <param name="now">Candles whose time is over by then are closed.</param>
    /// <param name="isPartial">Whether a candle of a beginning may lack trades.</param>
    public static IReadOnlyList<FlowCandle> Build(
        ReadOnlySpan<FlowSlice> slices, FlowInterval interval, Timestamp from, long tick, Timestamp now, Func<Timestamp, FlowInterval, bool> isPartial)
    {
        List<FlowCandle> candles = [];
        CandleBuilder? builder = null;
        foreach (var slice in slices[SliceList.FirstFrom(slices, from.Nanoseconds)..])
        {
            var start = interval.StartOf(new Timestamp(slice.Start));
            if (builder?.Start != start)
            {
                Finish(builder);
                builder = new CandleBuilder(start, tick);
            }

            builder.Add(slice);
        }

        Finish(builder);
        return candles;

        void Finish(CandleBuilder? finished)
        {
            if (finished is not null)
            {
                candles.Add(finished.Build(isPartial(finished.Start, interval), interval.EndOf(finished.Start) <= now));
            }
        }
    }
}
