using Microsoft.Data.Sqlite;
using Omnibook.History.Sqlite;

namespace Omnibook.History;

/// <summary>
/// Best prices over time, in one SQLite file. One task writes, from a bounded queue and in groups; readers never wait for it.
/// A row that was acknowledged survives a killed process and a lost power supply. Safe to use from any thread.
/// </summary>
public sealed class PriceSnapshotStore : IAsyncDisposable
{
    private const int MaxReaders = 4;

    private readonly SnapshotFile _file;
    private readonly SnapshotWriter _writer;
    private readonly SemaphoreSlim _readers = new(MaxReaders);
    private bool _isDisposed;

    private PriceSnapshotStore(PriceSnapshotStoreOptions options, TimeProvider time)
    {
        SqliteVersion = SqliteLibrary.Load();
        Path = options.Path;
        _file = new SnapshotFile(options, time);
        _writer = new SnapshotWriter(options, _file, time);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The version of SQLite and where it is from: <c>3.40.1 (system)</c> or <c>3.35.5 (bundled)</c>.</summary>
    public string SqliteVersion { get; }

    /// <summary>Where a damaged file was put since the start, or null when none was found.</summary>
    public string? Quarantined => _file.Quarantined;

    /// <summary>How many rows could not be written since the start.</summary>
    public long Failed => _writer.Failed;

    /// <summary>Opens the file, or creates it; a damaged one is put aside as <c>*.corrupt-time</c> and a new one is made.</summary>
    /// <exception cref="SnapshotStoreException">The file cannot be opened, or is of a newer program.</exception>
    public static PriceSnapshotStore Open(PriceSnapshotStoreOptions options, TimeProvider time) => new(options, time);

    /// <summary>Stores a row; its id and its time of writing are given by the store.</summary>
    /// <returns>True once the row is on the disk; false when there is a row of this coin, dex and time already.</returns>
    /// <exception cref="SnapshotStoreException">The row could not be stored: disk full, file held by another process for too long.</exception>
    public Task<bool> InsertAsync(PriceSnapshot snapshot, CancellationToken cancellationToken = default) =>
        _writer.InsertAsync(snapshot, cancellationToken);

    /// <summary>The rows of one book from a moment (included) to another (excluded), in order of time.</summary>
    /// <exception cref="SnapshotStoreException">The file cannot be read.</exception>
    public Task<IReadOnlyList<PriceSnapshot>> RangeAsync(
        string coin, string dex, long fromMs, long toMs, CancellationToken cancellationToken = default) =>
        ReadAsync(
            connection => SnapshotRows.Range(connection, coin, dex, fromMs, toMs), SnapshotRows.ReadRow, cancellationToken);

    /// <summary>Candles of one book's middle price, in order of time; intervals without a row are absent.</summary>
    /// <param name="coin">The coin.</param>
    /// <param name="dex">The book.</param>
    /// <param name="fromMs">From when, included.</param>
    /// <param name="toMs">To when, excluded.</param>
    /// <param name="frame">Length of an interval; at least one millisecond.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="SnapshotStoreException">The file cannot be read.</exception>
    public Task<IReadOnlyList<PriceCandle>> CandlesAsync(
        string coin, string dex, long fromMs, long toMs, TimeSpan frame, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frame, TimeSpan.FromMilliseconds(1));
        return ReadAsync(
            connection => SnapshotRows.Candles(connection, coin, dex, fromMs, toMs, (long)frame.TotalMilliseconds),
            SnapshotRows.ReadCandle,
            cancellationToken);
    }

    /// <summary>The oldest rows of the table, oldest first.</summary>
    /// <exception cref="SnapshotStoreException">The file cannot be read.</exception>
    public Task<IReadOnlyList<PriceSnapshot>> HeadAsync(int limit, CancellationToken cancellationToken = default) =>
        ReadAsync(connection => SnapshotRows.Head(connection, limit), SnapshotRows.ReadRow, cancellationToken);

    /// <summary>Deletes what is older than the retention now; the store does it by itself every hour.</summary>
    /// <returns>How many rows were deleted.</returns>
    /// <exception cref="SnapshotStoreException">The file cannot be written.</exception>
    public Task<int> ApplyRetentionAsync(CancellationToken cancellationToken = default) => _writer.ApplyRetentionAsync(cancellationToken);

    /// <summary>Writes everything that was taken, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        // The writer goes last: the last connection that may write folds the log into the file.
        SqliteConnection.ClearAllPools();
        await _writer.DisposeAsync();
        _readers.Dispose();
    }

    /// <summary>SQLite reads synchronously, so a read has a pool thread to itself; a few at a time.</summary>
    private async Task<IReadOnlyList<T>> ReadAsync<T>(
        Func<SqliteConnection, SqliteCommand> query, Func<SqliteDataReader, T> row, CancellationToken cancellationToken)
    {
        await _readers.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Read(query, row, cancellationToken), cancellationToken);
        }
        catch (SqliteException exception)
        {
            throw new SnapshotStoreException($"{Path} cannot be read: {exception.Message}", exception);
        }
        finally
        {
            _readers.Release();
        }
    }

    private List<T> Read<T>(
        Func<SqliteConnection, SqliteCommand> query, Func<SqliteDataReader, T> row, CancellationToken cancellationToken)
    {
        using var connection = _file.OpenForReading();
        using var command = query(connection);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows.Add(row(reader));
        }

        return rows;
    }
}
