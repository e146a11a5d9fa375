using Microsoft.Data.Sqlite;
using Omnibook.History.Sqlite;

namespace Omnibook.History;

/// <summary>
/// Keys in one SQLite file, which the server reads while a command of the same program writes: each call opens the file anew, so that it sees
/// what others did. The file is created with the first key, readable by its owner alone. Safe to use from any thread.
/// </summary>
/// <param name="path">The file. Its folder must exist.</param>
public sealed class ApiKeyStore(string path)
{
    private const int BusySeconds = 5;

    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>Stores a new key.</summary>
    /// <exception cref="KeyStoreException">It could not be stored.</exception>
    public void Add(ApiKeyRow key)
    {
        CreateForOwner();
        Run(connection =>
        {
            KeyRows.Migrate(connection);
            KeyRows.Insert(connection, key);
            return true;
        });
    }

    /// <summary>All keys, the oldest first; none where there is no file yet.</summary>
    /// <exception cref="KeyStoreException">The file cannot be read.</exception>
    public IReadOnlyList<ApiKeyRow> List() => IsThere() ? Run(KeyRows.All) : [];

    /// <summary>Ends a key for good.</summary>
    /// <returns>False when there is no such key that still stands.</returns>
    /// <exception cref="KeyStoreException">It could not be stored.</exception>
    public bool Revoke(string id, long atMs) => IsThere() && Run(connection => KeyRows.Revoke(connection, id, atMs));

    private bool IsThere() => File.Exists(path) && new FileInfo(path).Length > 0;

    private void CreateForOwner()
    {
        try
        {
            using var made = new FileStream(path, OwnersAlone());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KeyStoreException($"{path}: {exception.Message}", exception);
        }
    }

    private static FileStreamOptions OwnersAlone()
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private T Run<T>(Func<SqliteConnection, T> work)
    {
        try
        {
            SqliteLibrary.Load();
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = SqliteOpenMode.ReadWrite,
                Pooling = false,
                DefaultTimeout = BusySeconds,
            }.ToString());
            connection.Open();
            connection.Execute("PRAGMA synchronous = FULL;");
            return work(connection);
        }
        catch (SqliteException exception)
        {
            throw new KeyStoreException($"{path}: {exception.Message}", exception);
        }
    }
}
