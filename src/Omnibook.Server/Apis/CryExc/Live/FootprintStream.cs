using Omnibook.Core;
using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Server.Pipeline.Demand;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.CryExc.Live;

/// <summary>
/// <c>{"type":"footprint","data":{"exchange":"binancef","symbol":"BTCUSDT","candle":{…}}}</c>: the candle of now when it has changed, and once the last state of
/// one that is over. Before that, as <c>footprint_historical</c>, the candles of the range that are in memory.
/// </summary>
internal sealed class FootprintStream(StreamKey key, MarketLease lease, StreamParts parts, FlowInterval interval, decimal tick, TimeSpan range)
    : MarketStream(key, lease, parts)
{
    private readonly int _decimals = FlowWriter.KeyDecimals(tick);
    private InstrumentFlow? _flow;
    private LiveCandles? _live;

    private long Tick => StreamConfig.UnitsOf(tick, Instrument.Listing);

    /// <inheritdoc />
    public override void Begin(Market market, FlowBoard board)
    {
        _flow = board.Of(Instrument.Id, market.Now);
        _flow.Hold();
        _live = new LiveCandles(interval, Tick, _flow.Trades);
    }

    /// <inheritdoc />
    public override Frame Greeting(Market market)
    {
        var history = FlowHistory.Read(_flow!.Trades, interval, FlowHistory.FromOf(interval, range, market.Now), Tick, market.Now, Rules.MaxHistoryRows);
        Writer.Begin().Raw("{\"type\":\"footprint_historical\",\"data\":{\"exchange\":"u8).Text(Key.Exchange)
            .Raw(",\"symbol\":"u8).Text(Key.Echo).Raw(",\"dataStartTime\":"u8);
        FlowHistory.Moment(Writer, history.DataStart).Raw(",\"candles\":["u8);
        for (var i = 0; i < history.Candles.Count; i++)
        {
            (i == 0 ? Writer : Writer.Raw(","u8)).Footprint(history.Candles[i], Instrument, _decimals);
        }

        return Writer.Raw("]}}"u8).Complete();
    }

    /// <inheritdoc />
    public override void On(in Trade trade, bool isKept)
    {
        if (isKept)
        {
            _live!.On(trade);
        }
    }

    /// <inheritdoc />
    public override void Pulse(Market market)
    {
        if (!IsDue(market, Rules.FlowPace))
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
    public override void Dispose()
    {
        base.Dispose();
        _flow?.Release();
    }
}
