using System.Globalization;
using Omnibook.History.DuckDb;

namespace Omnibook.History.Database.Export;

/// <summary>Writes Parquet files, which every tool reads, into a folder that belongs to the database. Names are made here: nobody names a path.</summary>
/// <param name="folder">The folder of the database.</param>
/// <param name="maxRows">More rows are refused.</param>
internal sealed class ParquetExport(string folder, long maxRows)
{
    private const string FolderName = "exports";

    private string Folder => Path.Combine(Path.GetFullPath(folder), FolderName);

    /// <summary>Deletes what an earlier process left.</summary>
    public void Clear()
    {
        foreach (var left in Directory.Exists(Folder) ? Directory.GetFiles(Folder) : [])
        {
            File.Delete(left);
        }
    }

    /// <summary>Writes a file.</summary>
    /// <exception cref="HistoryException">There is nothing to write, or too much.</exception>
    /// <exception cref="DuckDbException">It could not be written.</exception>
    /// <exception cref="OperationCanceledException">Nobody wants it any more; nothing is left of it.</exception>
    public ExportedFile Write(ExportRequest request, DuckDbConnection connection, HistoryPartition[] partitions, CancellationToken cancellation)
    {
        var sql = new ExportSql(request, partitions);
        var (rows, price, quantity) = Measure(connection, sql, cancellation);
        if (rows == 0 || rows > maxRows)
        {
            throw rows == 0
                ? new HistoryException(HistoryTrouble.Nothing, "There is nothing in the history of what was asked for.")
                : new HistoryException(HistoryTrouble.TooMuch, string.Create(CultureInfo.InvariantCulture, $"That would be {rows} rows, and {maxRows} is the most; ask for a shorter time or for one instrument."));
        }

        Directory.CreateDirectory(Folder);
        var path = Path.Combine(Folder, Guid.NewGuid().ToString("N") + ".parquet");
        try
        {
            connection.Execute($"COPY ({sql.Read(price, quantity)}) TO {HistoryEngine.Quote(path)} (FORMAT parquet, COMPRESSION zstd)", cancellation);
            return new ExportedFile(path, rows);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private static (long Rows, Int128 Price, Int128 Quantity) Measure(DuckDbConnection connection, ExportSql sql, CancellationToken cancellation)
    {
        using var statement = connection.Prepare(sql.Measure());
        using var result = statement.Run(cancellation);
        var chunk = result.Next() ?? throw new DuckDbException(0, "a count gave no row.");
        return (chunk.Numbers(0)[0], chunk.Wide(1)[0], chunk.Wide(2)[0]);
    }
}
