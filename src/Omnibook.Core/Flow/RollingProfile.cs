using System.Runtime.InteropServices;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Flow;

/// <summary>
/// What was traded at which prices within the last so and so long, to the minute: kept as trades come and minutes go. Amounts are exact,
/// so that what goes is taken away without a trace.
/// </summary>
public sealed class RollingProfile
{
    private readonly long _tick;
    private readonly TimeSpan _range;
    private readonly int _maxCells;
    private readonly List<ProfileMinute> _minutes = [];
    private readonly Dictionary<long, FlowVolume> _levels = [];
    private int _cells;

    /// <summary>Goes on from what was traded before.</summary>
    /// <param name="tick">Height of the levels in units of price.</param>
    /// <param name="range">How far back.</param>
    /// <param name="flow">What was traded before; of the archive candles of a minute at the same tick.</param>
    /// <param name="now">Our clock.</param>
    /// <param name="maxCells">How many levels all minutes have together at most; the oldest minutes go.</param>
    public RollingProfile(long tick, TimeSpan range, JoinedFlow flow, Timestamp now, int maxCells = 100_000)
    {
        (_tick, _range, _maxCells) = (tick, range, maxCells);
        From = FromOf(range, now);
        foreach (var candle in flow.Past?.Candles ?? [])
        {
            if (candle.Start >= From)
            {
                Add(candle);
            }
        }

        var slices = flow.Memory.Slices;
        foreach (var slice in slices[SliceList.FirstFrom(slices, Math.Max(From.Nanoseconds, flow.Past?.To.Nanoseconds ?? long.MinValue))..])
        {
            var minute = MinuteOf(new Timestamp(slice.Start));
            minute.Prices.Add(slice.Prices);
            foreach (ref readonly var cell in slice.Cells)
            {
                Add(minute, cell.Price, cell.Volume);
            }
        }

        while (_cells > _maxCells && _minutes.Count > 1)
        {
            DropOldest();
        }
    }

    /// <summary>Goes on from what memory has.</summary>
    public RollingProfile(long tick, TimeSpan range, TradeFlow flow, Timestamp now, int maxCells = 100_000)
        : this(tick, range, new JoinedFlow(flow.Snapshot(FromOf(range, now))), now, maxCells)
    {
    }

    /// <summary>Where a range begins that ends now.</summary>
    public static Timestamp FromOf(TimeSpan range, Timestamp now) => FlowInterval.Minute.StartOf(new Timestamp(now.Nanoseconds - range.Ticks * 100));

    /// <summary>The minute from which on trades take part.</summary>
    public Timestamp From { get; private set; }

    /// <summary>When the earliest trade was that takes part, unknown when there is none.</summary>
    public Timestamp FirstAt => _minutes.Count == 0 ? default : new Timestamp(_minutes[0].Prices.FirstAt);

    /// <summary>What was traded, by the lower end of each level.</summary>
    public IReadOnlyDictionary<long, FlowVolume> Levels => _levels;

    /// <summary>The highest price; zero when there was no trade.</summary>
    public Price High => new(_minutes.Count == 0 ? 0 : _minutes.Max(minute => minute.Prices.High));

    /// <summary>The lowest price; zero when there was no trade.</summary>
    public Price Low => new(_minutes.Count == 0 ? 0 : _minutes.Min(minute => minute.Prices.Low));

    /// <summary>A trade that the flow has taken.</summary>
    public void On(in Trade trade)
    {
        var at = TradeFlow.TimeOf(trade);
        if (at < From)
        {
            return;
        }

        var minute = MinuteOf(at);
        minute.Prices.Add(trade.Price.Units, at.Nanoseconds);
        Add(minute, trade.Price.Units, FlowVolume.Of(trade));
        while (_cells > _maxCells && _minutes.Count > 1)
        {
            DropOldest();
        }
    }

    /// <summary>Time goes on: old minutes go.</summary>
    /// <param name="now">Our clock.</param>
    public void Advance(Timestamp now)
    {
        var from = FlowInterval.Minute.StartOf(new Timestamp(now.Nanoseconds - _range.Ticks * 100));
        while (_minutes.Count > 0 && _minutes[0].Start < from)
        {
            DropOldest();
        }

        From = from > From ? from : From;
    }

    private ProfileMinute MinuteOf(Timestamp at)
    {
        var start = FlowInterval.Minute.StartOf(at);
        var place = _minutes.Count;
        while (place > 0 && _minutes[place - 1].Start > start)
        {
            place--;
        }

        if (place == 0 || _minutes[place - 1].Start != start)
        {
            _minutes.Insert(place++, new ProfileMinute(start));
        }

        return _minutes[place - 1];
    }

    private void Add(FlowCandle candle)
    {
        var (minute, at) = (MinuteOf(candle.Start), candle.Start.Nanoseconds);
        minute.Prices.Add(new CandlePrices(candle.Open.Units, candle.High.Units, candle.Low.Units, candle.Close.Units, at, at));
        foreach (var cell in candle.Cells)
        {
            Add(minute, cell.Price.Units, cell.Volume);
        }
    }

    private void Add(ProfileMinute minute, long price, in FlowVolume volume)
    {
        var level = Grid.Floor(price, _tick);
        CollectionsMarshal.GetValueRefOrAddDefault(_levels, level, out _) += volume;
        CollectionsMarshal.GetValueRefOrAddDefault(minute.Levels, level, out var isKnown) += volume;
        _cells += isKnown ? 0 : 1;
    }

    private void DropOldest()
    {
        foreach (var (level, volume) in _minutes[0].Levels)
        {
            ref var whole = ref CollectionsMarshal.GetValueRefOrNullRef(_levels, level);
            whole -= volume;
            if (whole.Trades == 0)
            {
                _levels.Remove(level);
            }
        }

        _cells -= _minutes[0].Levels.Count;
        From = FlowInterval.Minute.EndOf(_minutes[0].Start);
        _minutes.RemoveAt(0);
    }

    private sealed class ProfileMinute(Timestamp start)
    {
        public CandlePrices Prices;

        public Timestamp Start => start;

        public Dictionary<long, FlowVolume> Levels { get; } = [];
    }
}
