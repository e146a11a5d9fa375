using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.CryExc.Live;

/// <summary>What memory has of a range that was asked for.</summary>
/// <param name="Candles">Oldest first.</param>
/// <param name="DataStart">From when on it is whole: the beginning of the range, or later where memory does not reach as far; unknown where it has nothing.</param>
internal sealed record FlowHistory(IReadOnlyList<FlowCandle> Candles, Timestamp DataStart)
{
    /// <summary>Reads a range that ends now. It begins at a candle's beginning (<see cref="FromOf"/>), so that the first candle is not cut.</summary>
    public static FlowHistory Read(TradeFlow flow, FlowInterval interval, Timestamp from, long tick, Timestamp now, int mostRows)
    {
        var candles = flow.Candles(interval, from, tick, now);
        var first = FirstWithin(candles, mostRows);
        var start = first > 0 ? candles[first].Start : Later(from, Later(flow.Since, flow.KeptFrom(interval)));
        return new FlowHistory(first == 0 ? candles : [.. candles.Skip(first)], flow.Since.IsUnknown ? default : start);
    }

    /// <summary>Where a range begins that ends now.</summary>
    public static Timestamp FromOf(FlowInterval interval, TimeSpan range, Timestamp now) => interval.StartOf(new Timestamp(now.Nanoseconds - range.Ticks * 100));

    /// <summary>A moment in milliseconds, or null where it is unknown.</summary>
    public static FrameWriter Moment(FrameWriter writer, Timestamp moment) =>
        moment.IsUnknown ? writer.Raw("null"u8) : writer.Integer(moment.UnixMilliseconds);

    private static int FirstWithin(IReadOnlyList<FlowCandle> candles, int mostRows)
    {
        var (first, rows) = (candles.Count, 0);
        while (first > 0 && (rows += 1 + candles[first - 1].Cells.Count) <= mostRows)
        {
            first--;
        }

        return first;
    }

    private static Timestamp Later(Timestamp left, Timestamp right) => left > right ? left : right;
}
