using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.MarketData;

/// <summary>Writes the dialect's objects. Those of sockets carry a <c>type</c>, those of requests none.</summary>
internal static class RowWriter
{
    /// <summary>
    /// <c>{"exchange":"binance","symbol":"BTCUSDT","timestamp":"2025-11-06T17:50:00Z","interval":"5m","open":101621.7,"high":101958.9,"low":101619.9,
    /// "close":101818.8,"volume":1274,"quote_volume":129689803.5,"trades_count":39480,"is_closed":true}</c>.
    /// Where the venue does not say how much was traded in the quote asset, it is estimated: the volume at the closing price.
    /// </summary>
    public static void Candle(FrameWriter writer, string exchange, string symbol, CandleInterval interval, Candle candle, bool isClosed)
    {
        Head(writer, exchange, symbol, candle.Start)
            .Raw(",\"interval\":"u8).Text(interval.Name)
            .Raw(",\"open\":"u8).Decimal(candle.Open).Raw(",\"high\":"u8).Decimal(candle.High)
            .Raw(",\"low\":"u8).Decimal(candle.Low).Raw(",\"close\":"u8).Decimal(candle.Close)
            .Raw(",\"volume\":"u8).Decimal(candle.BaseVolume)
            .Raw(",\"quote_volume\":"u8).Decimal(candle.QuoteVolume ?? candle.BaseVolume * candle.Close)
            .Raw(",\"trades_count\":"u8).Integer(candle.Trades ?? 0)
            .Raw(isClosed ? ",\"is_closed\":true"u8 : ",\"is_closed\":false"u8);
    }

    /// <summary>
    /// <c>{"exchange":"binance","symbol":"BTCUSDT","timestamp":"2025-11-06T17:50:12Z","open_interest":78247.212,"open_interest_value":7966000000}</c>.
    /// </summary>
    public static void OpenInterest(FrameWriter writer, AskedInstrument asked, OpenInterestPoint point)
    {
        Head(writer, asked.ExchangeName, asked.Echo, point.At).Raw(",\"open_interest\":"u8).Decimal(point.Quantity);
        OrNull(writer.Raw(",\"open_interest_value\":"u8), point.Value);
    }

    /// <summary>
    /// <c>{"exchange":"binance","symbol":"BTCUSDT","timestamp":"2025-11-06T16:00:00Z","funding_rate":0.00007806,"funding_time":"2025-11-06T16:00:00Z",
    /// "next_funding_rate":0.00005,"next_funding_time":"2025-11-07T00:00:00Z"}</c>.
    /// </summary>
    public static void Funding(FrameWriter writer, AskedInstrument asked, FundingPoint paid, decimal? nextRate, Timestamp nextAt)
    {
        Head(writer, asked.ExchangeName, asked.Echo, paid.At)
            .Raw(",\"funding_rate\":"u8).Decimal(paid.Rate)
            .Raw(",\"funding_time\":"u8).Moment(paid.At);
        OrNull(writer.Raw(",\"next_funding_rate\":"u8), nextRate);
        OrNull(writer.Raw(",\"next_funding_time\":"u8), nextAt);
    }

    /// <summary>A number, or null.</summary>
    public static FrameWriter OrNull(FrameWriter writer, decimal? value) => value is { } known ? writer.Decimal(known) : writer.Raw("null"u8);

    /// <summary>A moment, or null where it is unknown.</summary>
    public static FrameWriter OrNull(FrameWriter writer, Timestamp moment) => moment.IsUnknown ? writer.Raw("null"u8) : writer.Moment(moment);

    /// <summary>A list of objects.</summary>
    public static FrameWriter List<T>(FrameWriter writer, IReadOnlyList<T> rows, Action<int, T> write)
    {
        writer.Raw("["u8);
        for (var i = 0; i < rows.Count; i++)
        {
            writer.Raw(i == 0 ? "{"u8 : ",{"u8);
            write(i, rows[i]);
            writer.Raw("}"u8);
        }

        return writer.Raw("]"u8);
    }

    /// <summary>What every object begins with.</summary>
    public static FrameWriter Head(FrameWriter writer, string exchange, string symbol, Timestamp moment) =>
        writer.Raw("\"exchange\":"u8).Text(exchange).Raw(",\"symbol\":"u8).Text(symbol).Raw(",\"timestamp\":"u8).Moment(moment);
}
