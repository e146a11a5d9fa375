using Omnibook.History.DuckDb;

namespace Omnibook.Tests.History.DuckDb;

public sealed class DuckDbConnectionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void The_build_puts_the_library_beside_the_program()
    {
        Assert.True(DuckDbLibrary.IsAvailable, DuckDbLibrary.Trouble);
        Assert.Equal("v1.5.6", DuckDbLibrary.Version);
    }

    [Fact]
    public void Parameters_are_bound_and_results_come_in_chunks()
    {
        using var database = Open();
        using var connection = database.Connect();
        using var statement = connection.Prepare("SELECT i, $2 || i::VARCHAR, i::HUGEINT * 4611686018427387904 * 4 FROM range($1) t(i)");
        using var result = statement.Bind(1, 5_000).Bind(2, "a text that is longer than twelve bytes ").Run(Cancellation);
        var rows = 0;
        while (result.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Rows; row++, rows++)
            {
                Assert.Equal(rows, chunk.Numbers(0)[row]);
                Assert.Equal($"a text that is longer than twelve bytes {rows}", chunk.Text(1, row));
                Assert.Equal((Int128)rows << 64, chunk.Wide(2)[row]);
            }
        }

        Assert.Equal(5_000, rows);
    }

    [Fact]
    public void Appended_chunks_belong_to_the_transaction_of_their_connection()
    {
        using var database = Open();
        using var connection = database.Connect();
        connection.Execute("CREATE TABLE numbers (n BIGINT, twice BIGINT)", Cancellation);
        Append(connection, 3_000, "ROLLBACK");
        Assert.Equal(0, connection.Number("SELECT count(*) FROM numbers"));
        Append(connection, 3_000, "COMMIT");
        Assert.Equal(3_000, connection.Number("SELECT count(*) FROM numbers"));
        Assert.Equal(2_999 * 3_000, connection.Number("SELECT sum(twice)::BIGINT FROM numbers"));
    }

    [Fact]
    public void What_was_not_flushed_is_not_kept()
    {
        using var database = Open();
        using var connection = database.Connect();
        connection.Execute("CREATE TABLE numbers (n BIGINT, twice BIGINT)", Cancellation);
        using (var appender = connection.Append("memory", "numbers"))
        using (var chunk = appender.NewChunk())
        {
            appender.Add(chunk, 10);
        }

        Assert.Equal(0, connection.Number("SELECT count(*) FROM numbers"));
    }

    [Fact]
    public void A_wrong_statement_says_what_is_wrong()
    {
        using var database = Open();
        using var connection = database.Connect();
        var exception = Assert.Throws<DuckDbException>(() => connection.Execute("SELECT * FROM nothing", Cancellation));
        Assert.Contains("nothing does not exist", exception.Message, StringComparison.Ordinal);
        Assert.False(exception.IsFatal);
        Assert.False(exception.IsDamage);
    }

    [Fact]
    public async Task A_statement_ends_when_nobody_wants_its_result_any_more()
    {
        using var database = Open();
        using var connection = database.Connect();
        using var cancellation = new CancellationTokenSource();
        var running = Task.Run(() => connection.Execute("SELECT count(*) FROM range(100000000000) a WHERE hash(a.range) = 7", cancellation.Token), Cancellation);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(1, connection.Number("SELECT 1::BIGINT"));
    }

    [Theory]
    [InlineData("SELECT * FROM read_text('/etc/hostname')")]
    [InlineData("COPY (SELECT 1) TO '/tmp/elsewhere.parquet'")]
    [InlineData("ATTACH '/tmp/elsewhere.duckdb'")]
    [InlineData("INSTALL httpfs")]
    [InlineData("SET enable_external_access = true")]
    public void The_engine_reaches_nothing_outside_its_folder(string statement)
    {
        var folder = Directory.CreateTempSubdirectory("omnibook-tests-");
        try
        {
            using var engine = new Omnibook.History.Database.HistoryEngine(new Omnibook.History.Database.HistoryDatabaseOptions { Folder = folder.FullName });
            using var connection = engine.Connect();
            Assert.Throws<DuckDbException>(() => connection.Execute(statement, Cancellation));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static DuckDbInstance Open() => DuckDbInstance.Open(":memory:", [("threads", "1")]);

    private static void Append(DuckDbConnection connection, int rows, string end)
    {
        connection.Execute("BEGIN", Cancellation);
        using (var appender = connection.Append("memory", "numbers"))
        using (var chunk = appender.NewChunk())
        {
            for (var first = 0; first < rows; first += DuckDbChunk.MaxRows)
            {
                var count = Math.Min(DuckDbChunk.MaxRows, rows - first);
                for (var row = 0; row < count; row++)
                {
                    chunk.Numbers(0)[row] = first + row;
                    chunk.Numbers(1)[row] = 2L * (first + row);
                }

                appender.Add(chunk, count);
            }

            appender.Flush();
        }

        connection.Execute(end, Cancellation);
    }
}
