using Omnibook.Core.Instruments;

namespace Omnibook.History.Database;

/// <summary>Trades added up by second or minute, and by price.</summary>
/// <param name="reading">Reads the partitions.</param>
/// <param name="instrument">Whose trades.</param>
/// <param name="maxRows">More cells are refused.</param>
internal sealed class SliceQueries(PartitionReading reading, Instrument instrument, int maxRows)
{
    private const long NanosecondsPerMillisecond = 1_000_000;
    private const string Cells = "slice, price, bought, sold, buys, sells";
    private const string Bars = "slice, first_at, last_at, open, high, low, close";
    private const long Minute = 60_000;

    private int _rows;

    /// <summary>The slices of a stretch of time.</summary>
    /// <param name="range">Made of whole slices.</param>
    /// <param name="milliseconds">How long a slice is.</param>
    /// <param name="upTo">Only trades up to this position.</param>
    public List<StoredSlice> Read(HistoryRange range, long milliseconds, long upTo)
    {
        var slices = new SliceAssembly(milliseconds * NanosecondsPerMillisecond);
        foreach (var share in reading.SharesOf(instrument).Where(share => share.Stored.HasTradesIn(range)))
        {
            long[] parameters =
            [
                share.Stored.Id, range.From.Nanoseconds / NanosecondsPerMillisecond / milliseconds, range.To.Nanoseconds / NanosecondsPerMillisecond / milliseconds, upTo,
            ];
            Read(share, milliseconds, parameters, slices);
        }

        return slices.Build();
    }

    private void Read(in PartitionShare share, long milliseconds, long[] parameters, SliceAssembly slices)
    {
        var (partition, units) = (share.Partition, share.Units);
        var isAddedUp = milliseconds == Minute && !partition.IsLive && partition.Index.Last <= parameters[3];
        var where = isAddedUp
            ? "instrument = $1 AND slice >= $2 AND slice < $3 AND $4 IS NOT NULL"
            : $"instrument = $1 AND at_ms >= $2 * {milliseconds} AND at_ms < $3 * {milliseconds} AND position <= $4";
        var bars = isAddedUp ? $"{partition.Alias}.bars WHERE {where}" : $"({PartitionSchema.Bars(partition.Alias, milliseconds, where)})";
        var cells = isAddedUp ? $"{partition.Alias}.cells WHERE {where}" : $"({PartitionSchema.Cells(partition.Alias, milliseconds, where)})";
        reading.Read(partition, $"SELECT {Bars} FROM {bars} ORDER BY slice", parameters, (chunk, row) => slices.Add(
            chunk.Numbers(0)[row],
            new SliceAssembly.Bar(
                chunk.Numbers(1)[row], chunk.Numbers(2)[row], units.Price(chunk.Numbers(3)[row]).Units, units.Price(chunk.Numbers(4)[row]).Units,
                units.Price(chunk.Numbers(5)[row]).Units, units.Price(chunk.Numbers(6)[row]).Units)));
        reading.Read(partition, $"SELECT {Cells} FROM {cells} ORDER BY slice, price", parameters, (chunk, row) =>
        {
            Count();
            slices.Add(
                chunk.Numbers(0)[row],
                new StoredCell(units.Price(chunk.Numbers(1)[row]), units.Sum(chunk.Wide(2)[row]), units.Sum(chunk.Wide(3)[row]), chunk.Numbers(4)[row], chunk.Numbers(5)[row]));
        });
    }

    private void Count()
    {
        if (++_rows > maxRows)
        {
            throw new HistoryException(HistoryTrouble.TooMuch, $"The answer has more than {maxRows} prices; ask for a shorter time.");
        }
    }
}
