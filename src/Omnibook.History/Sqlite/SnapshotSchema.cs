using Microsoft.Data.Sqlite;

namespace Omnibook.History.Sqlite;

/// <summary>
/// The tables of price snapshots. A file of another program that has the same table (version 0) is taken over as it is.
/// </summary>
internal static class SnapshotSchema
{
    private static readonly string[] Steps =
    [
        // 1: the table of existing installations, column for column, so that their files can be brought along. What they hold is not
        // ours to delete: the retention is for rows that come after.
        """
        CREATE TABLE IF NOT EXISTS price_snapshots (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            coin TEXT NOT NULL,
            dex TEXT NOT NULL,
            timestamp INTEGER NOT NULL,
            best_ask REAL NOT NULL,
            best_bid REAL,
            spread REAL,
            mid_price REAL,
            created_at INTEGER NOT NULL,
            UNIQUE (coin, dex, timestamp)
        );
        CREATE TABLE omnibook_state (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
        INSERT INTO omnibook_state SELECT 'brought_along_up_to', coalesce(max(id), 0) FROM price_snapshots;
        """,

        // 2: candles of 30 days read one book's middle prices in order; this index answers them without touching the table.
        """
        CREATE INDEX IF NOT EXISTS price_snapshots_mid ON price_snapshots (coin, dex, timestamp, mid_price);
        """,
    ];

    private static readonly string[] Columns =
        ["id", "coin", "dex", "timestamp", "best_ask", "best_bid", "spread", "mid_price", "created_at"];

    /// <summary>The tables, and the steps to them.</summary>
    public static SqliteSchema Schema { get; } = new(Steps, (message, cause) => new SnapshotStoreException(message, cause), CheckColumns);

    /// <summary>Notes in an empty file which kind of prices it will hold, and holds a file with rows to its kind.</summary>
    /// <exception cref="SnapshotStoreException">The file holds the other kind.</exception>
    public static void Claim(SqliteConnection connection, bool areInvented)
    {
        var isEmpty = connection.Scalar("SELECT 1 FROM price_snapshots LIMIT 1") is null;
        if (isEmpty)
        {
            connection.Execute($"INSERT INTO omnibook_state VALUES ('invented', {(areInvented ? 1 : 0)}) ON CONFLICT (name) DO UPDATE SET value = excluded.value");
        }

        // A file that was brought along has no note: it comes from a server that followed a venue.
        var holdsInvented = Convert.ToInt64(connection.Scalar("SELECT value FROM omnibook_state WHERE name = 'invented'"), null) == 1;
        if (holdsInvented != areInvented)
        {
            throw new SnapshotStoreException(areInvented
                ? $"{connection.DataSource} holds real prices, and invented ones must not mix with them. Name another file with DATABASE_URL."
                : $"{connection.DataSource} holds the invented prices of a demo, and real ones must not mix with them. Name another file with DATABASE_URL.");
        }
    }

    private static void CheckColumns(SqliteConnection connection)
    {
        var present = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM pragma_table_info('price_snapshots')";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            present.Add(reader.GetString(0));
        }

        var missing = Columns.Where(column => !present.Contains(column)).ToArray();
        if (missing.Length > 0)
        {
            throw new SnapshotStoreException(
                $"{connection.DataSource} has a table price_snapshots without the columns {string.Join(", ", missing)}. Choose another file.");
        }
    }
}
