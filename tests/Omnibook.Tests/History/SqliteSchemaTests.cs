using Microsoft.Data.Sqlite;
using Omnibook.History;
using Omnibook.History.Sqlite;

namespace Omnibook.Tests.History;

/// <summary>Files of older programs are brought forward, with a copy beside them; files of newer ones are left alone.</summary>
public sealed class SqliteSchemaTests : IDisposable
{
    private static readonly string[] Steps =
    [
        "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)",
        "ALTER TABLE notes ADD COLUMN author TEXT NOT NULL DEFAULT 'nobody'",
        "CREATE INDEX notes_author ON notes (author)",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("omnibook-schema-");

    private string File => Path.Combine(_folder.FullName, "notes.db");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void A_new_file_is_of_the_current_version_and_has_no_copy()
    {
        Assert.Equal(3L, Use(Steps, connection => connection.Scalar("PRAGMA user_version")));
        Assert.Equal(["notes.db"], _folder.EnumerateFiles().Select(file => file.Name).Where(name => !name.EndsWith("-wal", StringComparison.Ordinal) && !name.EndsWith("-shm", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_older_file_is_copied_and_brought_forward_step_by_step()
    {
        Use(Steps[..1], connection => connection.Change("INSERT INTO notes (text) VALUES ('kept')"));

        Assert.Equal("nobody", Use(Steps, connection => connection.Scalar("SELECT author FROM notes WHERE text = 'kept'")));

        using var backup = Open(SqliteSchema.BackupOf(File, 1));
        Assert.Equal((1L, "kept"), (backup.Scalar("PRAGMA user_version"), backup.Scalar("SELECT text FROM notes")));
    }

    [Fact]
    public void A_step_that_fails_leaves_the_file_at_the_step_before_and_the_copy_whole()
    {
        Use(Steps[..1], connection => connection.Change("INSERT INTO notes (text) VALUES ('kept')"));

        Assert.Throws<SqliteException>(() => Use([.. Steps[..2], "INSERT INTO nowhere VALUES (1)"], connection => connection.Scalar("SELECT 1")));

        using (var file = Open(File))
        {
            Assert.Equal((2L, "kept"), (file.Scalar("PRAGMA user_version"), file.Scalar("SELECT text FROM notes")));
        }

        Assert.Equal(3L, Use(Steps, connection => connection.Scalar("PRAGMA user_version")));
    }

    [Fact]
    public void A_newer_file_is_refused_with_words_and_left_alone()
    {
        Use(Steps, connection => connection.Scalar("SELECT 1"));
        var refused = Assert.Throws<PaperStoreException>(() => Use(Steps[..2], connection => connection.Scalar("SELECT 1")));
        Assert.Equal($"{File} is of version 3; this omnibook knows versions up to 2. Use a newer omnibook.", refused.Message);
    }

    [Fact]
    public void A_file_that_cannot_be_copied_is_not_changed()
    {
        Use(Steps[..1], connection => connection.Scalar("SELECT 1"));
        Directory.CreateDirectory(SqliteSchema.BackupOf(File, 1));
        var refused = Assert.Throws<PaperStoreException>(() => Use(Steps, connection => connection.Scalar("SELECT 1")));
        Assert.Contains("is copied to", refused.Message, StringComparison.Ordinal);
        using var file = Open(File);
        Assert.Equal(1L, file.Scalar("PRAGMA user_version"));
    }

    [Theory]
    [InlineData("prices-v0.db")]
    [InlineData("prices-v1.db")]
    [InlineData("prices-v2.db")]
    public async Task Every_version_of_the_prices_opens_with_its_rows(string golden)
    {
        Bring(golden);
        await using var store = PriceSnapshotStore.Open(new PriceSnapshotStoreOptions { Path = File, Retention = TimeSpan.FromDays(36_500) }, TimeProvider.System);
        var rows = await store.HeadAsync(10, Cancel);
        Assert.Equal([(1758437301106, 113640m), (1758437305106, 113641.5m)], rows.Select(row => (row.TimestampMs, row.BestAsk)));
    }

    [Fact]
    public async Task Every_version_of_the_paper_positions_opens_with_its_rows()
    {
        Bring("paper-v1.db");
        using var store = new PaperPositionStore(File);
        var position = Assert.Single(await store.ListAsync(Cancel));
        Assert.Equal((1L, "BTC-USD", 65009.583333333333333333333333m), (position.Id, position.Pair, position.EntryPrice));
    }

    [Fact]
    public async Task Every_version_of_the_alerts_opens_with_its_rows()
    {
        Bring("alerts-v1.db");
        using var store = new AlertStore(File);
        var alert = Assert.Single(await store.ListAsync(Cancel));
        Assert.Equal(("9f0c3a1e5b7d4c2f8a6e1d3b5c7f9e0a", 1795176000000L), (alert.Id, alert.CreatedAtMs));
        Assert.Equal([new AlertPartState("", false, 1795176000250000000)], alert.Parts);
        Assert.Equal([(1L, 3)], (await store.DueAsync(long.MaxValue, 10, Cancel)).Select(due => (due.Event.Number, due.Attempts)));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Bring(string golden) =>
        System.IO.File.Copy(Path.Combine(AppContext.BaseDirectory, "Captures", "sqlite", golden), File);

    private T Use<T>(string[] steps, Func<SqliteConnection, T> use)
    {
        using var connection = Open(File);
        new SqliteSchema(steps, (message, cause) => new PaperStoreException(message, cause)).Migrate(connection);
        return use(connection);
    }

    private static SqliteConnection Open(string path)
    {
        SqliteLibrary.Load();
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }
}
