using Omnibook.Core;
using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Server.Pipeline.Demand;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.CryExc.Live;

/// <summary>
/// <c>{"type":"cvd","data":{"exchange":"binancef","symbol":"BTCUSDT","timestamp":1700000040000,"value":33617.16,"delta":-20994.71,"buyVolume":16808.2,
/// "sellVolume":37802.91,…}}</c>: what takers paid to buy less what they got to sell, added up from the beginning of the range on. The point of now when it
/// has changed, and once the last of one that is over; a point takes the place of an earlier one with its time.
/// </summary>
internal sealed class CvdStream(StreamKey key, MarketLease lease, StreamParts parts, FlowInterval interval, Timestamp from)
    : FlowStream(key, lease, parts, interval, tick: 0)
{
    private LiveCandles? _live;

    /// <summary>Everything from the beginning of the range on.</summary>
    private Int128 _value;

    /// <summary>
    /// <c>{"type":"cvd_historical","dataStartTime":{"binancef":1699999980000},"data":[{"exchange":"binancef","timestamp":1699999980000,"value":54611.87,
    /// "buyVolume":63012.65,"sellVolume":8400.78}]}</c>: the points of all exchanges of a subscription in one list.
    /// </summary>
    public static Func<FrameWriter, Frame> History(IReadOnlyList<CvdStream> streams, Market market)
    {
        var (states, now) = (streams.Select(stream => (Stream: stream, Flow: stream.Joined(market), Value: stream._value)).ToArray(), market.Now);
        return writer =>
        {
            writer.Begin().Raw("{\"type\":\"cvd_historical\",\"dataStartTime\":{"u8);
            var histories = states.Select(state => state.Stream.Read(state.Flow, now)).ToArray();
            for (var i = 0; i < states.Length; i++)
            {
                FlowHistory.Moment((i == 0 ? writer : writer.Raw(","u8)).Text(states[i].Stream.Key.Exchange).Raw(":"u8), histories[i].DataStart);
            }

            writer.Raw("},\"data\":["u8);
            var isFirst = true;
            for (var i = 0; i < states.Length; i++)
            {
                states[i].Stream.WritePoints(writer, histories[i].Candles, states[i].Value, ref isFirst);
            }

            return writer.Raw("]}"u8).Complete();
        };
    }

    /// <inheritdoc />
    public override void Pulse(Market market)
    {
        if (!IsJoined || !IsDue(market, Rules.DeltaPace))
        {
            return;
        }

        _live!.Advance(market.Now);
        var corrected = _live.EarliestCorrection;
        var changes = _live.TakeChanges();

        // A trade that came late changes every sum after it.
        Tell(corrected is { } first ? Trades.Candles(Interval, first, 0, market.Now) : changes);
    }

    /// <inheritdoc />
    protected override Timestamp FirstOf(Timestamp now) => from;

    /// <inheritdoc />
    protected override void Build(JoinedFlow before, Timestamp now) =>
        (_live, _value) = (new LiveCandles(Interval, 0, Trades, before), SumOf(before.Candles(Interval, from, 0, now)));

    /// <inheritdoc />
    protected override void Take(in Trade trade)
    {
        _live!.On(trade);
        if (TradeFlow.TimeOf(trade) >= from)
        {
            _value += FlowVolume.Of(trade).QuoteDelta;
        }
    }

    private static Int128 SumOf(IReadOnlyList<FlowCandle> candles)
    {
        Int128 sum = 0;
        foreach (var candle in candles)
        {
            sum += candle.Volume.QuoteDelta;
        }

        return sum;
    }

    private FlowHistory Read(JoinedFlow flow, Timestamp now) => FlowHistory.Read(flow, Interval, from, 0, now, Rules.MaxHistoryRows);

    private void WritePoints(FrameWriter writer, IReadOnlyList<FlowCandle> candles, Int128 whole, ref bool isFirst)
    {
        var value = whole - SumOf(candles);
        foreach (var candle in candles)
        {
            value += candle.Volume.QuoteDelta;
            (isFirst ? writer : writer.Raw(","u8)).Raw("{\"exchange\":"u8).Text(Key.Exchange)
                .Raw(",\"timestamp\":"u8).Integer(candle.Start.UnixMilliseconds)
                .Raw(",\"value\":"u8).Quote(value, Instrument);
            FlowWriter.Partial(Sides(writer, candle), candle).Raw("}"u8);
            isFirst = false;
        }
    }

    /// <summary>Tells the newest candles, oldest first; the last has the whole value.</summary>
    private void Tell(IReadOnlyList<FlowCandle> newest)
    {
        var value = _value - SumOf(newest);
        foreach (var candle in newest)
        {
            value += candle.Volume.QuoteDelta;
            if (candle.Start >= from)
            {
                Topic.Publish(Render(candle, value), greets: false);
            }
        }
    }

    /// <summary>With the names that another client of the same stream reads: <c>cvd</c>, <c>buy_volume</c>, <c>sell_volume</c>, <c>interval_seconds</c>.</summary>
    private Frame Render(FlowCandle candle, Int128 value)
    {
        Head(StreamNames.Cvd).Raw(",\"timestamp\":"u8).Integer(candle.Start.UnixMilliseconds)
            .Raw(",\"value\":"u8).Quote(value, Instrument)
            .Raw(",\"delta\":"u8).Quote(candle.Volume.QuoteDelta, Instrument);
        Sides(Writer, candle)
            .Raw(",\"cvd\":"u8).Quote(value, Instrument)
            .Raw(",\"buy_volume\":"u8).Quote(candle.Volume.BoughtQuote, Instrument)
            .Raw(",\"sell_volume\":"u8).Quote(candle.Volume.SoldQuote, Instrument)
            .Raw(",\"interval_seconds\":"u8).Integer((long)Interval.Length.TotalSeconds)
            .Raw(candle.IsClosed ? ",\"isClosed\":true"u8 : ",\"isClosed\":false"u8);
        return FlowWriter.Partial(Writer, candle).Raw("}}"u8).Complete();
    }

    private FrameWriter Sides(FrameWriter writer, FlowCandle candle) =>
        writer.Raw(",\"buyVolume\":"u8).Quote(candle.Volume.BoughtQuote, Instrument).Raw(",\"sellVolume\":"u8).Quote(candle.Volume.SoldQuote, Instrument);
}
