using Omnibook.Core.Events;

namespace Omnibook.Core.Flow;

/// <summary>
/// What was traded up to one moment: what memory has, and before that what the archive has. They meet at a moment of the venue's clock, so that each trade
/// is on one side of it and counts once.
/// </summary>
/// <param name="memory">What memory has.</param>
/// <param name="past">What the archive has of before memory begins, at the interval and the tick that are asked for here; null where nothing is needed of it.</param>
public sealed class JoinedFlow(FlowSnapshot memory, PastCandles? past = null)
{
    /// <summary>What memory has.</summary>
    public FlowSnapshot Memory => memory;

    /// <summary>What the archive has; null where nothing is needed of it.</summary>
    public PastCandles? Past => past;

    /// <summary>From when on it is whole; unknown where there is nothing.</summary>
    public Timestamp SinceOf(FlowInterval interval) => past is { FirstAt.IsUnknown: false } ? past.FirstAt : memory.SinceOf(interval);

    /// <summary>Candles, oldest first; one that both sides have a part of is put together.</summary>
    /// <inheritdoc cref="TradeFlow.Candles"/>
    public IReadOnlyList<FlowCandle> Candles(FlowInterval interval, Timestamp from, long tick, Timestamp now)
    {
        if (past is null)
        {
            return memory.Candles(interval, from, tick, now);
        }

        var first = interval.StartOf(from);
        List<FlowCandle> joined = [.. past.Candles.Where(candle => candle.Start >= first)];
        foreach (var candle in SliceCandles.Build(memory.Slices, interval, past.To > first ? past.To : first, tick, now, IsPartial))
        {
            if (joined is [.., var last] && last.Start == candle.Start)
            {
                joined[^1] = Join(last, candle, tick);
            }
            else
            {
                joined.Add(candle);
            }
        }

        return [.. joined.Select(candle => candle with { IsPartial = IsPartial(candle.Start, interval), IsClosed = interval.EndOf(candle.Start) <= now })];
    }

    /// <summary>Whether a candle may lack some of its trades.</summary>
    public bool IsPartial(Timestamp start, FlowInterval interval) =>
        past is null ? memory.IsPartial(start, interval) : start < SinceOf(interval) || memory.HasHole(start, interval);

    /// <summary>The newest candle, to be gone on with; null where there is none.</summary>
    internal CandleBuilder? Newest(FlowInterval interval, long tick)
    {
        var last = past is { Candles: [.., var ended] } ? ended : null;
        if (memory.LastAt.IsUnknown && last is null)
        {
            return null;
        }

        var start = memory.LastAt.IsUnknown ? last!.Start : interval.StartOf(memory.LastAt);
        var builder = new CandleBuilder(start, tick);
        if (last?.Start == start)
        {
            builder.Add(last);
        }

        foreach (var slice in memory.Slices[SliceList.FirstFrom(memory.Slices, Math.Max(start.Nanoseconds, past?.To.Nanoseconds ?? long.MinValue))..])
        {
            builder.Add(slice);
        }

        return builder;
    }

    private static FlowCandle Join(FlowCandle earlier, FlowCandle later, long tick)
    {
        var builder = new CandleBuilder(earlier.Start, tick);
        builder.Add(earlier);
        builder.Add(later);
        return builder.Build(later.IsPartial, later.IsClosed);
    }
}
