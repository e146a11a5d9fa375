using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.History.Database;

/// <summary>Takes events in the order of their positions and puts them into the partition of their hour.</summary>
public sealed class HistoryIntake : IDisposable
{
    private const long NanosecondsPerHour = 3_600_000_000_000;

    private readonly PartitionStore _store;
    private readonly int _batchRows;
    private readonly long _oldestHour;
    private PartitionWriter? _writer;
    private long _next;

    /// <summary>An intake that begins at a position.</summary>
    /// <param name="store">Makes partitions.</param>
    /// <param name="options">How many rows a batch has.</param>
    /// <param name="next">The first position that may come.</param>
    /// <param name="oldestHour">What was received before is not kept.</param>
    /// <param name="writer">Goes on with this partition; null to begin another.</param>
    internal HistoryIntake(PartitionStore store, HistoryDatabaseOptions options, long next, long oldestHour, PartitionWriter? writer) =>
        (_store, _batchRows, _next, _oldestHour, _writer) = (store, options.BatchRows, next, oldestHour, writer);

    /// <summary>How many events were taken.</summary>
    public long Taken { get; private set; }

    /// <summary>The partition that grows; null when there is none.</summary>
    internal HistoryPartition? Growing => _writer?.Partition;

    /// <summary>Takes a trade. One without a price or a quantity is left out, as everywhere.</summary>
    public void Add(long position, Instrument instrument, in Trade trade)
    {
        if (trade.Price.Units > 0 && trade.Quantity.Units > 0)
        {
            WriterFor(position, trade.Times.ReceivedAt)?.Add(position, instrument, trade);
        }
    }

    /// <summary>Takes a liquidation.</summary>
    public void Add(long position, Instrument instrument, in Liquidation liquidation) =>
        WriterFor(position, liquidation.Times.ReceivedAt)?.Add(position, instrument, liquidation);

    /// <summary>Takes a book as it was at a full minute.</summary>
    /// <param name="position">Its position.</param>
    /// <param name="instrument">Whose book.</param>
    /// <param name="minute">The minute.</param>
    /// <param name="bids">Best first.</param>
    /// <param name="asks">Best first.</param>
    public void Add(long position, Instrument instrument, Timestamp minute, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks) =>
        WriterFor(position, minute)?.Add(position, instrument, minute, bids, asks);

    /// <summary>Lets go. What was not committed is not kept.</summary>
    public void Dispose() => _writer?.Dispose();

    /// <summary>Everything before a position was read: commits what was taken.</summary>
    internal void CommitBefore(long next)
    {
        if (_writer is { Rows: > 0 })
        {
            _writer.Commit(next - 1);
            _next = next;
        }
    }

    /// <summary>Everything before a position was read and nothing of it will follow: the partition covers it all.</summary>
    internal void EndBefore(long next)
    {
        _writer?.Commit(next - 1);
        _writer?.Dispose();
        _writer = null;
        _next = next;
    }

    private PartitionWriter? WriterFor(long position, Timestamp receivedAt)
    {
        var hour = receivedAt.Nanoseconds / NanosecondsPerHour;
        if (hour < _oldestHour)
        {
            return null;
        }

        if (_writer is { Rows: var rows } && rows >= _batchRows)
        {
            CommitBefore(position);
        }

        Taken++;
        if (_writer is not null && hour <= _writer.Partition.Hour)
        {
            return _writer;
        }

        if (_writer is not null)
        {
            EndBefore(position);
        }

        return _writer = _store.BeginWriter(hour, _next);
    }
}
