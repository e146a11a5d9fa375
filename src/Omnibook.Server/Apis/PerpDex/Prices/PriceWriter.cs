using Omnibook.Server.Apis.Liquidity;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.PerpDex.Prices;

/// <summary>Writes what a pair costs.</summary>
internal static class PriceWriter
{
    private const int BpsDecimals = 4;

    /// <summary>
    /// <c>{"pair":"BTC-USD","best_bid":64992,"best_ask":64995,"best_bid_dex":"lighter","best_ask_dex":"lighter","mid":64993.5,"spread":3,"spread_bps":0.4616,
    /// "crossed":false,"sources":[…],"timestamp":"2025-01-15T12:00:00Z","warnings":[]}</c>
    /// </summary>
    public static FrameWriter Aggregate(FrameWriter writer, PriceReading reading)
    {
        var (bid, ask, mid) = (reading.Bid, reading.Ask, reading.Mid);
        writer.Raw("{\"pair\":"u8).Text(reading.Pair)
            .Raw(",\"best_bid\":"u8).Decimal(bid.Bid).Raw(",\"best_ask\":"u8).Decimal(ask.Ask)
            .Raw(",\"best_bid_dex\":"u8).Text(bid.Dex).Raw(",\"best_ask_dex\":"u8).Text(ask.Dex)
            .Raw(",\"mid\":"u8).Decimal(mid).Raw(",\"spread\":"u8).Decimal(ask.Ask - bid.Bid)
            .Number(",\"spread_bps\":"u8, (ask.Ask - bid.Bid) / mid * 10_000, BpsDecimals)
            .Raw(bid.Bid >= ask.Ask ? ",\"crossed\":true,\"sources\":["u8 : ",\"crossed\":false,\"sources\":["u8);
        for (var i = 0; i < reading.Sources.Count; i++)
        {
            Source(writer.Raw(i == 0 ? ""u8 : ","u8), reading.Pair, reading.Sources[i]);
        }

        return Texts(writer.Raw("],\"timestamp\":"u8).Moment(reading.At).Raw(",\"warnings\":"u8), reading.Warnings).Raw("}"u8);
    }

    /// <summary>A list of texts.</summary>
    public static FrameWriter Texts(FrameWriter writer, IReadOnlyList<string> texts)
    {
        writer.Raw("["u8);
        for (var i = 0; i < texts.Count; i++)
        {
            writer.Raw(i == 0 ? ""u8 : ","u8).Text(texts[i]);
        }

        return writer.Raw("]"u8);
    }

    /// <summary>A number, or null.</summary>
    public static FrameWriter OrNull(this FrameWriter writer, ReadOnlySpan<byte> name, decimal? value) =>
        value is { } known ? writer.Raw(name).Decimal(known) : writer.Raw(name).Raw("null"u8);

    /// <summary>
    /// <c>{"pair":"BTC-USD","dex":"lighter","bid":64992,"ask":64995,"last_price":64994,"volume_24h":900000000,"funding_rate":0.00001,"funding_interval_hours":1,
    /// "timestamp":"2025-01-15T12:00:00Z"}</c>
    /// </summary>
    public static FrameWriter Source(FrameWriter writer, string pair, DexPrice price) =>
        writer.Raw("{\"pair\":"u8).Text(pair).Raw(",\"dex\":"u8).Text(price.Dex)
            .Raw(",\"bid\":"u8).Decimal(price.Bid).Raw(",\"ask\":"u8).Decimal(price.Ask)
            .OrNull(",\"last_price\":"u8, price.Last)
            .OrNull(",\"volume_24h\":"u8, price.DayVolume)
            .OrNull(",\"funding_rate\":"u8, price.HourlyRate)
            .Raw(",\"funding_interval_hours\":1,\"timestamp\":"u8).Moment(price.At).Raw("}"u8);
}
