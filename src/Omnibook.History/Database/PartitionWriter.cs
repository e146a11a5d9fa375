using System.Runtime.InteropServices;
using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Core.Instruments;
using Omnibook.History.DuckDb;

namespace Omnibook.History.Database;

/// <summary>Writes into the partition that grows, in transactions of many rows: either all events up to a position are in it, or none of the batch.</summary>
internal sealed class PartitionWriter : IDisposable
{
    private const long NanosecondsPerMillisecond = 1_000_000;

    private readonly HistoryPartition _partition;
    private readonly DuckDbConnection _connection;
    private readonly RowBuffer _trades;
    private readonly RowBuffer _liquidations;
    private readonly RowBuffer _levels;
    private readonly RowBuffer _covered;
    private readonly List<IndexedInstrument> _instruments;
    private readonly List<EventSpan> _spans;
    private readonly List<EventSpan> _liquidationSpans;
    private readonly Dictionary<Instrument, int> _places = new(ReferenceEqualityComparer.Instance);
    private (Instrument? Instrument, int Place) _latest;

    /// <summary>Goes on with a partition.</summary>
    public PartitionWriter(HistoryEngine engine, HistoryPartition partition)
    {
        (_partition, _instruments) = (partition, [.. partition.Index.Instruments]);
        _spans = [.. _instruments.Select(instrument => instrument.Span)];
        _liquidationSpans = [.. _instruments.Select(instrument => instrument.Liquidations)];
        _connection = engine.Connect();
        _trades = new RowBuffer(_connection, partition.Alias, "trades", PartitionSchema.EventColumns);
        _liquidations = new RowBuffer(_connection, partition.Alias, "liquidations", PartitionSchema.EventColumns);
        _levels = new RowBuffer(_connection, partition.Alias, "levels", PartitionSchema.LevelColumns);
        _covered = new RowBuffer(_connection, partition.Alias, "covered", 2);
        _connection.Execute("BEGIN");
    }

    /// <summary>The partition.</summary>
    public HistoryPartition Partition => _partition;

    /// <summary>How many rows wait for the next commit.</summary>
    public int Rows { get; private set; }

    /// <summary>Adds a trade.</summary>
    public void Add(long position, Instrument instrument, in Trade trade)
    {
        var place = PlaceOf(instrument);
        var at = TradeFlow.TimeOf(trade);
        CollectionsMarshal.AsSpan(_spans)[place].Add(at);
        Add(_trades, new EventRow(place, position, at, trade.Times, trade.TradeId, trade.Price, trade.Quantity, trade.TakerSide));
    }

    /// <summary>Adds a liquidation.</summary>
    public void Add(long position, Instrument instrument, in Liquidation liquidation)
    {
        var at = liquidation.Times.VenueTime.IsUnknown ? liquidation.Times.ReceivedAt : liquidation.Times.VenueTime;
        var place = PlaceOf(instrument);
        CollectionsMarshal.AsSpan(_liquidationSpans)[place].Add(at);
        Add(_liquidations, new EventRow(place, position, at, liquidation.Times, 0, liquidation.Price, liquidation.Quantity, liquidation.OrderSide));
    }

    /// <summary>Adds a book.</summary>
    public void Add(long position, Instrument instrument, Timestamp minute, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        var place = PlaceOf(instrument);
        Add(place, position, minute, 1, bids);
        Add(place, position, minute, 0, asks);
    }

    /// <summary>Commits everything that was added. From then on the partition covers everything up to a position.</summary>
    /// <exception cref="DuckDbException">Nothing of it was written, and the writer is of no use any more.</exception>
    public void Commit(long position)
    {
        var index = _partition.Index;
        _covered.Add([index.First, position]);
        _trades.Flush();
        _liquidations.Flush();
        _levels.Flush();
        _covered.Flush();
        _connection.Execute("COMMIT");
        Rows = 0;
        _partition.Index = index with { Last = position, Instruments = [.. _instruments.Select((instrument, place) => instrument with { Span = _spans[place], Liquidations = _liquidationSpans[place] })] };
        _connection.Execute("BEGIN");
    }

    /// <summary>Lets go. What was not committed is not kept.</summary>
    public void Dispose()
    {
        _trades.Dispose();
        _liquidations.Dispose();
        _levels.Dispose();
        _covered.Dispose();
        _connection.Dispose();
    }

    private void Add(RowBuffer rows, in EventRow row)
    {
        var atMs = row.At.Nanoseconds / NanosecondsPerMillisecond;
        rows.Add(
        [
            row.Place,
            row.Position,
            atMs,
            row.At.Nanoseconds - atMs * NanosecondsPerMillisecond,
            row.Times.ReceivedAt.UnixMilliseconds - atMs,
            row.At == row.Times.VenueTime ? 0 : 1,
            row.Id,
            row.Price.Units,
            row.Quantity.Units,
            row.Side == TakerSide.Buy ? 1 : 0,
        ]);
        Rows++;
    }

    private void Add(int place, long position, Timestamp minute, long isBid, ReadOnlySpan<Level> levels)
    {
        for (var rank = 0; rank < levels.Length; rank++)
        {
            _levels.Add([place, position, minute.UnixMilliseconds, isBid, rank, levels[rank].Price.Units, levels[rank].Quantity.Units]);
        }

        Rows += levels.Length;
    }

    /// <summary>The number of an instrument in this partition. Where its scales changed within the hour it has several.</summary>
    private int PlaceOf(Instrument instrument)
    {
        // Trades of one frame are of one instrument.
        if (ReferenceEquals(instrument, _latest.Instrument))
        {
            return _latest.Place;
        }

        if (_places.TryGetValue(instrument, out var place))
        {
            _latest = (instrument, place);
            return place;
        }

        place = _instruments.FindIndex(known => known.Is(instrument) && known.HasScalesOf(instrument));
        if (place < 0)
        {
            place = _instruments.Count;
            _instruments.Add(new IndexedInstrument(place, instrument.Venue, instrument.Symbol, instrument.PriceScale, instrument.QuantityScale));
            _spans.Add(EventSpan.None);
            _liquidationSpans.Add(EventSpan.None);
            Insert(_instruments[place]);
        }

        return _places[instrument] = place;
    }

    private void Insert(IndexedInstrument instrument)
    {
        using var statement = _connection.Prepare($"INSERT INTO {_partition.Alias}.instruments VALUES ($1, $2, $3, $4, $5)");
        statement.Bind(1, instrument.Id).Bind(2, instrument.Venue.Key).Bind(3, instrument.Symbol)
            .Bind(4, instrument.PriceScale.Decimals).Bind(5, instrument.QuantityScale.Decimals)
            .Run(CancellationToken.None).Dispose();
    }

    private readonly record struct EventRow(
        int Place, long Position, Timestamp At, EventTimes Times, long Id, Price Price, Quantity Quantity, TakerSide Side);
}
