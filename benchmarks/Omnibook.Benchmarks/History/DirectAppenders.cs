using System.Runtime.InteropServices;
using Omnibook.Benchmarks.Measuring;
using Omnibook.Core.Events;
using Omnibook.History.DuckDb;

namespace Omnibook.Benchmarks.History;

/// <summary>What DuckDB takes at most: no journal, no positions, no hours, one table in one file.</summary>
internal static partial class DirectAppenders
{
    private const int Columns = 8;

    /// <summary>Whole chunks, trades a second of the thread.</summary>
    public static double Chunks(string folder, int count) => Measure(folder, "chunks", count, (connection, trades) =>
    {
        using var appender = connection.Append("chunks", "trades");
        using var chunk = appender.NewChunk();
        for (var done = 0; done < count;)
        {
            var rows = Math.Min(DuckDbChunk.MaxRows, count - done);
            for (var row = 0; row < rows; row++)
            {
                var values = ValuesOf(trades.Next());
                for (var column = 0; column < Columns; column++)
                {
                    chunk.Numbers(column)[row] = values[column];
                }
            }

            appender.Add(chunk, rows);
            done += rows;
        }

        appender.Flush();
    });

    /// <summary>Row by row.</summary>
    public static double Rows(string folder, int count) => Measure(folder, "rows", count, (connection, trades) =>
    {
        using var appender = connection.Append("rows", "trades");
        for (var done = 0; done < count; done++)
        {
            foreach (var value in ValuesOf(trades.Next()))
            {
                _ = AppendInt64(appender.DangerousGetHandle(), value);
            }

            _ = EndRow(appender.DangerousGetHandle());
        }

        appender.Flush();
    });

    /// <summary>One INSERT for each trade, each its own transaction: what the original does.</summary>
    public static double Inserts(string folder, int count) => Measure(folder, "inserts", count, (connection, trades) =>
    {
        using var statement = connection.Prepare("INSERT INTO inserts.trades VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
        for (var done = 0; done < count; done++)
        {
            var values = ValuesOf(trades.Next());
            for (var column = 0; column < Columns; column++)
            {
                statement.Bind(column + 1, values[column]);
            }

            statement.Run(CancellationToken.None).Dispose();
        }
    });

    private static double Measure(string folder, string name, int count, Action<DuckDbConnection, MadeTrades> work)
    {
        using var database = DuckDbInstance.Open(":memory:", [("threads", "1")]);
        using var connection = database.Connect();
        connection.Execute($"ATTACH '{Path.Combine(folder, name + ".duckdb")}' AS {name}");
        connection.Execute($"CREATE TABLE {name}.trades (instrument BIGINT, moment BIGINT, received BIGINT, id BIGINT, price BIGINT, quantity BIGINT, is_buy BIGINT, position BIGINT)");
        var trades = new MadeTrades(10_000_000, 6);
        var began = ThreadClock.Seconds;
        work(connection, trades);
        connection.Execute($"CHECKPOINT {name}");
        return count / (ThreadClock.Seconds - began);
    }

    private static long[] ValuesOf(in Trade trade) =>
    [
        trade.Instrument.Index, trade.Times.VenueTime.Nanoseconds, trade.Times.ReceivedAt.Nanoseconds, trade.TradeId, trade.Price.Units, trade.Quantity.Units,
        (long)trade.TakerSide, trade.TradeId,
    ];

    [LibraryImport("libduckdb", EntryPoint = "duckdb_append_int64")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static partial int AppendInt64(nint appender, long value);

    [LibraryImport("libduckdb", EntryPoint = "duckdb_appender_end_row")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static partial int EndRow(nint appender);
}
