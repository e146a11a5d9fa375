using Omnibook.Core;
using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Server.Pipeline.Demand;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.CryExc.Live;

/// <summary>
/// <c>{"type":"orderbook_heatmap","data":{"exchange":"binancef","symbol":"BTCUSDT","live":{"timestamp":1700000040000,"bids":[{"price":42000,"quantity":3.1}],
/// "asks":[]}}}</c>: the book of each full minute, regrouped; at first <c>historical</c> with those of the range. Of an interval that is longer than a minute
/// the last snapshot counts, so that the newest takes the place of one with its time. Of shorter intervals there are books since somebody asks for them,
/// and before that those of full minutes.
/// </summary>
internal sealed class HeatmapStream(StreamKey key, MarketLease lease, StreamParts parts, FlowInterval interval, long tick, TimeSpan range)
    : MarketStream(key, lease, parts)
{
    private readonly BookSnapshots? _fine = interval.Length < FlowInterval.Minute.Length
        ? new BookSnapshots(new FlowOptions { BooksKeptFor = range < parts.Rules.FineBooksKept ? range : parts.Rules.FineBooksKept }, interval)
        : null;

    private readonly Lock _gate = new();
    private InstrumentFlow? _flow;
    private Earlier _earlier = new([], default);
    private bool _isOver;

    /// <inheritdoc />
    public override async Task PrepareAsync(StreamOpening opening, CancellationToken cancellationToken)
    {
        await opening.BeginAsync(this, cancellationToken);
        var (from, to) = await opening.Loop.ReadAsync(market => (FromOf(market), OldestOf(market)), cancellationToken);
        if (Volatile.Read(ref _earlier).To != to)
        {
            Volatile.Write(ref _earlier, new Earlier(await opening.Past.BooksAsync(Instrument, interval, tick, from, to, cancellationToken), to));
        }
    }

    /// <inheritdoc />
    public override void Begin(Market market, FlowBoard board)
    {
        lock (_gate)
        {
            _flow = board.Of(Instrument.Id, market.Now);
            if (!_isOver)
            {
                _flow.Hold();
            }
        }
    }

    /// <inheritdoc />
    public override Func<FrameWriter, Frame> History(Market market)
    {
        KeptBook[] fine = _fine?.Share(interval, FromOf(market)) ?? [];
        var finest = fine is [var first, ..] ? first.At : new Timestamp(long.MaxValue);
        var (earlier, memory) = (Volatile.Read(ref _earlier), _flow!.Books.Share(interval, FromOf(market)));
        return writer =>
        {
            var recent = KeptBook.Regroup([.. memory.Where(book => book.At < finest), .. fine], interval, tick, Rules.MaxHistoryRows);
            var oldest = recent is [var kept, ..] ? kept.At : new Timestamp(long.MaxValue);
            return Render(writer, Newest([.. earlier.Books.Where(book => book.At < oldest), .. recent]));
        };
    }

    /// <inheritdoc />
    public override void OnBookKept()
    {
        if (_fine is null && _flow!.Books.Newest is { } newest)
        {
            Tell(newest);
        }
    }

    /// <inheritdoc />
    public override void Pulse(Market market)
    {
        if (_fine is not null && _fine.Observe(market.BookOf(Instrument.Id), market.Now))
        {
            Tell(_fine.Newest!);
        }
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        base.Dispose();
        lock (_gate)
        {
            _isOver = true;
            _flow?.Release();
        }
    }

    private Timestamp FromOf(Market market) => interval.StartOf(market.Now + -range);

    /// <summary>When the oldest book in memory was; now where there is none.</summary>
    private Timestamp OldestOf(Market market) => _flow!.Books.Share(FlowInterval.Minute, default) is [var oldest, ..] ? oldest.At : market.Now;

    private HeatmapSnapshot[] Newest(HeatmapSnapshot[] snapshots)
    {
        var (first, levels) = (snapshots.Length, 0);
        while (first > 0 && (levels += snapshots[first - 1].Bids.Count + snapshots[first - 1].Asks.Count) <= Rules.MaxHistoryRows)
        {
            first--;
        }

        return snapshots[first..];
    }

    private Frame Render(FrameWriter writer, HeatmapSnapshot[] snapshots)
    {
        Head(writer, StreamNames.Heatmap).Raw(",\"historical\":["u8);
        for (var i = 0; i < snapshots.Length; i++)
        {
            Write(writer, snapshots[i], i == 0 ? "{\"timestamp\":"u8 : ",{\"timestamp\":"u8);
        }

        return writer.Raw("]}}"u8).Complete();
    }

    private void Tell(KeptBook book)
    {
        Head(StreamNames.Heatmap).Raw(",\"live\":"u8);
        Write(Writer, book.Regroup(interval.StartOf(book.At), tick), "{\"timestamp\":"u8);
        Topic.Publish(Writer.Raw("}}"u8).Complete(), greets: false);
    }

    private void Write(FrameWriter writer, HeatmapSnapshot snapshot, ReadOnlySpan<byte> begin) =>
        writer.Raw(begin).Integer(snapshot.At.UnixMilliseconds)
            .Raw(",\"bids\":"u8).Levels(snapshot.Bids, Instrument)
            .Raw(",\"asks\":"u8).Levels(snapshot.Asks, Instrument)
            .Raw("}"u8);

    /// <summary>What the archive had of before memory begins.</summary>
    private sealed record Earlier(IReadOnlyList<HeatmapSnapshot> Books, Timestamp To);
}
