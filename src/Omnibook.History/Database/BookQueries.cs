using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.History.Database;

/// <summary>Books as they were at full minutes.</summary>
/// <param name="reading">Reads the partitions.</param>
/// <param name="instrument">Whose books.</param>
/// <param name="maxRows">More levels are refused.</param>
internal sealed class BookQueries(PartitionReading reading, Instrument instrument, int maxRows)
{
    private const long NanosecondsPerMillisecond = 1_000_000;

    private readonly List<StoredBook> _books = [];
    private List<Level> _bids = [];
    private List<Level> _asks = [];
    private (HistoryPartition? Partition, long Position) _current;
    private int _rows;

    /// <summary>The books of a stretch of time, oldest first.</summary>
    /// <param name="range">Of which time.</param>
    /// <param name="depth">How many levels of a side at most, from the best on.</param>
    public IReadOnlyList<StoredBook> Read(HistoryRange range, int depth)
    {
        foreach (var share in reading.SharesOf(instrument))
        {
            reading.Read(
                share.Partition,
                $"""
                SELECT at_ms, position, is_bid, price, quantity FROM {share.Partition.Alias}.levels
                WHERE instrument = $1 AND at_ms * {NanosecondsPerMillisecond} >= $2 AND at_ms * {NanosecondsPerMillisecond} < $3 AND rank < $4
                ORDER BY at_ms, position, is_bid DESC, rank
                """,
                [share.Stored.Id, range.From.Nanoseconds, range.To.Nanoseconds, depth],
                (chunk, row) => Add(
                    share.Partition, chunk.Numbers(1)[row], Timestamp.FromMilliseconds(chunk.Numbers(0)[row]), chunk.Numbers(2)[row] == 1,
                    new Level(share.Units.Price(chunk.Numbers(3)[row]), share.Units.Quantity(chunk.Numbers(4)[row]))));
        }

        return [.. _books.OrderBy(book => book.At)];
    }

    private void Add(HistoryPartition partition, long position, Timestamp at, bool isBid, Level level)
    {
        if (_current != (partition, position))
        {
            _current = (partition, position);
            _books.Add(new StoredBook(at, _bids = [], _asks = []));
        }

        if (++_rows > maxRows)
        {
            throw new HistoryException(HistoryTrouble.TooMuch, $"The answer has more than {maxRows} levels; ask for a shorter time or for fewer levels.");
        }

        (isBid ? _bids : _asks).Add(level);
    }
}
