using Omnibook.Core;
using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Server.Pipeline.Demand;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.CryExc.Live;

/// <summary>
/// <c>{"type":"orderbook_heatmap","data":{"exchange":"binancef","symbol":"BTCUSDT","live":{"timestamp":1700000040000,"bids":[{"price":42000,"quantity":3.1}],
/// "asks":[]}}}</c>: the book of each full minute, regrouped; at first <c>historical</c> with those of the range that are in memory. Of an interval that is longer
/// than a minute the last snapshot counts, so that the newest takes the place of one with its time.
/// </summary>
internal sealed class HeatmapStream(StreamKey key, MarketLease lease, StreamParts parts, FlowInterval interval, long tick, TimeSpan range)
    : MarketStream(key, lease, parts)
{
    private InstrumentFlow? _flow;

    /// <inheritdoc />
    public override void Begin(Market market, FlowBoard board)
    {
        _flow = board.Of(Instrument.Id, market.Now);
        _flow.Hold();
    }

    /// <inheritdoc />
    public override Frame Greeting(Market market)
    {
        var snapshots = _flow!.Books.From(interval, new Timestamp(market.Now.Nanoseconds - range.Ticks * 100), tick);
        var (first, rows) = (snapshots.Count, 0);
        while (first > 0 && (rows += snapshots[first - 1].Bids.Count + snapshots[first - 1].Asks.Count) <= Rules.MaxHistoryRows)
        {
            first--;
        }

        Head(StreamNames.Heatmap).Raw(",\"historical\":["u8);
        for (var i = first; i < snapshots.Count; i++)
        {
            Write(snapshots[i], i == first ? "{\"timestamp\":"u8 : ",{\"timestamp\":"u8);
        }

        return Writer.Raw("]}}"u8).Complete();
    }

    /// <inheritdoc />
    public override void OnBookKept()
    {
        if (_flow!.Books.Newest(interval, tick) is { } snapshot)
        {
            Head(StreamNames.Heatmap).Raw(",\"live\":"u8);
            Write(snapshot, "{\"timestamp\":"u8);
            Topic.Publish(Writer.Raw("}}"u8).Complete(), greets: false);
        }
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        base.Dispose();
        _flow?.Release();
    }

    private void Write(HeatmapSnapshot snapshot, ReadOnlySpan<byte> begin) =>
        Writer.Raw(begin).Integer(snapshot.At.UnixMilliseconds)
            .Raw(",\"bids\":"u8).Levels(snapshot.Bids, Instrument)
            .Raw(",\"asks\":"u8).Levels(snapshot.Asks, Instrument)
            .Raw("}"u8);
}
