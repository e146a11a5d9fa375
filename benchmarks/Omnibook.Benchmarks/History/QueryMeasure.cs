using System.Diagnostics.CodeAnalysis;
using Omnibook.Core.Flow;
using Omnibook.Core.Instruments;
using Omnibook.History.Database;
using Omnibook.History.DuckDb;

namespace Omnibook.Benchmarks.History;

/// <summary>Questions about a day of ten million trades, beside the plain statement over one table of all of them.</summary>
internal sealed class QueryMeasure(HistoryDatabase database, Instrument instrument)
{
    private static readonly FlowInterval FiveMinutes = new("5m", TimeSpan.FromMinutes(5));
    private static readonly FlowInterval WholeDay = new("1d", TimeSpan.FromDays(1));

    /// <summary>Cumulative delta by the minute.</summary>
    public async Task<Int128> CumulativeDeltaAsync() =>
        (await CandlesAsync(FlowInterval.Minute, 0)).Aggregate((Int128)0, (sum, candle) => sum + candle.Volume.Delta);

    /// <summary>Footprints of five minutes with buckets of ten ticks.</summary>
    public async Task<int> FootprintsAsync() => (await CandlesAsync(FiveMinutes, 10)).Sum(candle => candle.Cells.Count);

    /// <summary>The ladder of the whole day by the tick.</summary>
    public async Task<int> LadderAsync() => (await CandlesAsync(WholeDay, 1)).Sum(candle => candle.Cells.Count);

    /// <summary>The plain statement of the cumulative delta.</summary>
    public static long PlainDelta(DuckDbConnection connection) => Rows(
        connection, "SELECT moment // 60000000000 AS minute, sum(CASE WHEN is_buy = 0 THEN quantity ELSE -quantity END)::BIGINT FROM trades GROUP BY minute ORDER BY minute");

    /// <summary>The plain statement of footprints.</summary>
    public static long PlainFootprints(DuckDbConnection connection) => Rows(
        connection,
        "SELECT moment // 300000000000 AS candle, price // 10 AS bucket, sum(CASE WHEN is_buy = 0 THEN quantity ELSE 0 END)::BIGINT, sum(CASE WHEN is_buy = 0 THEN 0 ELSE quantity END)::BIGINT FROM trades GROUP BY candle, bucket ORDER BY candle, bucket");

    /// <summary>The same in floating point, as the original asks it at every tick.</summary>
    public static long OriginalFootprints(DuckDbConnection connection) => Rows(
        connection,
        "SELECT moment // 300000000000 AS candle, floor((price / 10.0) / 1.0)::BIGINT AS bucket, sum(CASE WHEN is_buy = 0 THEN quantity / 1000.0 ELSE 0.0 END)::BIGINT, sum(CASE WHEN is_buy = 0 THEN 0.0 ELSE quantity / 1000.0 END)::BIGINT FROM trades GROUP BY candle, bucket ORDER BY candle, bucket");

    /// <summary>One table of all trades.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The connection keeps the database open.")]
    public static (DuckDbInstance Database, DuckDbConnection Connection) PlainTable(string folder, int count)
    {
        var plain = DuckDbInstance.Open(Path.Combine(folder, "plain.duckdb"), [("threads", "1")]);
        var connection = plain.Connect();
        connection.Execute("CREATE TABLE trades (moment BIGINT, price BIGINT, quantity BIGINT, is_buy BIGINT)");
        var trades = new MadeTrades(count, 1);
        using var appender = connection.Append("plain", "trades");
        using var chunk = appender.NewChunk();
        for (var done = 0; done < count;)
        {
            var rows = Math.Min(DuckDbChunk.MaxRows, count - done);
            for (var row = 0; row < rows; row++)
            {
                var trade = trades.Next();
                (chunk.Numbers(0)[row], chunk.Numbers(1)[row]) = (trade.Times.VenueTime.Nanoseconds, trade.Price.Units);
                (chunk.Numbers(2)[row], chunk.Numbers(3)[row]) = (trade.Quantity.Units, (long)trade.TakerSide);
            }

            appender.Add(chunk, rows);
            done += rows;
        }

        appender.Flush();
        return (plain, connection);
    }

    private async Task<IReadOnlyList<StoredCandle>> CandlesAsync(FlowInterval interval, long tick) =>
        (await database.CandlesAsync(instrument, HistoryRange.All, interval, tick, long.MaxValue, CancellationToken.None)).Candles;

    private static long Rows(DuckDbConnection connection, string sql)
    {
        using var statement = connection.Prepare(sql);
        using var result = statement.Run(CancellationToken.None);
        var rows = 0L;
        while (result.Next() is { } chunk)
        {
            rows += chunk.Rows;
        }

        return rows;
    }
}
