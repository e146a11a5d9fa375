using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Omnibook.History.Sqlite;

/// <summary>
/// The only writer of the file: takes rows from a bounded queue, commits what has gathered together, and only then
/// acknowledges each row. Full queue: the caller waits.
/// </summary>
internal sealed class SnapshotWriter : IAsyncDisposable
{
    private const int RowsDeletedAtOnce = 5_000;

    private readonly PriceSnapshotStoreOptions _options;
    private readonly SnapshotFile _file;
    private readonly TimeProvider _time;
    private readonly Channel<Work> _queue;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Insert> _batch = [];
    private readonly Task _writing;
    private readonly Task _retaining;
    private SqliteConnection _connection;

    /// <summary>Opens the file and starts.</summary>
    /// <exception cref="SnapshotStoreException">The file cannot be opened.</exception>
    public SnapshotWriter(PriceSnapshotStoreOptions options, SnapshotFile file, TimeProvider time)
    {
        (_options, _file, _time) = (options, file, time);
        _connection = file.OpenForWriting();
        _queue = Channel.CreateBounded<Work>(
            new BoundedChannelOptions(options.QueueCapacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
        _writing = Task.Run(WriteAsync);
        _retaining = Task.Run(RetainAsync);
    }

    /// <summary>How many rows were refused because the file could not be written.</summary>
    public long Failed { get; private set; }

    /// <summary>Stores a row. When the task ends, the row has reached the disk.</summary>
    /// <returns>False when there is a row of this coin, dex and time already.</returns>
    public async Task<bool> InsertAsync(PriceSnapshot snapshot, CancellationToken cancellationToken)
    {
        var insert = new Insert(snapshot);
        await EnqueueAsync(insert, cancellationToken);
        return await insert.Stored.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Deletes what is older than the retention.</summary>
    /// <returns>How many rows were deleted.</returns>
    public async Task<int> ApplyRetentionAsync(CancellationToken cancellationToken)
    {
        var retention = new Retention();
        await EnqueueAsync(retention, cancellationToken);
        return await retention.Deleted.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Writes everything that was taken, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _stopping.CancelAsync();
        await _writing;
        await _retaining;
        await _connection.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task EnqueueAsync(Work work, CancellationToken cancellationToken)
    {
        try
        {
            await _queue.Writer.WriteAsync(work, cancellationToken);
        }
        catch (ChannelClosedException exception)
        {
            throw new SnapshotStoreException("The store is closed.", exception);
        }
    }

    private async Task WriteAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (_queue.Reader.TryRead(out var work))
            {
                if (work is Insert insert)
                {
                    _batch.Add(insert);
                }

                if (_batch.Count == _options.MaxBatch || work is Retention || !_queue.Reader.TryPeek(out _))
                {
                    WriteBatch();
                }

                if (work is Retention retention)
                {
                    Retain(retention);
                }
            }
        }
    }

    private void WriteBatch()
    {
        if (_batch.Count == 0)
        {
            return;
        }

        try
        {
            CommitOrStartAnew();
        }
        catch (Exception exception) when (exception is SqliteException or SnapshotStoreException or IOException)
        {
            Failed += _batch.Count;
            var failure = new SnapshotStoreException($"{_options.Path} cannot be written: {exception.Message}", exception);
            _batch.ForEach(insert => insert.Stored.TrySetException(failure));
        }

        _batch.Clear();
    }

    /// <summary>A file that is found damaged while running is put aside, and the rows go into a new one.</summary>
    private void CommitOrStartAnew()
    {
        try
        {
            Commit();
        }
        catch (SqliteException exception) when (exception.IsDamage())
        {
            _connection.Dispose();
            _file.Quarantine();
            _connection = _file.OpenForWriting();
            Commit();
        }
    }

    private void Commit()
    {
        using (var transaction = _connection.BeginTransaction(deferred: false))
        {
            using var command = SnapshotRows.Insert(_connection);
            var createdAt = _time.GetUtcNow().ToUnixTimeSeconds();
            foreach (var insert in _batch)
            {
                insert.IsNew = SnapshotRows.Run(command, insert.Snapshot, createdAt);
            }

            transaction.Commit();
        }

        _batch.ForEach(insert => insert.Stored.TrySetResult(insert.IsNew));
    }

    private async Task RetainAsync()
    {
        using var timer = new PeriodicTimer(_options.RetentionInterval, _time);
        try
        {
            do
            {
                await _queue.Writer.WriteAsync(new Retention(), _stopping.Token);
            }
            while (await timer.WaitForNextTickAsync(_stopping.Token));
        }
        catch (Exception exception) when (exception is OperationCanceledException or ChannelClosedException)
        {
            // The store is being closed: the next opening applies the retention first of all.
            return;
        }
    }

    private void Retain(Retention retention)
    {
        try
        {
            var before = (_time.GetUtcNow() - _options.Retention).ToUnixTimeMilliseconds();
            var (deleted, all) = (0, 0);
            do
            {
                deleted = SnapshotRows.DeleteBefore(_connection, before, RowsDeletedAtOnce);
                all += deleted;
            }
            while (deleted == RowsDeletedAtOnce);
            retention.Deleted.TrySetResult(all);
        }
        catch (SqliteException exception)
        {
            // Nobody may be waiting for this one; the next round tries again, and inserts tell of a broken file.
            retention.Deleted.TrySetException(new SnapshotStoreException($"{_options.Path}: {exception.Message}", exception));
        }
    }

    private abstract class Work;

    private sealed class Insert(PriceSnapshot snapshot) : Work
    {
        public PriceSnapshot Snapshot { get; } = snapshot;

        public TaskCompletionSource<bool> Stored { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsNew { get; set; }
    }

    private sealed class Retention : Work
    {
        public TaskCompletionSource<int> Deleted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
