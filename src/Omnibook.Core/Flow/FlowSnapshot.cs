using Omnibook.Core.Events;

namespace Omnibook.Core.Flow;

/// <summary>What a <see cref="TradeFlow"/> kept at one moment: to be read on any thread, for as long as one likes, whatever is traded meanwhile.</summary>
public sealed class FlowSnapshot
{
    private readonly FlowSlice[] _slices;
    private readonly long _secondsFrom;
    private readonly FlowHoles _holes;

    internal FlowSnapshot(FlowSlice[] slices, Timestamp since, Timestamp secondsFrom, FlowHoles holes, Timestamp lastAt) =>
        (_slices, Since, _secondsFrom, _holes, LastAt) = (slices, since, secondsFrom.Nanoseconds, holes, lastAt);

    /// <summary>From when on it is whole; unknown where nothing was ever traded.</summary>
    public Timestamp Since { get; }

    /// <summary>When the latest trade was; unknown where there was none.</summary>
    public Timestamp LastAt { get; }

    /// <summary>What was traded, oldest first.</summary>
    internal ReadOnlySpan<FlowSlice> Slices => _slices;

    /// <summary>From when on candles of a length are whole: those shorter than a minute only as far back as there are seconds.</summary>
    public Timestamp SinceOf(FlowInterval interval) =>
        interval.IsOfMinutes || Since.IsUnknown || Since.Nanoseconds >= _secondsFrom ? Since : new Timestamp(_secondsFrom);

    /// <inheritdoc cref="TradeFlow.Candles"/>
    public IReadOnlyList<FlowCandle> Candles(FlowInterval interval, Timestamp from, long tick, Timestamp now) =>
        SliceCandles.Build(_slices, interval, interval.IsOfMinutes ? interval.StartOf(from) : Later(interval.StartOf(from), new Timestamp(_secondsFrom)), tick, now, IsPartial);

    /// <summary>Whether a candle may lack some of its trades.</summary>
    public bool IsPartial(Timestamp start, FlowInterval interval) => start < Since || HasHole(start, interval);

    /// <summary>Whether the instrument was not followed for some of a candle's time.</summary>
    internal bool HasHole(Timestamp start, FlowInterval interval) => _holes.Touch(start, interval.EndOf(start));

    private static Timestamp Later(Timestamp left, Timestamp right) => left > right ? left : right;
}
