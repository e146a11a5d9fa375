using System.Globalization;
using Omnibook.Core.Flow;
using Omnibook.Core.Instruments;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.CryExc.Live;

/// <summary>Writes amounts of the flow, levels and footprint candles.</summary>
internal static class FlowWriter
{
    /// <summary>Base assets.</summary>
    public static FrameWriter Base(this FrameWriter writer, Int128 units, Instrument instrument) =>
        units >= long.MinValue && units <= long.MaxValue
            ? writer.Amount((long)units, instrument.QuantityScale)
            : writer.Decimal(FlowAmounts.ToBase(instrument, units));

    /// <summary>Quote assets.</summary>
    public static FrameWriter Quote(this FrameWriter writer, Int128 units, Instrument instrument) =>
        writer.Decimal(FlowAmounts.ToQuote(instrument, units));

    /// <summary>The middle of two prices, given as their sum.</summary>
    public static FrameWriter Middle(this FrameWriter writer, Int128 twice, Instrument instrument) =>
        writer.Decimal((instrument.PriceScale.ToDecimal((long)(twice / 2)) * 2 + instrument.PriceScale.ToDecimal((long)(twice % 2))) / 2);

    /// <summary><c>[{"price":42000.1,"quantity":1.2}]</c>, best first.</summary>
    public static FrameWriter Levels(this FrameWriter writer, IReadOnlyList<GroupedLevel> levels, Instrument instrument)
    {
        for (var i = 0; i < levels.Count; i++)
        {
            writer.Raw(i == 0 ? "[{\"price\":"u8 : ",{\"price\":"u8).Amount(levels[i].Price.Units, instrument.PriceScale)
                .Raw(",\"quantity\":"u8).Base(levels[i].Quantity, instrument).Raw("}"u8);
        }

        return writer.Raw(levels.Count == 0 ? "[]"u8 : "]"u8);
    }

    /// <summary>
    /// <c>{"timestamp":1699999980000,"open":42001.3,"high":42012,"low":42001.3,"close":42012,"volume":1.7,"buyVolume":1.5,"sellVolume":0.2,
    /// "footprint":{"42000.0":{"bidVolume":0.2,"askVolume":0.5,"totalVolume":0.7}}}</c>. <c>bidVolume</c> was sold into bids, <c>askVolume</c> bought from asks.
    /// </summary>
    public static FrameWriter Footprint(this FrameWriter writer, FlowCandle candle, Instrument instrument, int decimals)
    {
        writer.Raw("{"u8);
        Prices(writer, candle, instrument)
            .Raw(",\"buyVolume\":"u8).Base(candle.Volume.Bought, instrument)
            .Raw(",\"sellVolume\":"u8).Base(candle.Volume.Sold, instrument)
            .Raw(",\"footprint\":{"u8);
        for (var i = 0; i < candle.Cells.Count; i++)
        {
            Cell(i == 0 ? writer : writer.Raw(","u8), candle.Cells[i], instrument, decimals);
        }

        return Partial(writer.Raw("}"u8), candle).Raw("}"u8);
    }

    /// <summary><c>"timestamp":1699999980000,"open":42001.3,"high":42012,"low":42001.3,"close":42012,"volume":1.7</c></summary>
    public static FrameWriter Prices(FrameWriter writer, FlowCandle candle, Instrument instrument) =>
        writer.Raw("\"timestamp\":"u8).Integer(candle.Start.UnixMilliseconds)
            .Raw(",\"open\":"u8).Amount(candle.Open.Units, instrument.PriceScale)
            .Raw(",\"high\":"u8).Amount(candle.High.Units, instrument.PriceScale)
            .Raw(",\"low\":"u8).Amount(candle.Low.Units, instrument.PriceScale)
            .Raw(",\"close\":"u8).Amount(candle.Close.Units, instrument.PriceScale)
            .Raw(",\"volume\":"u8).Base(candle.Volume.Base, instrument);

    /// <summary>Says of a candle that lacks trades that it does.</summary>
    public static FrameWriter Partial(FrameWriter writer, FlowCandle candle) =>
        candle.IsPartial ? writer.Raw(",\"isPartial\":true"u8) : writer;

    /// <summary>
    /// The text of a level's price has as many decimals as the tick, and at least one, as clients expect: with fewer, levels of a small tick would
    /// have the same name.
    /// </summary>
    public static int KeyDecimals(decimal tick) => Math.Max(1, Scale.Of(tick).Decimals);

    private static void Cell(FrameWriter writer, in FlowCell cell, Instrument instrument, int decimals) =>
        writer.Text(instrument.PriceScale.ToDecimal(cell.Price.Units).ToString($"F{decimals}", CultureInfo.InvariantCulture))
            .Raw(":{\"bidVolume\":"u8).Base(cell.Volume.Sold, instrument)
            .Raw(",\"askVolume\":"u8).Base(cell.Volume.Bought, instrument)
            .Raw(",\"totalVolume\":"u8).Base(cell.Volume.Base, instrument)
            .Raw("}"u8);
}
