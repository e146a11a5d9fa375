using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Omnibook.History.Sqlite;

/// <summary>The tables of alerts and the statements over them.</summary>
internal static class AlertRows
{
    private static readonly string[] Steps =
    [
        // 1
        """
        CREATE TABLE alerts (
            id TEXT PRIMARY KEY,
            definition TEXT NOT NULL,
            created_at INTEGER NOT NULL
        );
        CREATE TABLE alert_parts (
            alert TEXT NOT NULL REFERENCES alerts (id) ON DELETE CASCADE,
            part TEXT NOT NULL,
            is_armed INTEGER NOT NULL,
            fired_at INTEGER NOT NULL,
            PRIMARY KEY (alert, part)
        );
        CREATE TABLE alert_events (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            alert TEXT NOT NULL,
            at INTEGER NOT NULL,
            facts TEXT NOT NULL
        );
        CREATE TABLE alert_deliveries (
            event INTEGER PRIMARY KEY REFERENCES alert_events (number) ON DELETE CASCADE,
            alert TEXT NOT NULL REFERENCES alerts (id) ON DELETE CASCADE,
            attempts INTEGER NOT NULL,
            next_at INTEGER NOT NULL
        );
        CREATE INDEX alert_deliveries_next ON alert_deliveries (next_at);
        CREATE INDEX alert_deliveries_alert ON alert_deliveries (alert);
        """,
    ];

    /// <summary>The tables, and the steps to them.</summary>
    public static SqliteSchema Schema { get; } = new(Steps, (message, cause) => new AlertStoreException(message, cause));

    /// <summary>Every alert with its parts.</summary>
    public static IReadOnlyList<StoredAlert> All(SqliteConnection connection)
    {
        var parts = connection.Rows(
            "SELECT alert, part, is_armed, fired_at FROM alert_parts",
            row => (Alert: row.GetString(0), State: new AlertPartState(row.GetString(1), row.GetInt64(2) == 1, row.GetInt64(3))))
            .ToLookup(part => part.Alert, part => part.State, StringComparer.Ordinal);
        return connection.Rows(
            "SELECT id, definition, created_at FROM alerts ORDER BY created_at, rowid",
            row => new StoredAlert(row.GetString(0), row.GetString(1), row.GetInt64(2), [.. parts[row.GetString(0)]]));
    }

    /// <summary>Inserts an alert unless there are as many as there may be.</summary>
    public static bool Insert(SqliteConnection connection, StoredAlert alert, int most) => connection.Change(
        "INSERT INTO alerts (id, definition, created_at) SELECT $id, $definition, $at WHERE (SELECT count(*) FROM alerts) < $most",
        ("$id", alert.Id),
        ("$definition", alert.Definition),
        ("$at", alert.CreatedAtMs),
        ("$most", most)) == 1;

    /// <summary>Deletes an alert with all that hangs on it.</summary>
    public static bool Delete(SqliteConnection connection, string id) => connection.Change("DELETE FROM alerts WHERE id = $id", ("$id", id)) == 1;

    /// <summary>Sets a part of an alert that is still there.</summary>
    public static bool SetPart(SqliteConnection connection, string alert, AlertPartState part) => connection.Change(
        """
        INSERT INTO alert_parts (alert, part, is_armed, fired_at) SELECT $alert, $part, $armed, $fired WHERE EXISTS (SELECT 1 FROM alerts WHERE id = $alert)
        ON CONFLICT (alert, part) DO UPDATE SET is_armed = excluded.is_armed, fired_at = excluded.fired_at
        """,
        ("$alert", alert),
        ("$part", part.Part),
        ("$armed", part.IsArmed ? 1 : 0),
        ("$fired", part.FiredAt)) == 1;

    /// <summary>Inserts an event and its delivery, and forgets the oldest events.</summary>
    public static AlertEvent? Tell(SqliteConnection connection, AlertEvent told, AlertPartState part, bool isDelivered, int most)
    {
        if (!SetPart(connection, told.AlertId, part))
        {
            return null;
        }

        connection.Change(
            "INSERT INTO alert_events (alert, at, facts) VALUES ($alert, $at, $facts)", ("$alert", told.AlertId), ("$at", told.AtMs), ("$facts", told.Facts));
        var number = Convert.ToInt64(connection.Scalar("SELECT last_insert_rowid()"), CultureInfo.InvariantCulture);
        if (isDelivered)
        {
            connection.Change(
                "INSERT INTO alert_deliveries (event, alert, attempts, next_at) VALUES ($event, $alert, 0, $at)",
                ("$event", number),
                ("$alert", told.AlertId),
                ("$at", told.AtMs));
        }

        connection.Change("DELETE FROM alert_events WHERE number <= $last", ("$last", number - most));
        return told with { Number = number };
    }

    /// <summary>Events after a number.</summary>
    public static IReadOnlyList<AlertEvent> Events(SqliteConnection connection, long after, int limit) => connection.Rows(
        "SELECT number, alert, at, facts FROM alert_events WHERE number > $after ORDER BY number LIMIT $limit",
        ReadEvent,
        ("$after", after),
        ("$limit", limit));

    /// <summary>Deliveries whose time has come.</summary>
    public static IReadOnlyList<AlertDelivery> Due(SqliteConnection connection, long nowMs, int limit) => connection.Rows(
        """
        SELECT e.number, e.alert, e.at, e.facts, a.definition, d.attempts
        FROM alert_deliveries d JOIN alert_events e ON e.number = d.event JOIN alerts a ON a.id = d.alert
        WHERE d.next_at <= $now ORDER BY d.next_at, d.event LIMIT $limit
        """,
        row => new AlertDelivery(ReadEvent(row), row.GetString(4), row.GetInt32(5)),
        ("$now", nowMs),
        ("$limit", limit));

    /// <summary>When the next delivery is due.</summary>
    public static long? NextDue(SqliteConnection connection) => connection.Scalar("SELECT min(next_at) FROM alert_deliveries") as long?;

    /// <summary>Forgets a delivery.</summary>
    public static bool EndDelivery(SqliteConnection connection, long number) =>
        connection.Change("DELETE FROM alert_deliveries WHERE event = $event", ("$event", number)) == 1;

    /// <summary>Puts a delivery off.</summary>
    public static bool Retry(SqliteConnection connection, long number, int attempts, long nextAtMs) => connection.Change(
        "UPDATE alert_deliveries SET attempts = $attempts, next_at = $next WHERE event = $event",
        ("$attempts", attempts),
        ("$next", nextAtMs),
        ("$event", number)) == 1;

    private static AlertEvent ReadEvent(SqliteDataReader row) => new(row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetString(3));
}
