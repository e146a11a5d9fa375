using Omnibook.Core;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Server.Pipeline.Demand;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.CryExc.Live;

/// <summary>
/// <c>{"type":"kline","data":{"exchange":"binancef","symbol":"BTCUSDT","interval":"1m","timestamp":1700000000000,"candle":{"timestamp":1699999980000,"open":42001.3,
/// "high":42012,"low":42001.3,"close":42012,"volume":1.7}}}</c>: the venue's own candle whenever it changes.
/// </summary>
internal sealed class VenueKlineStream(StreamKey key, MarketLease lease, StreamParts parts, CandleInterval interval) : MarketStream(key, lease, parts)
{
    /// <inheritdoc />
    public override Frame? Greeting(Market market) => market.CandleOf(Instrument.Id, interval) is { } candle ? Render(candle) : null;

    /// <inheritdoc />
    public override void On(in CandleUpdate candle)
    {
        if (candle.Interval == interval)
        {
            Topic.Publish(Render(candle), greets: false);
        }
    }

    private Frame Render(in CandleUpdate candle)
    {
        var scale = Instrument.PriceScale;
        return Head(StreamNames.Kline).Raw(",\"interval\":"u8).Text(interval.Name)
            .Raw(",\"timestamp\":"u8).Integer(TimeOf(candle.Times))
            .Raw(",\"candle\":{\"timestamp\":"u8).Integer(candle.Start.UnixMilliseconds)
            .Raw(",\"open\":"u8).Amount(candle.Open.Units, scale)
            .Raw(",\"high\":"u8).Amount(candle.High.Units, scale)
            .Raw(",\"low\":"u8).Amount(candle.Low.Units, scale)
            .Raw(",\"close\":"u8).Amount(candle.Close.Units, scale)
            .Raw(",\"volume\":"u8).Decimal(candle.BaseVolume)
            .Raw("}}}"u8).Complete();
    }
}

/// <summary>The same where the venue streams no candles of this length: made of its trades, twice a second.</summary>
internal sealed class TradeKlineStream(StreamKey key, MarketLease lease, StreamParts parts, FlowInterval interval)
    : FlowStream(key, lease, parts, interval, tick: 0)
{
    private LiveCandles? _live;

    /// <inheritdoc />
    public override Frame? Greeting(Market market) =>
        Joined(market).Candles(Interval, market.Now, 0, market.Now) is [.., var candle] ? Render(candle, market.Now) : null;

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
            Topic.Publish(Render(candle, market.Now), greets: false);
        }
    }

    /// <inheritdoc />
    protected override Timestamp FirstOf(Timestamp now) => Interval.StartOf(now);

    /// <inheritdoc />
    protected override void Build(JoinedFlow before, Timestamp now) => _live = new LiveCandles(Interval, 0, Trades, before);

    /// <inheritdoc />
    protected override void Take(in Trade trade) => _live!.On(trade);

    private Frame Render(FlowCandle candle, Timestamp now)
    {
        Head(StreamNames.Kline).Raw(",\"interval\":"u8).Text(Interval.Name)
            .Raw(",\"timestamp\":"u8).Integer(now.UnixMilliseconds).Raw(",\"candle\":{"u8);
        return FlowWriter.Partial(FlowWriter.Prices(Writer, candle, Instrument), candle).Raw("}}}"u8).Complete();
    }
}
