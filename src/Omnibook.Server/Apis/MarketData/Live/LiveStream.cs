using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Pipeline.Demand;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.MarketData.Live;

/// <summary>What distinguishes streams: clients that name the same share one.</summary>
/// <param name="Kind"><c>ohlc</c>, <c>large_trades</c> or <c>liquidations</c>.</param>
/// <param name="Exchange">The exchange's name.</param>
/// <param name="Symbol">The venue's spelling.</param>
/// <param name="Echo">How the frames call it.</param>
/// <param name="Interval">Length of the candles; null for the others.</param>
internal sealed record StreamKey(string Kind, string Exchange, string Symbol, string Echo, CandleInterval? Interval);

/// <summary>One stream of one instrument, as long as somebody listens. Its events come on the market's thread.</summary>
/// <param name="lease">Has it followed; null where nothing has to be.</param>
/// <param name="topic">What clients follow.</param>
internal abstract class LiveStream(MarketLease? lease, Topic topic) : IDisposable
{
    /// <summary>What clients follow.</summary>
    public Topic Topic => topic;

    /// <summary>Of which instrument events are wanted; null where none are.</summary>
    public Instrument? Source => lease?.Instrument;

    /// <summary>A trade of the instrument happened.</summary>
    public virtual void On(in Trade trade)
    {
    }

    /// <summary>A position in the instrument was closed by force.</summary>
    public virtual void On(in Liquidation liquidation)
    {
    }

    /// <summary>A candle of the instrument, of whatever length, went on.</summary>
    public virtual void On(in CandleUpdate candle)
    {
    }

    /// <summary>The last client has gone.</summary>
    public virtual void Dispose() => lease?.Dispose();
}

/// <summary>Trades of one instrument that are worth enough for somebody.</summary>
internal sealed class LargeTradeStream(MarketLease lease, Topic topic, StreamKey key, FramePool frames) : LiveStream(lease, topic)
{
    private readonly FrameWriter _writer = new(frames);
    private readonly Instrument _instrument = lease.Instrument;

    /// <inheritdoc />
    public override void On(in Trade trade)
    {
        if (Worth.Of(EventWriter.ValueOf(trade.Price, trade.Quantity, _instrument)) >= Topic.LeastWorth)
        {
            Topic.Publish(EventWriter.LargeTrade(_writer, key.Exchange, key.Echo, trade, _instrument), greets: false);
        }
    }
}

/// <summary>Forced orders of one instrument.</summary>
internal sealed class LiquidationStream(MarketLease lease, Topic topic, StreamKey key, FramePool frames) : LiveStream(lease, topic)
{
    private readonly FrameWriter _writer = new(frames);
    private readonly Instrument _instrument = lease.Instrument;

    /// <inheritdoc />
    public override void On(in Liquidation liquidation) =>
        Topic.Publish(EventWriter.Liquidation(_writer, key.Exchange, key.Echo, liquidation, _instrument), greets: false);
}
