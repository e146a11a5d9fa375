using Omnibook.Core.Flow;
using Omnibook.Core.Instruments;
using Omnibook.History.DuckDb;

namespace Omnibook.History.Database;

/// <summary>Which candles are wanted.</summary>
/// <param name="Range">Of which time, in whole candles.</param>
/// <param name="Milliseconds">How long one is.</param>
/// <param name="Tick">How high the buckets of the footprint are, in units of price; 0 for no footprint.</param>
/// <param name="UpTo">Only trades up to this position.</param>
internal readonly record struct CandleQuery(HistoryRange Range, long Milliseconds, long Tick, long UpTo)
{
    private const long NanosecondsPerMillisecond = 1_000_000;

    /// <summary>The first candle, by its number since 1970.</summary>
    public long First => Range.From.Nanoseconds / NanosecondsPerMillisecond / Milliseconds;

    /// <summary>The first candle that is not wanted.</summary>
    public long End => Range.To.Nanoseconds / NanosecondsPerMillisecond / Milliseconds;

    /// <summary>How long one is.</summary>
    public long Nanoseconds => Milliseconds * NanosecondsPerMillisecond;
}

/// <summary>
/// Trades added up by time and price: where an hour is closed, of what it has by the minute, otherwise of the trades themselves. Both are the
/// same to the last unit.
/// </summary>
/// <param name="reading">Reads the partitions.</param>
/// <param name="instrument">Whose trades.</param>
/// <param name="maxRows">More candles and cells are refused.</param>
internal sealed class CandleQueries(PartitionReading reading, Instrument instrument, int maxRows)
{
    private const string Volumes = "bought, sold, bought_quote, sold_quote, buys, sells";
    private const long Minute = 60_000;

    private int _rows;

    /// <summary>The candles, oldest first.</summary>
    public List<StoredCandle> Read(CandleQuery query)
    {
        var candles = new CandleAssembly(query.Nanoseconds);
        foreach (var share in reading.SharesOf(instrument).Where(share => share.Stored.HasTradesIn(query.Range)))
        {
            ReadBars(share, query, candles);
            if (query.Tick > 0)
            {
                ReadCells(share, query, candles);
            }
        }

        return candles.Build();
    }

    private static bool IsAddedUp(in PartitionShare share, in CandleQuery query) =>
        query.Milliseconds % Minute == 0 && !share.Partition.IsLive && share.Partition.Index.Last <= query.UpTo;

    private static string Raw(long milliseconds) => $"instrument = $1 AND at_ms >= $2 * {milliseconds} AND at_ms < $3 * {milliseconds} AND position <= $4";

    private void ReadBars(PartitionShare share, CandleQuery query, CandleAssembly candles)
    {
        var alias = share.Partition.Alias;
        var bars = IsAddedUp(share, query) ? PartitionSchema.JoinedBars(alias, query.Milliseconds / Minute) : PartitionSchema.Bars(alias, query.Milliseconds, Raw(query.Milliseconds));
        reading.Read(
            share.Partition, $"SELECT slice, {Volumes}, first_at, last_at, open, high, low, close FROM ({bars}) ORDER BY slice",
            [share.Stored.Id, query.First, query.End, query.UpTo], chunk => TakeBars(chunk, share.Units, candles));
    }

    private void ReadCells(PartitionShare share, CandleQuery query, CandleAssembly candles)
    {
        // Buckets are those of the instrument as it is counted now.
        var tick = share.Units.IsSame ? query.Tick : 1;
        var alias = share.Partition.Alias;
        var cells = IsAddedUp(share, query)
            ? PartitionSchema.JoinedCells(alias, query.Milliseconds / Minute, tick, share.Stored.IsNarrow)
            : PartitionSchema.Cells(alias, query.Milliseconds, tick, Raw(query.Milliseconds));
        reading.Read(
            share.Partition, $"SELECT slice, {Volumes}, price FROM ({cells}) ORDER BY slice, price",
            [share.Stored.Id, query.First, query.End, query.UpTo], chunk => TakeCells(chunk, share.Units, query.Tick, candles));
    }

    private void TakeBars(DuckDbChunk chunk, Units units, CandleAssembly candles)
    {
        Count(chunk.Rows);
        var slices = chunk.Numbers(0);
        var volumes = new VolumeColumns(chunk, units);
        var bars = new BarColumns(chunk, units);
        for (var row = 0; row < chunk.Rows; row++)
        {
            candles.Add(slices[row], bars[row], volumes[row]);
        }
    }

    private void TakeCells(DuckDbChunk chunk, Units units, long tick, CandleAssembly candles)
    {
        Count(chunk.Rows);
        var slices = chunk.Numbers(0);
        var volumes = new VolumeColumns(chunk, units);
        var prices = chunk.Numbers(7);
        for (var row = 0; row < chunk.Rows; row++)
        {
            var price = units.Price(prices[row]).Units;
            candles.Add(slices[row], new FlowCell(new Price(price - price % tick), volumes[row]));
        }
    }

    private void Count(int rows)
    {
        _rows += rows;
        if (_rows > maxRows)
        {
            throw new HistoryException(HistoryTrouble.TooMuch, $"The answer has more than {maxRows} prices; ask for a shorter time, or for higher buckets.");
        }
    }

    /// <summary>The columns of <see cref="Volumes"/>, from the second on.</summary>
    private readonly ref struct VolumeColumns(DuckDbChunk chunk, Units units)
    {
        private readonly Span<Int128> _bought = chunk.Wide(1);
        private readonly Span<Int128> _sold = chunk.Wide(2);
        private readonly Span<Int128> _boughtQuote = chunk.Wide(3);
        private readonly Span<Int128> _soldQuote = chunk.Wide(4);
        private readonly Span<long> _buys = chunk.Numbers(5);
        private readonly Span<long> _sells = chunk.Numbers(6);

        public FlowVolume this[int row] => new(
            units.Sum(_bought[row]), units.Sum(_sold[row]), units.Quote(_boughtQuote[row]), units.Quote(_soldQuote[row]), _buys[row], _sells[row]);
    }

    /// <summary>The columns behind them.</summary>
    private readonly ref struct BarColumns(DuckDbChunk chunk, Units units)
    {
        private readonly Span<long> _first = chunk.Numbers(7);
        private readonly Span<long> _last = chunk.Numbers(8);
        private readonly Span<long> _open = chunk.Numbers(9);
        private readonly Span<long> _high = chunk.Numbers(10);
        private readonly Span<long> _low = chunk.Numbers(11);
        private readonly Span<long> _close = chunk.Numbers(12);

        public PriceBar this[int row] => new(
            _first[row], _last[row], units.Price(_open[row]).Units, units.Price(_high[row]).Units, units.Price(_low[row]).Units, units.Price(_close[row]).Units);
    }
}
