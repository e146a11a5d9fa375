using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.Nbbo;

/// <summary>Writes trades in the dialect's shape.</summary>
internal static class TradeWriter
{
    /// <summary>
    /// One trade in its envelope:
    /// <c>{"success":true,"data":{"merrli:BTC":{…}},"timestamp":1758524137000}</c>.
    /// </summary>
    public static Frame Render(FrameWriter writer, in Trade trade, Instrument instrument)
    {
        writer.Begin().Raw("{\"success\":true,\"data\":{"u8);
        WriteMember(writer, trade, instrument);
        return writer.Raw("},\"timestamp\":"u8).Integer(TimeOf(trade)).Raw("}"u8).Complete();
    }

    /// <summary>
    /// <c>"merrli:BTC":{"coin":"merrli:BTC","price":113690,"size":0.01,"side":"B","timestamp":1758524137000,"tid":123456}</c>;
    /// B is a taker that bought, A one that sold.
    /// </summary>
    public static void WriteMember(FrameWriter writer, in Trade trade, Instrument instrument) =>
        writer.Text(instrument.Symbol).Raw(":{\"coin\":"u8).Text(instrument.Symbol)
            .Raw(",\"price\":"u8).Amount(trade.Price.Units, instrument.PriceScale)
            .Raw(",\"size\":"u8).Amount(trade.Quantity.Units, instrument.QuantityScale)
            .Raw(trade.TakerSide == TakerSide.Buy ? ",\"side\":\"B\",\"timestamp\":"u8 : ",\"side\":\"A\",\"timestamp\":"u8)
            .Integer(TimeOf(trade)).Raw(",\"tid\":"u8).Integer(trade.TradeId).Raw("}"u8);

    /// <summary>When it happened by the venue's clock, where the venue says so; in milliseconds since the Unix epoch.</summary>
    public static long TimeOf(in Trade trade) =>
        (trade.Times.VenueTime.IsUnknown ? trade.Times.ReceivedAt : trade.Times.VenueTime).UnixMilliseconds;
}
