using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Omnibook.History.Sqlite;

/// <summary>The ledger of funding payments. A payment and the sum of its position change together.</summary>
internal static class PaperFundingRows
{
    /// <summary>Stores a payment; false when this hour of the position is paid already.</summary>
    public static bool Insert(SqliteConnection connection, PaperFunding payment)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            INSERT INTO paper_funding (position_id, paid_at, rate, price, amount, price_source)
            VALUES ($id, $at, $rate, $price, $amount, $source) ON CONFLICT DO NOTHING
            """;
        command.Parameters.AddWithValue("$id", payment.PositionId);
        command.Parameters.AddWithValue("$at", payment.PaidAtMs);
        command.Parameters.AddWithValue("$rate", Text(payment.Rate));
        command.Parameters.AddWithValue("$price", Text(payment.Price));
        command.Parameters.AddWithValue("$amount", Text(payment.Amount));
        command.Parameters.AddWithValue("$source", payment.PriceSource);
        var isNew = command.ExecuteNonQuery() == 1;
        if (isNew)
        {
            Sum(connection, payment);
        }

        transaction.Commit();
        return isNew;
    }

    /// <summary>The payments of a position, the oldest first.</summary>
    public static IReadOnlyList<PaperFunding> Of(SqliteConnection connection, long position)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT paid_at, rate, price, amount, price_source FROM paper_funding WHERE position_id = $id ORDER BY paid_at";
        command.Parameters.AddWithValue("$id", position);
        using var reader = command.ExecuteReader();
        var payments = new List<PaperFunding>();
        while (reader.Read())
        {
            payments.Add(new PaperFunding(position, reader.GetInt64(0), Amount(reader, 1), Amount(reader, 2), Amount(reader, 3), reader.GetString(4)));
        }

        return payments;
    }

    /// <summary>Sums are made here, in decimals: SQLite would make them in floating point.</summary>
    private static void Sum(SqliteConnection connection, PaperFunding payment)
    {
        using var read = connection.CreateCommand();
        read.CommandText = "SELECT funding FROM paper_positions WHERE id = $id";
        read.Parameters.AddWithValue("$id", payment.PositionId);
        var before = decimal.Parse((string)read.ExecuteScalar()!, CultureInfo.InvariantCulture);
        using var write = connection.CreateCommand();
        write.CommandText = "UPDATE paper_positions SET funding = $sum, settled_until = max(settled_until, $at) WHERE id = $id";
        write.Parameters.AddWithValue("$sum", Text(before + payment.Amount));
        write.Parameters.AddWithValue("$at", payment.PaidAtMs);
        write.Parameters.AddWithValue("$id", payment.PositionId);
        write.ExecuteNonQuery();
    }

    private static string Text(decimal amount) => amount.ToString(CultureInfo.InvariantCulture);

    private static decimal Amount(SqliteDataReader reader, int column) => decimal.Parse(reader.GetString(column), CultureInfo.InvariantCulture);
}
