using System.Globalization;
using Microsoft.Data.Sqlite;
using Omnibook.Core.Events;

namespace Omnibook.History.Sqlite;

/// <summary>The table of metrics and the statements over it. Decimals are texts, and so exact; shares are lines of a name, a blank and a share.</summary>
internal static class MetricsRows
{
    /// <summary>More than come in a second, so that the oldest always go faster than the newest come.</summary>
    private const int MostForgotten = 5_000;

    private const string Columns = "composite, window_bps, at, status, mid, spread_bps, depth, bid_depth, ask_depth, quote_depth, hhi, imbalance, shares";

    private static readonly string[] Steps =
    [
        // 1
        """
        CREATE TABLE metrics (
            composite TEXT NOT NULL,
            window_bps INTEGER NOT NULL,
            at INTEGER NOT NULL,
            status TEXT NOT NULL,
            mid TEXT,
            spread_bps TEXT,
            depth TEXT NOT NULL,
            bid_depth TEXT NOT NULL,
            ask_depth TEXT NOT NULL,
            quote_depth TEXT NOT NULL,
            hhi TEXT NOT NULL,
            imbalance TEXT NOT NULL,
            shares TEXT NOT NULL,
            PRIMARY KEY (composite, window_bps, at)
        ) WITHOUT ROWID;
        CREATE INDEX metrics_at ON metrics (at);
        """,
    ];

    /// <summary>The table, and the steps to it.</summary>
    public static SqliteSchema Schema { get; } = new(Steps, (message, cause) => new MetricsStoreException(message, cause));

    /// <summary>Inserts rows.</summary>
    public static void Insert(SqliteConnection connection, IReadOnlyList<MetricsRow> rows)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            INSERT OR REPLACE INTO metrics ({Columns})
            VALUES ($composite, $window, $at, $status, $mid, $spread, $depth, $bids, $asks, $quote, $hhi, $imbalance, $shares)
            """;
        foreach (var row in rows)
        {
            command.Parameters.Clear();
            Bind(command.Parameters, row);
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Deletes old rows, the oldest first.</summary>
    public static int Forget(SqliteConnection connection, long beforeMs) => connection.Change(
        """
        DELETE FROM metrics WHERE (composite, window_bps, at) IN (
            SELECT composite, window_bps, at FROM metrics WHERE at < $before ORDER BY at LIMIT $most)
        """,
        ("$before", beforeMs),
        ("$most", MostForgotten));

    /// <summary>
    /// Rows in order of time. Beside a lone <c>max()</c> SQLite gives the other columns the values of that row:
    /// https://www.sqlite.org/lang_select.html#bareagg
    /// </summary>
    public static IReadOnlyList<MetricsRow> Read(SqliteConnection connection, MetricsQuery query) => connection.Rows(
        $"""
        SELECT {(query.ResolutionMs == 0 ? Columns : Columns.Replace(", at,", ", max(at) AS at,", StringComparison.Ordinal))} FROM metrics
        WHERE composite = $composite AND window_bps = $window AND at >= $from AND at < $to
        {(query.ResolutionMs == 0 ? string.Empty : "GROUP BY metrics.at / $resolution")}
        ORDER BY 3 LIMIT $limit
        """,
        ReadRow,
        ("$composite", query.Composite),
        ("$window", query.WindowBps),
        ("$from", query.FromMs),
        ("$to", query.ToMs),
        ("$resolution", query.ResolutionMs),
        ("$limit", query.Limit));

    private static void Bind(SqliteParameterCollection values, MetricsRow row)
    {
        values.AddWithValue("$composite", row.Composite);
        values.AddWithValue("$window", row.WindowBps);
        values.AddWithValue("$at", row.At.UnixMilliseconds);
        values.AddWithValue("$status", row.Status);
        values.AddWithValue("$mid", row.Mid is { } mid ? Text(mid) : DBNull.Value);
        values.AddWithValue("$spread", row.SpreadBps is { } spread ? Text(spread) : DBNull.Value);
        values.AddWithValue("$depth", Text(row.Depth));
        values.AddWithValue("$bids", Text(row.BidDepth));
        values.AddWithValue("$asks", Text(row.AskDepth));
        values.AddWithValue("$quote", Text(row.QuoteDepth));
        values.AddWithValue("$hhi", Text(row.Hhi));
        values.AddWithValue("$imbalance", Text(row.Imbalance));
        values.AddWithValue("$shares", string.Join('\n', row.Shares.Select(share => $"{share.Venue} {Text(share.Share)}")));
    }

    private static MetricsRow ReadRow(SqliteDataReader row) => new()
    {
        Composite = row.GetString(0),
        WindowBps = row.GetInt32(1),
        At = Timestamp.FromMilliseconds(row.GetInt64(2)),
        Status = row.GetString(3),
        Mid = row.IsDBNull(4) ? null : Amount(row.GetString(4)),
        SpreadBps = row.IsDBNull(5) ? null : Amount(row.GetString(5)),
        Depth = Amount(row.GetString(6)),
        BidDepth = Amount(row.GetString(7)),
        AskDepth = Amount(row.GetString(8)),
        QuoteDepth = Amount(row.GetString(9)),
        Hhi = Amount(row.GetString(10)),
        Imbalance = Amount(row.GetString(11)),
        Shares = [.. row.GetString(12).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Share)],
    };

    private static VenueShare Share(string line)
    {
        var blank = line.LastIndexOf(' ');
        return new VenueShare(line[..blank], Amount(line[(blank + 1)..]));
    }

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    private static decimal Amount(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
