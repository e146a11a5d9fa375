using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Omnibook.History.Sqlite;

/// <summary>The table of keys and the statements over it.</summary>
internal static class KeyRows
{
    private const int Version = 1;

    /// <summary>Makes the table in a new file.</summary>
    /// <exception cref="KeyStoreException">The file is of a newer program.</exception>
    public static void Migrate(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        if (VersionOf(connection) == 0)
        {
            connection.Execute(
                """
                CREATE TABLE api_keys (
                    id TEXT PRIMARY KEY,
                    name TEXT NOT NULL,
                    hash BLOB NOT NULL,
                    scopes TEXT NOT NULL,
                    created_at INTEGER NOT NULL,
                    expires_at INTEGER,
                    revoked_at INTEGER
                );
                """);
            connection.Execute($"PRAGMA user_version = {Version}");
        }

        transaction.Commit();
    }

    /// <summary>Inserts a key.</summary>
    public static void Insert(SqliteConnection connection, ApiKeyRow key)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "INSERT INTO api_keys (id, name, hash, scopes, created_at, expires_at) VALUES ($id, $name, $hash, $scopes, $created, $expires)";
        command.Parameters.AddWithValue("$id", key.Id);
        command.Parameters.AddWithValue("$name", key.Name);
        command.Parameters.AddWithValue("$hash", key.Hash);
        command.Parameters.AddWithValue("$scopes", key.Scopes);
        command.Parameters.AddWithValue("$created", key.CreatedAtMs);
        command.Parameters.AddWithValue("$expires", key.ExpiresAtMs is { } at ? at : DBNull.Value);
        command.ExecuteNonQuery();
    }

    /// <summary>All keys, the oldest first.</summary>
    public static IReadOnlyList<ApiKeyRow> All(SqliteConnection connection)
    {
        VersionOf(connection);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, name, hash, scopes, created_at, expires_at, revoked_at FROM api_keys ORDER BY created_at, id";
        using var reader = command.ExecuteReader();
        var keys = new List<ApiKeyRow>();
        while (reader.Read())
        {
            keys.Add(new ApiKeyRow(
                reader.GetString(0),
                reader.GetString(1),
                (byte[])reader.GetValue(2),
                reader.GetString(3),
                reader.GetInt64(4),
                reader.IsDBNull(5) ? null : reader.GetInt64(5),
                reader.IsDBNull(6) ? null : reader.GetInt64(6)));
        }

        return keys;
    }

    /// <summary>Revokes a key that still stands.</summary>
    public static bool Revoke(SqliteConnection connection, string id, long atMs)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE api_keys SET revoked_at = $at WHERE id = $id AND revoked_at IS NULL";
        command.Parameters.AddWithValue("$at", atMs);
        command.Parameters.AddWithValue("$id", id);
        return command.ExecuteNonQuery() == 1;
    }

    private static int VersionOf(SqliteConnection connection)
    {
        var version = Convert.ToInt32(connection.Scalar("PRAGMA user_version"), CultureInfo.InvariantCulture);
        return version <= Version ? version : throw new KeyStoreException(
            $"{connection.DataSource} is of version {version}; this omnibook knows versions up to {Version}. Use a newer omnibook.");
    }
}
