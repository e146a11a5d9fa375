using Omnibook.Core.Flow;
using Omnibook.Core.Instruments;
using Omnibook.History.Database.Export;
using Omnibook.History.DuckDb;

namespace Omnibook.History.Database;

/// <summary>
/// What has been, to be asked: the trades, liquidations and minute books of the journal in DuckDB, a file for each hour. It is a copy. Whatever
/// happens to it, it is made again from the journal, and nothing that happens to it is felt by the market.
/// </summary>
public sealed class HistoryDatabase : IAsyncDisposable
{
    private const int RemarksKept = 20;
    private const int WaitingExports = 4;

    private readonly HistoryDatabaseOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<string> _tell;
    private readonly EngineSlot _slot = new();
    private readonly PartitionShelf _shelf = new();
    private readonly PositionWaiters _waiters = new();
    private readonly Queue<string> _remarks = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly HistoryKeeper _keeper;
    private readonly QueryThreads _queries;
    private readonly QueryThreads _exports;
    private readonly ParquetExport _parquet;
    private Thread? _thread;

    /// <summary>A database that is not begun yet.</summary>
    /// <param name="options">How it is kept.</param>
    /// <param name="source">The journal.</param>
    /// <param name="time">Says what is too old, and when to look again.</param>
    /// <param name="tell">Told, in words, of what a person should know: files set aside, a full disk.</param>
    public HistoryDatabase(HistoryDatabaseOptions options, IHistorySource source, TimeProvider time, Action<string> tell)
    {
        (_options, _time, _tell) = (options, time, tell);
        _keeper = new HistoryKeeper(options, source, _slot, _shelf, time, _waiters.Reach, Tell);
        _queries = new QueryThreads(_slot, options.QueryThreads, options.MaxWaiting, options.QueryTimeout, time, () => Status.Words);
        _exports = new QueryThreads(_slot, 1, WaitingExports, options.ExportTimeout, time, () => Status.Words);
        _parquet = new ParquetExport(options.Folder, options.MaxExportRows);
    }

    /// <summary>How it is doing.</summary>
    public HistoryStatus Status
    {
        get
        {
            var state = !DuckDbLibrary.IsAvailable ? HistoryState.Missing
                : _keeper.Trouble.Length > 0 ? HistoryState.Degraded
                : !_keeper.IsOpen ? HistoryState.Opening
                : _keeper.IsCatchingUp ? HistoryState.CatchingUp
                : HistoryState.Current;
            var partitions = _shelf.Partitions;
            return new HistoryStatus(
                state, WordsOf(state), DuckDbLibrary.Version, _keeper.Followed, partitions.Sum(partition => partition.Index.Trades), partitions.Count, _keeper.Bytes,
                _keeper.Failures, Remarks());
        }
    }

    /// <summary>Begins to follow the journal. Without a library nothing is done, and <see cref="Status"/> says so.</summary>
    public void Start()
    {
        if (DuckDbLibrary.IsAvailable)
        {
            _parquet.Clear();
            _thread = new Thread(Keep) { IsBackground = true, Name = "history-database" };
            _thread.Start();
        }
        else
        {
            Tell(WordsOf(HistoryState.Missing));
        }
    }

    /// <summary>Waits until everything up to a position of the journal is in the database. It is hurried for that.</summary>
    /// <param name="position">The position.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task ReachAsync(long position, CancellationToken cancellation)
    {
        var waiting = _waiters.WaitAsync(position, cancellation);
        Hurry();
        return waiting;
    }

    /// <summary>Trades of an instrument, by the time of the venue and, at one moment, by the order in which they came.</summary>
    /// <param name="instrument">Whose; amounts are told in its scales, whatever they were when the trades were stored.</param>
    /// <param name="range">Of which time.</param>
    /// <param name="limit">How many at most; never more than <see cref="HistoryDatabaseOptions.MaxRows"/>.</param>
    /// <param name="newestFirst">The newest of them, newest first; otherwise the oldest, oldest first.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="HistoryException">There is no answer, and why.</exception>
    public Task<IReadOnlyList<StoredTrade>> TradesAsync(
        Instrument instrument, HistoryRange range, int limit, bool newestFirst, CancellationToken cancellation) =>
        ReadAsync(reading => new EventQueries(reading, instrument).Trades(QueryOf(range, limit, newestFirst)), cancellation);

    /// <summary>Liquidations of an instrument, as <see cref="TradesAsync"/>.</summary>
    /// <inheritdoc cref="TradesAsync" />
    public Task<IReadOnlyList<StoredLiquidation>> LiquidationsAsync(
        Instrument instrument, HistoryRange range, int limit, bool newestFirst, CancellationToken cancellation) =>
        ReadAsync(reading => new EventQueries(reading, instrument).Liquidations(QueryOf(range, limit, newestFirst)), cancellation);

    /// <summary>Candles of an instrument, with footprints where they are asked for: cumulative delta, footprints and ladders are made of them.</summary>
    /// <param name="instrument">Whose.</param>
    /// <param name="range">Of which time; widened to whole candles.</param>
    /// <param name="interval">How long a candle is. Those of whole minutes are answered at once, however many trades there are.</param>
    /// <param name="tick">How high the buckets of the footprint are, in units of price; 0 for no footprint.</param>
    /// <param name="upTo">Only trades up to this position of the journal; see <see cref="ReachAsync"/>.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="HistoryException">There is no answer, and why.</exception>
    public Task<StoredCandles> CandlesAsync(
        Instrument instrument, HistoryRange range, FlowInterval interval, long tick, long upTo, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tick);
        var (known, isWhole) = (Math.Min(upTo, _keeper.Followed), !_keeper.IsCatchingUp);
        var query = new CandleQuery(range.Widen(interval.Length), (long)interval.Length.TotalMilliseconds, tick, known);
        return ReadAsync(
            reading => new StoredCandles(new CandleQueries(reading, instrument, _options.MaxRows).Read(query), known, isWhole), cancellation);
    }

    /// <summary>Trades of an instrument added up by slices and prices: <see cref="CandlesAsync"/> with buckets of one unit.</summary>
    /// <inheritdoc cref="CandlesAsync" />
    public async Task<StoredSlices> SlicesAsync(
        Instrument instrument, HistoryRange range, FlowInterval resolution, long upTo, CancellationToken cancellation)
    {
        var candles = await CandlesAsync(instrument, range, resolution, 1, upTo, cancellation).ConfigureAwait(false);
        return new StoredSlices([.. candles.Candles.Select(StoredSlice.Of)], candles.UpTo, candles.IsWhole);
    }

    /// <summary>Books of an instrument as they were at full minutes, oldest first.</summary>
    /// <param name="instrument">Whose.</param>
    /// <param name="range">Of which time.</param>
    /// <param name="depth">How many levels of a side at most, from the best on.</param>
    /// <param name="mostLevels">How many levels all of them may have together; the oldest books are left out beyond it.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="HistoryException">There is no answer, and why.</exception>
    public Task<IReadOnlyList<StoredBook>> BookSnapshotsAsync(
        Instrument instrument, HistoryRange range, int depth, int mostLevels, CancellationToken cancellation) =>
        ReadAsync(reading => new BookQueries(reading, instrument, Math.Min(mostLevels, _options.MaxRows)).Read(range, depth), cancellation);

    /// <summary>Writes a Parquet file of what is asked for, one after the other. Whoever asked disposes of it.</summary>
    /// <exception cref="HistoryException">There is no answer, and why.</exception>
    public Task<ExportedFile> ExportAsync(ExportRequest request, CancellationToken cancellation) =>
        ReadAsync(_exports, (connection, partitions, ending) => _parquet.Write(request, connection, partitions, ending), cancellation);

    /// <summary>From when to when there are trades of an instrument; null when there are none. Asks no disk.</summary>
    public StoredSpan? RangeOf(Instrument instrument) =>
        Stored().FirstOrDefault(stored => stored.Venue == instrument.Venue && stored.Symbol == instrument.Symbol)?.Trades;

    /// <summary>Of which instruments something is stored, and of what time. Asks no disk.</summary>
    public IReadOnlyList<StoredInstrument> Stored() => StoredInstrument.Of(_shelf.Partitions);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        Hurry();
        await Task.Run(() =>
        {
            _thread?.Join();
            _queries.Dispose();
            _exports.Dispose();
        }).ConfigureAwait(false);
        _wake.Dispose();
        _stopping.Dispose();
    }

    private EventQuery QueryOf(HistoryRange range, int limit, bool newestFirst) =>
        new(range, Math.Clamp(limit, 0, _options.MaxRows), newestFirst, long.MaxValue);

    private Task<T> ReadAsync<T>(Func<PartitionReading, T> read, CancellationToken cancellation) => ReadAsync(
        _queries, (connection, partitions, ending) => read(new PartitionReading(connection, partitions, _keeper.Report, ending)), cancellation);

    private Task<T> ReadAsync<T>(
        QueryThreads threads, Func<DuckDbConnection, HistoryPartition[], CancellationToken, T> read, CancellationToken cancellation) => threads.RunAsync(
        (connection, ending) =>
        {
            var partitions = _shelf.Take();
            try
            {
                return read(connection, partitions, ending);
            }
            finally
            {
                PartitionShelf.Release(partitions);
            }
        },
        cancellation);

    private void Keep()
    {
        LowPriority.Take();
        while (!_stopping.IsCancellationRequested)
        {
            var isDone = _keeper.TryStep(_stopping.Token);
            Pause(!isDone ? _options.RetryAfter : _waiters.IsAwaited ? _options.FollowAwaitedEvery : _options.FollowEvery);
        }

        _keeper.Close();
    }

    /// <summary>Waits a while, or until somebody is in a hurry.</summary>
    private void Pause(TimeSpan span)
    {
        using var alarm = _time.CreateTimer(static database => ((HistoryDatabase)database!).Hurry(), this, span, Timeout.InfiniteTimeSpan);
        _wake.Wait();
    }

    private void Hurry()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else was in a hurry already.
        }
    }

    private string WordsOf(HistoryState state) => state switch
    {
        HistoryState.Opening => "being opened",
        HistoryState.CatchingUp => "reads from the journal what it lacks",
        HistoryState.Current => "has what the journal has",
        HistoryState.Degraded => $"cannot be used now and is tried again: {_keeper.Trouble}",
        _ => $"There is no DuckDB: {DuckDbLibrary.Trouble} History is served from memory; the journal is kept and read in when there is one.",
    };

    private void Tell(string remark)
    {
        lock (_remarks)
        {
            _remarks.Enqueue(remark);
            while (_remarks.Count > RemarksKept)
            {
                _remarks.Dequeue();
            }
        }

        _tell(remark);
    }

    private IReadOnlyList<string> Remarks()
    {
        lock (_remarks)
        {
            return [.. _remarks];
        }
    }
}
