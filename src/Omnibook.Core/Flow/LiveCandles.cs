using Omnibook.Core.Events;

namespace Omnibook.Core.Flow;

/// <summary>
/// The candle of now, kept as trades come, and what has to be told of it: each state at most once, and the last state of a candle that is
/// over once, before the next one. A trade that was missed and comes when its candle is over has that candle told again.
/// </summary>
public sealed class LiveCandles
{
    /// <summary>For clocks that differ, and for trades that are on their way.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly FlowInterval _interval;
    private readonly long _tick;
    private readonly TradeFlow _flow;
    private readonly List<FlowCandle> _over = [];
    private readonly SortedSet<Timestamp> _corrected = [];

    /// <summary>Of the candle that this began with: the part that is in no memory, when it began, and whether it lacks trades.</summary>
    private readonly FlowCandle? _first;
    private readonly Timestamp _firstStart;
    private readonly bool _isFirstPartial;
    private CandleBuilder? _open;
    private bool _hasChanged;
    private bool _isOver;

    /// <summary>Goes on from what was traded before. Nothing of that is told: whoever comes was told it.</summary>
    /// <param name="interval">How long candles are.</param>
    /// <param name="tick">Height of the footprint's buckets in units of price; 0 for no footprint.</param>
    /// <param name="flow">What was traded before. It takes every trade before this does.</param>
    /// <param name="before">What it had taken when this began to be told of trades.</param>
    public LiveCandles(FlowInterval interval, long tick, TradeFlow flow, JoinedFlow before)
    {
        (_interval, _tick, _flow, _open) = (interval, tick, flow, before.Newest(interval, tick));
        _first = _open is not null && before.Past is { Candles: [.., var past] } && past.Start == _open.Start ? past : null;
        _isFirstPartial = _open is not null && before.IsPartial(_open.Start, interval);
        _firstStart = _open?.Start ?? default;
    }

    /// <summary>Goes on from what memory has.</summary>
    public LiveCandles(FlowInterval interval, long tick, TradeFlow flow)
        : this(interval, tick, flow, new JoinedFlow(flow.Snapshot(interval.StartOf(flow.LastAt))))
    {
    }

    /// <summary>The earliest candle that has to be told again because a trade came late; null when there is none.</summary>
    public Timestamp? EarliestCorrection => _corrected.Count == 0 ? null : _corrected.Min;

    /// <summary>A trade that the flow has taken.</summary>
    public void On(in Trade trade)
    {
        var start = _interval.StartOf(TradeFlow.TimeOf(trade));
        if (_open is null || start > _open.Start)
        {
            Finish();
            (_open, _isOver) = (new CandleBuilder(start, _tick), false);
        }

        if (start < _open.Start || _isOver)
        {
            _corrected.Add(start);
            return;
        }

        _open.Add(trade);
        _hasChanged = true;
    }

    /// <summary>Time goes on: a candle may be over although no other has begun.</summary>
    /// <param name="now">Our clock.</param>
    public void Advance(Timestamp now)
    {
        if (_open is not null && _interval.EndOf(_open.Start) + Grace <= now)
        {
            Finish();
        }
    }

    /// <summary>Takes what is to be told, oldest first: candles that were corrected, candles that are over, the candle of now.</summary>
    public IReadOnlyList<FlowCandle> TakeChanges()
    {
        if (_corrected.Count == 0 && _over.Count == 0 && !_hasChanged)
        {
            return [];
        }

        List<FlowCandle> changes = [];
        foreach (var start in _corrected)
        {
            var builder = new CandleBuilder(start, _tick);
            if (_first?.Start == start)
            {
                builder.Add(_first);
            }

            if (_flow.TryFill(builder, _interval))
            {
                changes.Add(builder.Build(IsPartial(start), isClosed: true));
            }
        }

        changes.AddRange(_over.Where(candle => !_corrected.Contains(candle.Start)));
        if (_hasChanged && _open is not null)
        {
            changes.Add(_open.Build(IsPartial(_open.Start), isClosed: false));
        }

        _corrected.Clear();
        _over.Clear();
        _hasChanged = false;
        return changes;
    }

    private bool IsPartial(Timestamp start) => start == _firstStart ? _isFirstPartial : _flow.IsPartial(start, _interval);

    private void Finish()
    {
        if (_open is null || _isOver)
        {
            return;
        }

        _over.Add(_open.Build(IsPartial(_open.Start), isClosed: true));
        (_isOver, _hasChanged) = (true, false);
    }
}
