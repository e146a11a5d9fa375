using Omnibook.Core.Events;
using Omnibook.Server.Apis.MarketData.Live;
using Omnibook.Server.Pipeline.Demand;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.CryExc.Live;

/// <summary>
/// <c>{"type":"trade","data":{"exchange":"binancef","symbol":"BTCUSDT","price":42001.3,"quantity":0.5,"quoteQty":21000.65,"isBuyerMaker":false,
/// "timestamp":1700000000000}}</c>: every trade of one side, or of both, that is worth enough for somebody.
/// </summary>
internal sealed class TradeStream(StreamKey key, MarketLease lease, StreamParts parts, TakerSide? side) : MarketStream(key, lease, parts)
{
    /// <inheritdoc />
    public override void On(in Trade trade, bool isKept)
    {
        var value = EventWriter.ValueOf(trade.Price, trade.Quantity, Instrument);
        if ((side is null || side == trade.TakerSide) && Worth.Of(value) >= Topic.LeastWorth)
        {
            Topic.Publish(Render(trade, value), greets: false);
        }
    }

    private Frame Render(in Trade trade, decimal value) =>
        Head(StreamNames.Trade)
            .Raw(",\"price\":"u8).Amount(trade.Price.Units, Instrument.PriceScale)
            .Raw(",\"quantity\":"u8).Amount(trade.Quantity.Units, Instrument.QuantityScale)
            .Raw(",\"quoteQty\":"u8).Decimal(value)
            .Raw(trade.TakerSide == TakerSide.Sell ? ",\"isBuyerMaker\":true"u8 : ",\"isBuyerMaker\":false"u8)
            .Raw(",\"timestamp\":"u8).Integer(TimeOf(trade.Times))
            .Raw("}}"u8).Complete(Worth.Of(value));
}

/// <summary>
/// <c>{"type":"liquidation","data":{"exchange":"binancef","symbol":"BTCUSDT","side":"SELL","price":41950,"quantity":0.3,"notionalUsd":12585,"quoteQty":12585,
/// "timestamp":1700000001000}}</c>: every forced order that is worth enough for somebody. <c>SELL</c> closed a long. What it is worth has both of
/// the names that clients read.
/// </summary>
internal sealed class LiquidationStream(StreamKey key, MarketLease lease, StreamParts parts) : MarketStream(key, lease, parts)
{
    /// <inheritdoc />
    public override void On(in Liquidation liquidation)
    {
        var value = EventWriter.ValueOf(liquidation.Price, liquidation.Quantity, Instrument);
        var frame = Head(StreamNames.Liquidation)
            .Raw(liquidation.OrderSide == TakerSide.Sell ? ",\"side\":\"SELL\",\"price\":"u8 : ",\"side\":\"BUY\",\"price\":"u8)
            .Amount(liquidation.Price.Units, Instrument.PriceScale)
            .Raw(",\"quantity\":"u8).Amount(liquidation.Quantity.Units, Instrument.QuantityScale)
            .Raw(",\"notionalUsd\":"u8).Decimal(value)
            .Raw(",\"quoteQty\":"u8).Decimal(value)
            .Raw(",\"timestamp\":"u8).Integer(TimeOf(liquidation.Times))
            .Raw("}}"u8).Complete(Worth.Of(value));
        Topic.Publish(frame, greets: false);
    }
}
