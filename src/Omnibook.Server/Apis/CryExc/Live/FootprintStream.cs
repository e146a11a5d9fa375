using Omnibook.Core;
using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Server.Pipeline.Demand;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.CryExc.Live;

/// <summary>
/// <c>{"type":"footprint","data":{"exchange":"binancef","symbol":"BTCUSDT","candle":{…}}}</c>: the candle of now when it has changed, and once the last state of
/// one that is over. Before that, as <c>footprint_historical</c>, the candles of the range.
/// </summary>
internal sealed class FootprintStream(StreamKey key, MarketLease lease, StreamParts parts, FlowInterval interval, decimal tick, TimeSpan range)
    : FlowStream(key, lease, parts, interval, StreamConfig.UnitsOf(tick, lease.Instrument.Listing))
{
    private readonly int _decimals = FlowWriter.KeyDecimals(tick);
    private LiveCandles? _live;

    /// <inheritdoc />
    public override Func<FrameWriter, Frame> History(Market market)
    {
        var (flow, now) = (Joined(market), market.Now);
        return writer => Render(writer, FlowHistory.Read(flow, Interval, FirstOf(now), Tick, now, Rules.MaxHistoryRows));
    }

    /// <inheritdoc />
    public override void Pulse(Market market)
    {
        if (!IsJoined || !IsDue(market, Rules.FlowPace))
        {
            return;
        }

        _live!.Advance(market.Now);
        foreach (var candle in _live.TakeChanges())
        {
            Head(StreamNames.Footprint).Raw(",\"candle\":"u8).Footprint(candle, Instrument, _decimals);
            Topic.Publish(Writer.Raw("}}"u8).Complete(), greets: false);
        }
    }

    /// <inheritdoc />
    protected override Timestamp FirstOf(Timestamp now) => FlowHistory.FromOf(Interval, range, now);

    /// <inheritdoc />
    protected override void Build(JoinedFlow before, Timestamp now) => _live = new LiveCandles(Interval, Tick, Trades, before);

    /// <inheritdoc />
    protected override void Take(in Trade trade) => _live!.On(trade);

    private Frame Render(FrameWriter writer, FlowHistory history)
    {
        writer.Begin().Raw("{\"type\":\"footprint_historical\",\"data\":{\"exchange\":"u8).Text(Key.Exchange)
            .Raw(",\"symbol\":"u8).Text(Key.Echo).Raw(",\"dataStartTime\":"u8);
        FlowHistory.Moment(writer, history.DataStart).Raw(",\"candles\":["u8);
        for (var i = 0; i < history.Candles.Count; i++)
        {
            (i == 0 ? writer : writer.Raw(","u8)).Footprint(history.Candles[i], Instrument, _decimals);
        }

        return writer.Raw("]}}"u8).Complete();
    }
}
