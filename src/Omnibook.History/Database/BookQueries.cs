using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.History.DuckDb;

namespace Omnibook.History.Database;

/// <summary>Books as they were at full minutes.</summary>
/// <param name="reading">Reads the partitions.</param>
/// <param name="instrument">Whose books.</param>
/// <param name="mostLevels">How many levels all of them may have together; the oldest are left out beyond it.</param>
internal sealed class BookQueries(PartitionReading reading, Instrument instrument, int mostLevels)
{
    private const long NanosecondsPerMillisecond = 1_000_000;

    private readonly List<StoredBook> _books = [];
    private List<Level> _bids = [];
    private List<Level> _asks = [];
    private (HistoryPartition? Partition, long Position) _current;
    private int _levels;

    /// <summary>The books of a stretch of time, oldest first.</summary>
    /// <param name="range">Of which time.</param>
    /// <param name="depth">How many levels of a side at most, from the best on.</param>
    public IReadOnlyList<StoredBook> Read(HistoryRange range, int depth)
    {
        foreach (var share in reading.SharesOf(instrument).Reverse())
        {
            if (_levels > mostLevels)
            {
                break;
            }

            reading.Read(
                share.Partition,
                $"""
                SELECT at_ms, position, is_bid, price, quantity FROM {share.Partition.Alias}.levels
                WHERE instrument = $1 AND at_ms * {NanosecondsPerMillisecond} >= $2 AND at_ms * {NanosecondsPerMillisecond} < $3 AND rank < $4
                ORDER BY at_ms DESC, position DESC, is_bid DESC, rank LIMIT $5
                """,
                [share.Stored.Id, range.From.Nanoseconds, range.To.Nanoseconds, depth, mostLevels - _levels + 1],
                chunk => Add(share, chunk));
        }

        // One level more than may be was read, if there was one: then the last book is not whole.
        return [.. (_levels > mostLevels ? _books.SkipLast(1) : _books).OrderBy(book => book.At)];
    }

    private void Add(in PartitionShare share, DuckDbChunk chunk)
    {
        var at = chunk.Numbers(0);
        var positions = chunk.Numbers(1);
        var isBid = chunk.Numbers(2);
        var prices = chunk.Numbers(3);
        var quantities = chunk.Numbers(4);
        for (var row = 0; row < chunk.Rows; row++)
        {
            if (_current != (share.Partition, positions[row]))
            {
                _current = (share.Partition, positions[row]);
                _books.Add(new StoredBook(Timestamp.FromMilliseconds(at[row]), _bids = [], _asks = []));
            }

            _levels++;
            (isBid[row] == 1 ? _bids : _asks).Add(new Level(share.Units.Price(prices[row]), share.Units.Quantity(quantities[row])));
        }
    }
}
