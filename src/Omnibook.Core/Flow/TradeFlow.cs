using System.Runtime.InteropServices;
using Omnibook.Core.Events;

namespace Omnibook.Core.Flow;

/// <summary>
/// The trades of one instrument, added up price by price in slices of a second, and after a while of a minute: all that candles, cumulative
/// volume delta, footprints and profiles of any length and tick are made of. Exact, bounded, and independent of the order in which trades come.
/// </summary>
/// <remarks>Not thread-safe. Time comes with the trades.</remarks>
public sealed class TradeFlow
{
    /// <summary>A venue's clock may be ahead of ours by so much; a moment beyond is a mistake, and would drive out everything else.</summary>
    private static readonly TimeSpan AheadAtMost = TimeSpan.FromMinutes(5);

    private readonly FlowOptions _options;
    private readonly List<FlowSlice> _slices = [];
    private int _minutes;
    private long _fineFrom = long.MinValue;
    private long _keptFrom = long.MinValue;

    /// <summary>A flow in which nothing was traded yet.</summary>
    public TradeFlow(FlowOptions? options = null) => _options = options ?? new FlowOptions();

    /// <summary>From when on no trade is missing that was told; unknown before the first trade.</summary>
    public Timestamp Since { get; private set; }

    /// <summary>When the latest trade was, by the venue's clock; unknown before the first.</summary>
    public Timestamp LastAt { get; private set; }

    /// <summary>All trades that were ever taken, whether or not they are still kept.</summary>
    public FlowVolume Total { get; private set; }

    /// <summary>How many cells are kept.</summary>
    public int Cells { get; private set; }

    /// <summary>How many trades were left out: without a price or a quantity, or older than what is kept.</summary>
    public long LeftOut { get; private set; }

    /// <summary>How many slices are kept.</summary>
    internal int Slices => _slices.Count;

    /// <summary>When a trade was, by the venue's clock; by ours where the venue does not say, or says a moment that is far ahead.</summary>
    public static Timestamp TimeOf(in Trade trade) =>
        trade.Times.VenueTime.IsUnknown || trade.Times.VenueTime > trade.Times.ReceivedAt + AheadAtMost ? trade.Times.ReceivedAt : trade.Times.VenueTime;

    /// <summary>Takes a trade. False when it is left out.</summary>
    public bool Add(in Trade trade)
    {
        var at = TimeOf(trade);
        if (trade.Price.Units <= 0 || trade.Quantity.Units <= 0 || at.Nanoseconds < _keptFrom)
        {
            LeftOut++;
            return false;
        }

        Since = Since.IsUnknown ? at : Since;
        Total += FlowVolume.Of(trade);
        var slice = SliceAt(at.Nanoseconds);
        var before = slice.Cells.Length;
        slice.Add(trade, at.Nanoseconds);
        Cells += slice.Cells.Length - before;
        if (at > LastAt)
        {
            LastAt = at;
            Age();
        }

        DropOldest();
        return true;
    }

    /// <summary>
    /// From when on candles of a length can be made: those shorter than a minute only of what is kept by the second. Unknown before the first trade.
    /// </summary>
    public Timestamp KeptFrom(FlowInterval interval) =>
        _slices.Count == 0 ? default
        : interval.IsOfMinutes ? new Timestamp(_slices[0].Start)
        : new Timestamp(Math.Max(_slices[0].Start, _fineFrom));

    /// <summary>Candles, oldest first. Where nothing was traded there is none.</summary>
    /// <param name="interval">How long they are.</param>
    /// <param name="from">The first candle is that which this moment belongs to.</param>
    /// <param name="tick">Height of the footprint's buckets in units of price; 0 for no footprint.</param>
    /// <param name="now">Candles whose time is over by then are closed.</param>
    /// <returns>What is kept. A candle that lacks some of its trades because they were not followed, or are not kept, is partial.</returns>
    public IReadOnlyList<FlowCandle> Candles(FlowInterval interval, Timestamp from, long tick, Timestamp now)
    {
        List<FlowCandle> candles = [];
        CandleBuilder? builder = null;
        for (var i = FirstFrom(Math.Max(interval.StartOf(from).Nanoseconds, KeptFrom(interval).Nanoseconds)); i < _slices.Count; i++)
        {
            var start = interval.StartOf(new Timestamp(_slices[i].Start));
            if (builder?.Start != start)
            {
                Finish(builder);
                builder = new CandleBuilder(start, tick);
            }

            builder.Add(_slices[i]);
        }

        Finish(builder);
        return candles;

        void Finish(CandleBuilder? finished)
        {
            if (finished is not null)
            {
                candles.Add(finished.Build(IsPartial(finished.Start), interval.EndOf(finished.Start) <= now));
            }
        }
    }

    /// <summary>Puts into a builder what is kept of its candle. False when nothing is.</summary>
    internal bool TryFill(CandleBuilder builder, FlowInterval interval)
    {
        var end = interval.EndOf(builder.Start).Nanoseconds;
        for (var i = FirstFrom(builder.Start.Nanoseconds); i < _slices.Count && _slices[i].End <= end; i++)
        {
            builder.Add(_slices[i]);
        }

        return builder.Volume.Trades > 0;
    }

    /// <summary>Whether a candle may lack some of its trades.</summary>
    internal bool IsPartial(Timestamp start) => start < Since;

    /// <summary>Goes through the slices from a moment on, oldest first.</summary>
    internal ReadOnlySpan<FlowSlice> SlicesFrom(Timestamp from) =>
        CollectionsMarshal.AsSpan(_slices)[FirstFrom(from.Nanoseconds)..];

    /// <summary>The index of the first slice that ends after a moment.</summary>
    private int FirstFrom(long moment)
    {
        var (low, high) = (0, _slices.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _slices[middle].End <= moment ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private FlowSlice SliceAt(long moment)
    {
        var index = FirstFrom(moment);
        if (index < _slices.Count && _slices[index].Start <= moment)
        {
            return _slices[index];
        }

        var length = moment < _fineFrom ? FlowInterval.Minute.Nanoseconds : FlowInterval.Second.Nanoseconds;
        var slice = new FlowSlice(Grid.Floor(moment, length), length);
        _slices.Insert(index, slice);
        _minutes += moment < _fineFrom ? 1 : 0;
        return slice;
    }

    /// <summary>Time went on: what is old is told by the minute.</summary>
    private void Age()
    {
        var fineFrom = FlowInterval.Minute.StartOf(LastAt).Nanoseconds - _options.FineFor.Ticks * 100;
        if (fineFrom > _fineFrom)
        {
            _fineFrom = FlowInterval.Minute.StartOf(new Timestamp(fineFrom)).Nanoseconds;
            MergeUpTo(_fineFrom);
        }
    }

    private void MergeUpTo(long from)
    {
        var (write, read) = (_minutes, _minutes);
        for (; read < _slices.Count && _slices[read].Start < from; read++)
        {
            var minute = FlowInterval.Minute.StartOf(new Timestamp(_slices[read].Start)).Nanoseconds;
            if (write == 0 || _slices[write - 1].Start != minute)
            {
                Trim(write - 1);
                var slice = new FlowSlice(minute, FlowInterval.Minute.Nanoseconds);
                slice.Add(_slices[read]);
                _slices[write++] = slice;
                continue;
            }

            var before = _slices[write - 1].Cells.Length + _slices[read].Cells.Length;
            _slices[write - 1].Add(_slices[read]);
            Cells += _slices[write - 1].Cells.Length - before;
        }

        Trim(write - 1);
        _slices.RemoveRange(write, read - write);
        _minutes = write;
    }

    private void Trim(int slice)
    {
        if (slice >= 0)
        {
            _slices[slice].Trim();
        }
    }

    private void DropOldest()
    {
        var (drop, before) = (0, LastAt.Nanoseconds - _options.KeptFor.Ticks * 100);
        while (drop < _slices.Count - 1 && (_slices[drop].End <= before || Cells > _options.MaxCells))
        {
            Cells -= _slices[drop].Cells.Length;
            _keptFrom = _slices[drop].End;
            drop++;
        }

        if (drop == 0)
        {
            return;
        }

        _slices.RemoveRange(0, drop);
        _minutes = Math.Max(0, _minutes - drop);
        Since = Since.Nanoseconds < _keptFrom ? new Timestamp(_keptFrom) : Since;
    }
}
