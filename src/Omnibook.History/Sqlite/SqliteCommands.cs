using Microsoft.Data.Sqlite;

namespace Omnibook.History.Sqlite;

/// <summary>One-line statements.</summary>
internal static class SqliteCommands
{
    /// <summary>SQLITE_CORRUPT, https://www.sqlite.org/rescode.html#corrupt</summary>
    public const int Corrupt = 11;

    /// <summary>SQLITE_NOTADB, https://www.sqlite.org/rescode.html#notadb</summary>
    private const int NotADatabase = 26;

    /// <summary>True when the file itself is damaged, not the statement or the disk.</summary>
    public static bool IsDamage(this SqliteException exception) => exception.SqliteErrorCode is Corrupt or NotADatabase;

    /// <summary>Runs statements.</summary>
    public static void Execute(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row, or null.</summary>
    public static object? Scalar(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>Runs a statement with values.</summary>
    /// <returns>How many rows it changed.</returns>
    public static int Change(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var command = Command(connection, sql, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>Every row of a query.</summary>
    public static List<T> Rows<T>(
        this SqliteConnection connection, string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var command = Command(connection, sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
