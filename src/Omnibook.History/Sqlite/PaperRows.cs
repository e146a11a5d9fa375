using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Omnibook.History.Sqlite;

/// <summary>The table of paper positions and the statements over it. Amounts are texts, so that they are kept exactly.</summary>
internal static class PaperRows
{
    /// <summary>As many closed positions are remembered, the newest.</summary>
    private const int MostClosed = 10_000;

    private const string Columns =
        "id, pair, dex, is_long, size, entry_price, margin, liquidation_price, fees, opened_at, funding, settled_until, closed_at, close_price, close_fees";

    private static readonly string[] Steps =
    [
        // 1
        """
        CREATE TABLE paper_positions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            pair TEXT NOT NULL,
            dex TEXT NOT NULL,
            is_long INTEGER NOT NULL,
            size TEXT NOT NULL,
            entry_price TEXT NOT NULL,
            margin TEXT NOT NULL,
            liquidation_price TEXT,
            fees TEXT NOT NULL,
            opened_at INTEGER NOT NULL,
            closed_at INTEGER,
            close_price TEXT,
            profit TEXT
        );
        CREATE INDEX paper_positions_closed ON paper_positions (closed_at);
        """,

        // 2: a ledger of funding, its sum, and what the closing cost
        """
        ALTER TABLE paper_positions ADD COLUMN funding TEXT NOT NULL DEFAULT '0';
        ALTER TABLE paper_positions ADD COLUMN settled_until INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE paper_positions ADD COLUMN close_fees TEXT NOT NULL DEFAULT '0';
        UPDATE paper_positions SET settled_until = opened_at;
        CREATE TABLE paper_funding (
            position_id INTEGER NOT NULL,
            paid_at INTEGER NOT NULL,
            rate TEXT NOT NULL,
            price TEXT NOT NULL,
            amount TEXT NOT NULL,
            price_source TEXT NOT NULL,
            PRIMARY KEY (position_id, paid_at)
        ) WITHOUT ROWID;
        """,
    ];

    /// <summary>The table, and the steps to it.</summary>
    public static SqliteSchema Schema { get; } = new(Steps, (message, cause) => new PaperStoreException(message, cause));

    /// <summary>Inserts a position unless as many are open as may be.</summary>
    public static PaperPosition? Insert(SqliteConnection connection, PaperPosition position, int mostOpen)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            INSERT INTO paper_positions (pair, dex, is_long, size, entry_price, margin, liquidation_price, fees, opened_at, settled_until)
            SELECT $pair, $dex, $long, $size, $entry, $margin, $liquidation, $fees, $opened, $settled
            WHERE (SELECT count(*) FROM paper_positions WHERE closed_at IS NULL) < $most
            RETURNING id
            """;
        command.Parameters.AddWithValue("$pair", position.Pair);
        command.Parameters.AddWithValue("$dex", position.Dex);
        command.Parameters.AddWithValue("$long", position.IsLong ? 1 : 0);
        command.Parameters.AddWithValue("$size", Text(position.Size));
        command.Parameters.AddWithValue("$entry", Text(position.EntryPrice));
        command.Parameters.AddWithValue("$margin", Text(position.Margin));
        command.Parameters.AddWithValue("$liquidation", position.LiquidationPrice is { } price ? Text(price) : DBNull.Value);
        command.Parameters.AddWithValue("$fees", Text(position.Fees));
        command.Parameters.AddWithValue("$opened", position.OpenedAtMs);
        command.Parameters.AddWithValue("$settled", position.SettledUntilMs);
        command.Parameters.AddWithValue("$most", mostOpen);
        return command.ExecuteScalar() is long id ? position with { Id = id } : null;
    }

    /// <summary>The open positions.</summary>
    public static IReadOnlyList<PaperPosition> Open(SqliteConnection connection) => Read(connection, "WHERE closed_at IS NULL ORDER BY id");

    /// <summary>The newest closed positions.</summary>
    public static IReadOnlyList<PaperPosition> Closed(SqliteConnection connection, int limit) =>
        Read(connection, "WHERE closed_at IS NOT NULL ORDER BY closed_at DESC, id DESC LIMIT $limit", limit);

    /// <summary>The open positions, and closed ones of whose time a full hour is not settled.</summary>
    public static IReadOnlyList<PaperPosition> Unsettled(SqliteConnection connection) =>
        Read(connection, "WHERE closed_at IS NULL OR settled_until / 3600000 < closed_at / 3600000 ORDER BY id");

    private static List<PaperPosition> Read(SqliteConnection connection, string which, int limit = 0)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns} FROM paper_positions {which}";
        command.Parameters.AddWithValue("$limit", limit);
        using var reader = command.ExecuteReader();
        var positions = new List<PaperPosition>();
        while (reader.Read())
        {
            positions.Add(Of(reader));
        }

        return positions;
    }

    private static PaperPosition Of(SqliteDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetString(1),
        reader.GetString(2),
        reader.GetInt64(3) == 1,
        Amount(reader, 4),
        Amount(reader, 5),
        Amount(reader, 6),
        reader.IsDBNull(7) ? null : Amount(reader, 7),
        Amount(reader, 8),
        reader.GetInt64(9))
    {
        Funding = Amount(reader, 10),
        SettledUntilMs = reader.GetInt64(11),
        ClosedAtMs = reader.IsDBNull(12) ? null : reader.GetInt64(12),
        ClosePrice = reader.IsDBNull(13) ? null : Amount(reader, 13),
        CloseFees = Amount(reader, 14),
    };

    /// <summary>Closes an open position, and forgets the oldest of those that were closed long ago.</summary>
    public static bool Close(SqliteConnection connection, long id, decimal price, decimal profit, decimal fees, long atMs)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "UPDATE paper_positions SET closed_at = $at, close_price = $price, profit = $profit, close_fees = $fees WHERE id = $id AND closed_at IS NULL";
        command.Parameters.AddWithValue("$at", atMs);
        command.Parameters.AddWithValue("$price", Text(price));
        command.Parameters.AddWithValue("$profit", Text(profit));
        command.Parameters.AddWithValue("$fees", Text(fees));
        command.Parameters.AddWithValue("$id", id);
        var isClosed = command.ExecuteNonQuery() == 1;
        connection.Execute(
            $"""
            DELETE FROM paper_positions WHERE id IN (
                SELECT id FROM paper_positions WHERE closed_at IS NOT NULL ORDER BY closed_at DESC, id DESC LIMIT -1 OFFSET {MostClosed});
            DELETE FROM paper_funding WHERE position_id NOT IN (SELECT id FROM paper_positions);
            """);
        return isClosed;
    }

    private static string Text(decimal amount) => amount.ToString(CultureInfo.InvariantCulture);

    private static decimal Amount(SqliteDataReader reader, int column) => decimal.Parse(reader.GetString(column), CultureInfo.InvariantCulture);
}
