using Microsoft.Data.Sqlite;

namespace Omnibook.History.Sqlite;

/// <summary>The statements over <c>price_snapshots</c>.</summary>
internal static class SnapshotRows
{
    private const string Columns = "id, coin, dex, timestamp, best_ask, best_bid, spread, mid_price, created_at";

    /// <summary>A prepared insert that leaves an existing row of the same coin, dex and time alone.</summary>
    public static SqliteCommand Insert(SqliteConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText =
            """
            INSERT INTO price_snapshots (coin, dex, timestamp, best_ask, best_bid, spread, mid_price, created_at)
            VALUES ($coin, $dex, $timestamp, $ask, $bid, $spread, $mid, $created)
            ON CONFLICT (coin, dex, timestamp) DO NOTHING
            """;
        command.Prepare();
        return command;
    }

    /// <summary>Runs <see cref="Insert"/> for one row.</summary>
    /// <returns>True when the row is new.</returns>
    public static bool Run(SqliteCommand insert, PriceSnapshot row, long createdAt)
    {
        insert.Parameters.Clear();
        insert.Parameters.AddWithValue("$coin", row.Coin);
        insert.Parameters.AddWithValue("$dex", row.Dex);
        insert.Parameters.AddWithValue("$timestamp", row.TimestampMs);
        insert.Parameters.AddWithValue("$ask", (double)row.BestAsk);
        insert.Parameters.AddWithValue("$bid", Real(row.BestBid));
        insert.Parameters.AddWithValue("$spread", Real(row.Spread));
        insert.Parameters.AddWithValue("$mid", Real(row.MidPrice));
        insert.Parameters.AddWithValue("$created", createdAt);
        return insert.ExecuteNonQuery() == 1;
    }

    /// <summary>Deletes up to <paramref name="limit"/> rows older than a moment, but none that was brought along.</summary>
    public static int DeleteBefore(SqliteConnection connection, long beforeMs, int limit)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            DELETE FROM price_snapshots WHERE id IN (
                SELECT id FROM price_snapshots
                WHERE timestamp < $before AND id > (SELECT value FROM omnibook_state WHERE name = 'brought_along_up_to')
                LIMIT $limit)
            """;
        command.Parameters.AddWithValue("$before", beforeMs);
        command.Parameters.AddWithValue("$limit", limit);
        return command.ExecuteNonQuery();
    }

    /// <summary>The rows of one book within a span, in order of time.</summary>
    public static SqliteCommand Range(SqliteConnection connection, string coin, string dex, long fromMs, long toMs)
    {
        var command = connection.CreateCommand();
        command.CommandText =
            $"""
            SELECT {Columns} FROM price_snapshots
            WHERE coin = $coin AND dex = $dex AND timestamp >= $from AND timestamp < $to
            ORDER BY timestamp
            """;
        BindRange(command, coin, dex, fromMs, toMs);
        return command;
    }

    /// <summary>The oldest rows of the table.</summary>
    public static SqliteCommand Head(SqliteConnection connection, int limit)
    {
        var command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns} FROM price_snapshots ORDER BY id LIMIT $limit";
        command.Parameters.AddWithValue("$limit", limit);
        return command;
    }

    /// <summary>
    /// Open, high, low and close by interval. SQLite gives bare columns beside a lone <c>min()</c> or <c>max()</c> the values of
    /// that row (https://www.sqlite.org/lang_select.html#bareagg), so first and last are two such groupings.
    /// </summary>
    public static SqliteCommand Candles(SqliteConnection connection, string coin, string dex, long fromMs, long toMs, long frameMs)
    {
        var command = connection.CreateCommand();
        command.CommandText =
            """
            WITH mids AS (
                SELECT timestamp AS at, timestamp - timestamp % $frame AS start, mid_price AS mid FROM price_snapshots
                WHERE coin = $coin AND dex = $dex AND timestamp >= $from AND timestamp < $to AND mid_price IS NOT NULL),
            opens AS (SELECT start, mid, min(at) FROM mids GROUP BY start),
            closes AS (SELECT start, mid, max(at) FROM mids GROUP BY start),
            extremes AS (SELECT start, max(mid) AS high, min(mid) AS low FROM mids GROUP BY start)
            SELECT start, opens.mid, high, low, closes.mid FROM extremes JOIN opens USING (start) JOIN closes USING (start)
            ORDER BY start
            """;
        BindRange(command, coin, dex, fromMs, toMs);
        command.Parameters.AddWithValue("$frame", frameMs);
        return command;
    }

    /// <summary>The row under the reader.</summary>
    public static PriceSnapshot ReadRow(SqliteDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetString(1),
        reader.GetString(2),
        reader.GetInt64(3),
        (decimal)reader.GetDouble(4),
        Amount(reader, 5),
        Amount(reader, 6),
        Amount(reader, 7),
        reader.IsDBNull(8) ? 0 : reader.GetInt64(8));

    /// <summary>The candle under the reader.</summary>
    public static PriceCandle ReadCandle(SqliteDataReader reader) => new(
        reader.GetInt64(0),
        (decimal)reader.GetDouble(1),
        (decimal)reader.GetDouble(2),
        (decimal)reader.GetDouble(3),
        (decimal)reader.GetDouble(4));

    private static void BindRange(SqliteCommand command, string coin, string dex, long fromMs, long toMs)
    {
        command.Parameters.AddWithValue("$coin", coin);
        command.Parameters.AddWithValue("$dex", dex);
        command.Parameters.AddWithValue("$from", fromMs);
        command.Parameters.AddWithValue("$to", toMs);
    }

    private static object Real(decimal? amount) => amount is { } value ? (double)value : DBNull.Value;

    private static decimal? Amount(SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : (decimal)reader.GetDouble(column);
}
