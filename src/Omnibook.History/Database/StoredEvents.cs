using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Core.Instruments;

namespace Omnibook.History.Database;

/// <summary>A trade as it was accepted.</summary>
/// <param name="Position">Its position in the journal: what was accepted later has a higher one.</param>
/// <param name="Trade">The trade. Of the moment when it was received whole milliseconds are kept.</param>
public readonly record struct StoredTrade(long Position, Trade Trade);

/// <summary>A liquidation as it was accepted.</summary>
/// <param name="Position">Its position in the journal.</param>
/// <param name="Liquidation">The liquidation. Of the moment when it was received whole milliseconds are kept.</param>
public readonly record struct StoredLiquidation(long Position, Liquidation Liquidation);

/// <summary>A book as it was at a full minute.</summary>
/// <param name="At">The minute.</param>
/// <param name="Bids">Best first.</param>
/// <param name="Asks">Best first.</param>
public sealed record StoredBook(Timestamp At, IReadOnlyList<Level> Bids, IReadOnlyList<Level> Asks);

/// <summary>What was traded at one price within a slice, in units of the instrument's scales. Quote amounts are price × quantity.</summary>
/// <param name="Price">The price.</param>
/// <param name="Bought">Base assets that takers bought.</param>
/// <param name="Sold">Base assets that takers sold.</param>
/// <param name="Buys">How many trades in which the taker bought.</param>
/// <param name="Sells">How many trades in which the taker sold.</param>
public readonly record struct StoredCell(Price Price, Int128 Bought, Int128 Sold, long Buys, long Sells);

/// <summary>The trades of one second or minute, added up price by price.</summary>
/// <param name="Start">When it begins.</param>
/// <param name="FirstAt">When the earliest trade was.</param>
/// <param name="LastAt">When the latest trade was.</param>
/// <param name="Open">Price of the earliest trade; of several at one moment, of that which came first.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Price of the latest trade; of several at one moment, of that which came last.</param>
/// <param name="Cells">By price, lowest first.</param>
public sealed record StoredSlice(
    Timestamp Start, Timestamp FirstAt, Timestamp LastAt, Price Open, Price High, Price Low, Price Close, IReadOnlyList<StoredCell> Cells)
{
    /// <summary>A candle with a footprint of one unit.</summary>
    internal static StoredSlice Of(StoredCandle candle) => new(
        candle.Start, candle.FirstAt, candle.LastAt, candle.Open, candle.High, candle.Low, candle.Close,
        [.. candle.Cells.Select(cell => new StoredCell(cell.Price, cell.Volume.Bought, cell.Volume.Sold, cell.Volume.Buys, cell.Volume.Sells))]);
}

/// <summary>A candle made of stored trades, with its footprint where one was asked for.</summary>
/// <param name="Start">When it begins.</param>
/// <param name="FirstAt">When the earliest trade was.</param>
/// <param name="LastAt">When the latest trade was.</param>
/// <param name="Open">Price of the earliest trade; of several at one moment, of that which came first.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Price of the latest trade; of several at one moment, of that which came last.</param>
/// <param name="Volume">All trades.</param>
/// <param name="Cells">The same by buckets of prices, lowest first; empty where no footprint was asked for. Their sum is <paramref name="Volume"/>.</param>
public sealed record StoredCandle(
    Timestamp Start, Timestamp FirstAt, Timestamp LastAt, Price Open, Price High, Price Low, Price Close, FlowVolume Volume, IReadOnlyList<FlowCell> Cells);

/// <summary>What there is to tell of a stretch of time.</summary>
/// <param name="Candles">Oldest first; where nothing was traded there is none.</param>
/// <param name="UpTo">Every trade up to this position is in them, and none beyond.</param>
/// <param name="IsWhole">False while the database still reads again what it lacks of older time.</param>
public sealed record StoredCandles(IReadOnlyList<StoredCandle> Candles, long UpTo, bool IsWhole);

/// <summary>What there is to tell of a stretch of time.</summary>
/// <param name="Slices">Oldest first; where nothing was traded there is none.</param>
/// <param name="UpTo">Every trade up to this position is in them, and none beyond.</param>
/// <param name="IsWhole">False while the database still reads again what it lacks of older time.</param>
public sealed record StoredSlices(IReadOnlyList<StoredSlice> Slices, long UpTo, bool IsWhole);

/// <summary>From when to when there are events of an instrument.</summary>
/// <param name="First">The earliest.</param>
/// <param name="Last">The latest.</param>
/// <param name="Count">How many.</param>
public readonly record struct StoredSpan(Timestamp First, Timestamp Last, long Count);
