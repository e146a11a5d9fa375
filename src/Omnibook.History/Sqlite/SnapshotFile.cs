using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Omnibook.History.Sqlite;

/// <summary>The file: how it is opened, checked, and put aside when it is damaged.</summary>
internal sealed class SnapshotFile(PriceSnapshotStoreOptions options, TimeProvider time)
{
    /// <summary>
    /// <c>WAL</c> lets charts read while a row is written. <c>FULL</c> syncs the log at every commit: an acknowledged row
    /// survives a killed process and a lost power supply alike; at one commit in four seconds it costs nothing.
    /// See https://www.sqlite.org/pragma.html#pragma_synchronous
    /// </summary>
    private const string WriterPragmas =
        """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA journal_size_limit = 16777216;
        """;

    /// <summary>Where the last damaged file was put, or null.</summary>
    public string? Quarantined { get; private set; }

    /// <summary>Opens the file for its only writer, brings its tables up to date, and starts a new file if it is damaged.</summary>
    /// <exception cref="SnapshotStoreException">The file cannot be opened or is of a newer program.</exception>
    public SqliteConnection OpenForWriting()
    {
        try
        {
            return OpenChecked();
        }
        catch (SqliteException exception) when (exception.IsDamage())
        {
            Quarantine();
            return OpenAfterQuarantine();
        }
        catch (SqliteException exception)
        {
            throw CannotOpen(exception);
        }
    }

    /// <summary>A connection that cannot write. It is pooled, so opening one is cheap.</summary>
    public SqliteConnection OpenForReading()
    {
        var connection = new SqliteConnection(ConnectionString(SqliteOpenMode.ReadOnly, pooling: true));
        connection.Open();
        return connection;
    }

    /// <summary>Puts the damaged file and its log aside, so that nothing is lost for whoever wants to repair it.</summary>
    public void Quarantine()
    {
        SqliteConnection.ClearAllPools();
        var stamp = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        var aside = $"{options.Path}.corrupt-{stamp}";
        foreach (var suffix in (string[])["", "-wal", "-shm"])
        {
            if (File.Exists(options.Path + suffix))
            {
                File.Move(options.Path + suffix, aside + suffix);
            }
        }

        Quarantined = aside;
    }

    private SqliteConnection OpenAfterQuarantine()
    {
        try
        {
            return OpenChecked();
        }
        catch (SqliteException exception)
        {
            throw CannotOpen(exception);
        }
    }

    private SqliteConnection OpenChecked()
    {
        var connection = new SqliteConnection(ConnectionString(SqliteOpenMode.ReadWriteCreate, pooling: false));
        try
        {
            connection.Open();
            connection.Execute(WriterPragmas);
            Check(connection);
            SnapshotSchema.Schema.Migrate(connection);
            SnapshotSchema.Claim(connection, options.AreInvented);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Finds damage that SQLite would otherwise meet in the middle of the day.</summary>
    private static void Check(SqliteConnection connection)
    {
        if (connection.Scalar("PRAGMA quick_check(1)") is not "ok")
        {
            throw new SqliteException($"{connection.DataSource} failed its check.", SqliteCommands.Corrupt);
        }
    }

    private string ConnectionString(SqliteOpenMode mode, bool pooling) => new SqliteConnectionStringBuilder
    {
        DataSource = options.Path,
        Mode = mode,
        Pooling = pooling,
        DefaultTimeout = Math.Max(1, (int)options.BusyTimeout.TotalSeconds),
    }.ToString();

    private SnapshotStoreException CannotOpen(SqliteException exception) =>
        new($"{options.Path} cannot be opened: {exception.Message}", exception);
}
