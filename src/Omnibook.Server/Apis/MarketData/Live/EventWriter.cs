using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.MarketData.Live;

/// <summary>Renders the frames of the dialect's sockets.</summary>
internal static class EventWriter
{
    /// <summary>
    /// <c>{"type":"large_trade","exchange":"hyperliquid","symbol":"BTC","timestamp":"2025-11-06T17:50:12.123Z","side":"buy","price":101800,"quantity":3,
    /// "value":305400,"is_buyer_maker":false}</c>. The side is the taker's; the buyer is the maker when the taker sold.
    /// </summary>
    public static Frame LargeTrade(FrameWriter writer, string exchange, string symbol, in Trade trade, Instrument instrument)
    {
        var value = ValueOf(trade.Price, trade.Quantity, instrument);
        RowWriter.Head(writer.Begin().Raw("{\"type\":\"large_trade\","u8), exchange, symbol, TimeOf(trade.Times));
        Amounts(writer, trade.TakerSide, trade.Price, trade.Quantity, value, instrument);
        return writer
            .Raw(trade.TakerSide == TakerSide.Sell ? ",\"is_buyer_maker\":true}"u8 : ",\"is_buyer_maker\":false}"u8)
            .Complete(Worth.Of(value));
    }

    /// <summary>
    /// <c>{"type":"liquidation","exchange":"bybit","symbol":"BTCUSDT","timestamp":"2025-11-06T17:50:12.123Z","side":"sell","price":101500,"quantity":2.5,
    /// "value":253750}</c>. <c>sell</c> closes a long by force, <c>buy</c> a short.
    /// </summary>
    public static Frame Liquidation(FrameWriter writer, string exchange, string symbol, in Liquidation liquidation, Instrument instrument)
    {
        var value = ValueOf(liquidation.Price, liquidation.Quantity, instrument);
        RowWriter.Head(writer.Begin().Raw("{\"type\":\"liquidation\","u8), exchange, symbol, TimeOf(liquidation.Times));
        Amounts(writer, liquidation.OrderSide, liquidation.Price, liquidation.Quantity, value, instrument);
        return writer.Raw("}"u8).Complete(Worth.Of(value));
    }

    /// <summary>A candle as in REST, with <c>"type":"ohlc"</c>.</summary>
    public static Frame Candle(FrameWriter writer, string exchange, string symbol, CandleInterval interval, Candle candle, bool isClosed)
    {
        RowWriter.Candle(writer.Begin().Raw("{\"type\":\"ohlc\","u8), exchange, symbol, interval, candle, isClosed);
        return writer.Raw("}"u8).Complete();
    }

    /// <summary>What something is worth in the quote asset, exact.</summary>
    public static decimal ValueOf(Price price, Quantity quantity, Instrument instrument) =>
        instrument.PriceScale.ToDecimal(price.Units) * instrument.QuantityScale.ToDecimal(quantity.Units);

    private static void Amounts(FrameWriter writer, TakerSide side, Price price, Quantity quantity, decimal value, Instrument instrument) =>
        writer.Raw(side == TakerSide.Buy ? ",\"side\":\"buy\",\"price\":"u8 : ",\"side\":\"sell\",\"price\":"u8)
            .Amount(price.Units, instrument.PriceScale)
            .Raw(",\"quantity\":"u8).Amount(quantity.Units, instrument.QuantityScale)
            .Raw(",\"value\":"u8).Decimal(value);

    /// <summary>By the venue's clock, where the venue says.</summary>
    private static Timestamp TimeOf(in EventTimes times) => times.VenueTime.IsUnknown ? times.ReceivedAt : times.VenueTime;
}
