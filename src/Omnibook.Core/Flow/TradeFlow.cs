using Omnibook.Core.Events;

namespace Omnibook.Core.Flow;

/// <summary>
/// The trades of one instrument, added up price by price in slices of a second, and after a while of a minute: all that candles, cumulative
/// volume delta, footprints and profiles of any length and tick are made of. Exact, bounded, and independent of the order in which trades come.
/// </summary>
/// <remarks>Not thread-safe; what <see cref="Snapshot"/> gives away is. Time comes with the trades.</remarks>
public sealed class TradeFlow
{
    /// <summary>A venue's clock may be ahead of ours by so much; a moment beyond is a mistake, and would drive out everything else.</summary>
    private static readonly TimeSpan AheadAtMost = TimeSpan.FromMinutes(5);

    private readonly FlowOptions _options;
    private SliceList _slices = new();
    private FlowHoles _holes = FlowHoles.None;
    private bool _isBrokenOff;

    /// <summary>A flow in which nothing was traded yet.</summary>
    public TradeFlow(FlowOptions? options = null) => _options = options ?? new FlowOptions();

    /// <summary>From when on no trade is missing that was told; unknown before the first trade.</summary>
    public Timestamp Since { get; private set; }

    /// <summary>When the latest trade was, by the venue's clock; unknown before the first.</summary>
    public Timestamp LastAt { get; private set; }

    /// <summary>All trades that were ever taken, whether or not they are still kept.</summary>
    public FlowVolume Total { get; private set; }

    /// <summary>How many cells are kept.</summary>
    public int Cells => _slices.Cells;

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
        if (trade.Price.Units <= 0 || trade.Quantity.Units <= 0 || at.Nanoseconds < _slices.KeptFrom)
        {
            LeftOut++;
            return false;
        }

        NoteHole(at);
        Since = Since.IsUnknown ? at : Since;
        Total += FlowVolume.Of(trade);
        _slices.Add(trade, at.Nanoseconds);
        GoOn(at);
        return true;
    }

    /// <summary>The instrument is no longer followed: if it is again, what was traded meanwhile is missing.</summary>
    public void BreakOff() => _isBrokenOff = !LastAt.IsUnknown;

    /// <summary>
    /// Takes what was traded before this began, and was not told to it: everything up to the first trade that it took, of a span that begins at
    /// <paramref name="from"/>. What is older is left out from now on.
    /// </summary>
    /// <param name="earlier">In order of time; of a second each, or of a minute. They belong to the flow from now on.</param>
    /// <param name="from">A full minute.</param>
    /// <param name="firstAt">When the earliest trade was that there is of the instrument at all, even before <paramref name="from"/>.</param>
    public void Prime(IReadOnlyList<FlowSlice> earlier, Timestamp from, Timestamp firstAt)
    {
        // What is there came after what is added, and must be added to it in that order. It is little: a flow is primed when it begins.
        var later = new SliceList();
        later.Begin(earlier);
        later.KeepFrom(Math.Max(from.Nanoseconds, _slices.KeptFrom));
        if (_slices.FineFrom > later.FineFrom)
        {
            later.Coarsen(_slices.FineFrom);
        }

        foreach (var slice in _slices.From(later.KeptFrom))
        {
            later.Add(slice);
        }

        _slices = later;
        foreach (var slice in earlier)
        {
            Total += slice.Volume;
        }

        Since = Later(firstAt, new Timestamp(_slices.KeptFrom));
        GoOn(_slices.All is [.., var last] ? Later(LastAt, new Timestamp(last.Prices.LastAt)) : LastAt);
    }

    /// <summary>
    /// From when on candles of a length can be made: those shorter than a minute only of what is kept by the second. Unknown before the first trade.
    /// </summary>
    public Timestamp KeptFrom(FlowInterval interval) =>
        _slices.Count == 0 ? default
        : interval.IsOfMinutes ? new Timestamp(_slices.All[0].Start)
        : new Timestamp(Math.Max(_slices.All[0].Start, _slices.FineFrom));

    /// <summary>Candles, oldest first. Where nothing was traded there is none.</summary>
    /// <param name="interval">How long they are.</param>
    /// <param name="from">The first candle is that which this moment belongs to.</param>
    /// <param name="tick">Height of the footprint's buckets in units of price; 0 for no footprint.</param>
    /// <param name="now">Candles whose time is over by then are closed.</param>
    /// <returns>What is kept. A candle that lacks some of its trades because they were not followed, or are not kept, is partial.</returns>
    public IReadOnlyList<FlowCandle> Candles(FlowInterval interval, Timestamp from, long tick, Timestamp now) =>
        SliceCandles.Build(_slices.All, interval, Later(interval.StartOf(from), KeptFrom(interval)), tick, now, IsPartial);

    /// <summary>What is kept from a moment on, to be read on any thread.</summary>
    public FlowSnapshot Snapshot(Timestamp from) =>
        new(_slices.Share(from.Nanoseconds), Since, new Timestamp(_slices.FineFrom), _holes, LastAt);

    /// <summary>Puts into a builder what is kept of its candle. False when nothing is.</summary>
    internal bool TryFill(CandleBuilder builder, FlowInterval interval)
    {
        var end = interval.EndOf(builder.Start).Nanoseconds;
        foreach (var slice in _slices.From(builder.Start.Nanoseconds))
        {
            if (slice.End > end)
            {
                break;
            }

            builder.Add(slice);
        }

        return builder.Volume.Trades > 0;
    }

    /// <summary>Whether a candle may lack some of its trades.</summary>
    internal bool IsPartial(Timestamp start, FlowInterval interval) => start < Since || _holes.Touch(start, interval.EndOf(start));

    private static Timestamp Later(Timestamp left, Timestamp right) => left > right ? left : right;

    private void NoteHole(Timestamp at)
    {
        if (_isBrokenOff && at > LastAt)
        {
            _holes = _holes.With(LastAt, at);
            _isBrokenOff = false;
        }
    }

    /// <summary>Time may have gone on: what is old is told by the minute, and what is older goes.</summary>
    private void GoOn(Timestamp at)
    {
        if (at > LastAt)
        {
            LastAt = at;
            var fineFrom = FlowInterval.Minute.StartOf(LastAt).Nanoseconds - _options.FineFor.Ticks * 100;
            if (fineFrom > _slices.FineFrom)
            {
                _slices.Coarsen(Grid.Floor(fineFrom, FlowInterval.Minute.Nanoseconds));
            }
        }

        if (_slices.Drop(LastAt.Nanoseconds - _options.KeptFor.Ticks * 100, _options.MaxCells))
        {
            Since = Later(Since, new Timestamp(_slices.KeptFrom));
        }
    }
}
