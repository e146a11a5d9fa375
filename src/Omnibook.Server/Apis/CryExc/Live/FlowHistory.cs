using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.CryExc.Live;

/// <summary>What there is of a range that was asked for.</summary>
/// <param name="Candles">Oldest first.</param>
/// <param name="DataStart">From when on it is whole: the beginning of the range, or later where nothing is known of its beginning; unknown where nothing is known at all.</param>
internal sealed record FlowHistory(IReadOnlyList<FlowCandle> Candles, Timestamp DataStart)
{
    /// <summary>Reads a range that ends now. It begins at a candle's beginning (<see cref="FromOf"/>), so that the first candle is not cut.</summary>
    public static FlowHistory Read(JoinedFlow flow, FlowInterval interval, Timestamp from, long tick, Timestamp now, int mostRows)
    {
        var (candles, since) = (flow.Candles(interval, from, tick, now), flow.SinceOf(interval));
        var first = FirstWithin(candles, mostRows);
        var start = first > 0 && first < candles.Count ? candles[first].Start : Later(from, since);
        return new FlowHistory(first == 0 ? candles : [.. candles.Skip(first)], since.IsUnknown ? default : start);
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
