using Microsoft.Data.Sqlite;

namespace Omnibook.History.Sqlite;

/// <summary>
/// One SQLite file with one connection, which is opened with the first call. Calls follow one another, each on a pool thread of its own, since
/// SQLite works synchronously. What was acknowledged survives a killed process and a lost power supply.
/// </summary>
/// <param name="path">The file; it is created when it does not exist. Its folder must exist.</param>
/// <param name="schema">Its tables.</param>
/// <param name="fail">Makes the exception of the store, of a message and a cause.</param>
internal sealed class SqliteDesk(string path, SqliteSchema schema, Func<string, Exception?, Exception> fail) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private SqliteConnection? _connection;

    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>Does something with the file.</summary>
    public async Task<T> RunAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => work(_connection ??= Connect()), CancellationToken.None);
        }
        catch (SqliteException exception)
        {
            throw fail($"{path}: {exception.Message}", exception);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Does something in one transaction: all of it is kept, or nothing.</summary>
    public Task<T> ChangeAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken) => RunAsync(
        connection =>
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            var result = work(connection);
            transaction.Commit();
            return result;
        },
        cancellationToken);

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _connection?.Dispose();
        _turn.Dispose();
    }

    /// <summary>WAL and FULL as in the file of prices: an acknowledged row survives. https://www.sqlite.org/pragma.html#pragma_synchronous</summary>
    private SqliteConnection Connect()
    {
        SqliteLibrary.Load();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 30 }.ToString());
        try
        {
            connection.Open();
            connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
            schema.Migrate(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
