using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Omnibook.History.Sqlite;

/// <summary>
/// The tables of one kind of file, as steps from one version to the next: <c>PRAGMA user_version</c> says how many were taken. A file of an
/// older program is copied beside itself and brought forward; one of a newer program is refused and left alone.
/// </summary>
/// <param name="steps">From nothing to version 1, from 1 to 2, and so on. A step that was once released never changes.</param>
/// <param name="refuse">Makes the exception of the store, of a message and a cause.</param>
/// <param name="check">Looks at the tables after each step; throws where they are not what they have to be.</param>
internal sealed class SqliteSchema(
    IReadOnlyList<string> steps, Func<string, Exception?, Exception> refuse, Action<SqliteConnection>? check = null)
{
    /// <summary>The version that this program writes.</summary>
    public int Current => steps.Count;

    /// <summary>Where the copy of a file is put before it is brought forward.</summary>
    public static string BackupOf(string path, int version) => string.Create(CultureInfo.InvariantCulture, $"{path}.v{version}.bak");

    /// <summary>Takes the steps that the file lacks, each in a transaction of its own.</summary>
    /// <exception cref="Exception">The store's own exception: the file is of a newer program, or cannot be copied.</exception>
    public void Migrate(SqliteConnection connection)
    {
        var version = Convert.ToInt32(connection.Scalar("PRAGMA user_version"), CultureInfo.InvariantCulture);
        if (version > Current)
        {
            throw refuse($"{connection.DataSource} is of version {version}; this omnibook knows versions up to {Current}. Use a newer omnibook.", null);
        }

        if (version < Current && connection.Scalar("SELECT 1 FROM sqlite_master LIMIT 1") is not null)
        {
            BackUp(connection, version);
        }

        for (; version < Current; version++)
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            connection.Execute(steps[version]);
            check?.Invoke(connection);
            connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version + 1}"));
            transaction.Commit();
        }
    }

    /// <summary>A copy that is whole and consistent, made by SQLite itself: https://www.sqlite.org/lang_vacuum.html#vacuuminto</summary>
    private void BackUp(SqliteConnection connection, int version)
    {
        var backup = BackupOf(connection.DataSource, version);
        try
        {
            // One that is there already is of an earlier try, which went no further.
            File.Delete(backup);
            using var command = connection.CreateCommand();
            command.CommandText = "VACUUM INTO $path";
            command.Parameters.AddWithValue("$path", backup);
            command.ExecuteNonQuery();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException || (exception is SqliteException sqlite && !sqlite.IsDamage()))
        {
            throw refuse($"{connection.DataSource} is of version {version} and is copied to {backup} before it is changed, which failed: {exception.Message}", exception);
        }
    }
}
