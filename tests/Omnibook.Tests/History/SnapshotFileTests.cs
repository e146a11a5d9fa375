using System.Globalization;
using Microsoft.Data.Sqlite;
using Omnibook.History;

namespace Omnibook.Tests.History;

public sealed class SnapshotFileTests
{
    /// <summary>The table as existing installations made it: no version, times as they came.</summary>
    private const string ExistingInstallation =
        """
        CREATE TABLE price_snapshots (
            id INTEGER PRIMARY KEY AUTOINCREMENT, coin TEXT NOT NULL, dex TEXT NOT NULL, timestamp INTEGER NOT NULL,
            best_ask REAL NOT NULL, best_bid REAL, spread REAL, mid_price REAL,
            created_at INTEGER DEFAULT (strftime('%s', 'now')), UNIQUE(coin, dex, timestamp));
        INSERT INTO price_snapshots (coin, dex, timestamp, best_ask, best_bid, spread, mid_price, created_at) VALUES
            ('BTC', 'AGGREGATED', 1758437301106, 113640.0, 115830.0, -2190.0, 114735.0, 1758437301),
            ('BTC', 'AGGREGATED', 1758437305106, 113641.5, NULL, NULL, NULL, NULL);
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_of_an_existing_installation_is_taken_over_with_its_rows()
    {
        await using var desk = new StoreDesk { Retention = TimeSpan.FromDays(30) };
        Execute(desk.Path, ExistingInstallation);
        Assert.Null(desk.Store.Quarantined);
        await desk.StoreAsync("BTC", desk.Time.GetUtcNow().ToUnixTimeMilliseconds());
        await desk.ReopenAsync();

        // Far older than the retention, and kept: they are not ours to delete.
        await desk.Store.ApplyRetentionAsync(Cancel);
        var rows = await desk.Store.HeadAsync(10, Cancel);
        Assert.Equal(
            [1758437301106, 1758437305106, desk.Time.GetUtcNow().ToUnixTimeMilliseconds()], rows.Select(row => row.TimestampMs));
        Assert.Equal((113640m, 115830m, -2190m, 114735m), (rows[0].BestAsk, rows[0].BestBid, rows[0].Spread, rows[0].MidPrice));
        Assert.Equal((113641.5m, null, 0L), (rows[1].BestAsk, rows[1].MidPrice, rows[1].CreatedAtSeconds));
    }

    [Fact]
    public async Task A_table_without_the_columns_is_refused_and_left_alone()
    {
        await using var desk = new StoreDesk();
        Execute(desk.Path, "CREATE TABLE price_snapshots (id INTEGER PRIMARY KEY, coin TEXT)");
        Assert.Contains("best_ask", Assert.Throws<SnapshotStoreException>(() => desk.Store).Message);
        Assert.Equal(0L, Execute(desk.Path, "SELECT count(*) FROM pragma_table_info('price_snapshots') WHERE name = 'dex'"));
    }

    [Fact]
    public async Task A_file_of_a_newer_program_is_refused_and_left_alone()
    {
        await using var desk = new StoreDesk();
        Execute(desk.Path, "PRAGMA user_version = 99");
        Assert.Contains("newer", Assert.Throws<SnapshotStoreException>(() => desk.Store).Message);
        Assert.Equal(99L, Execute(desk.Path, "PRAGMA user_version"));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_put_aside()
    {
        await using var desk = new StoreDesk();
        await File.WriteAllTextAsync(desk.Path, new string('x', 10_000), Cancel);
        await desk.StoreAsync("BTC", 1);
        Assert.StartsWith(desk.Path + ".corrupt-", desk.Store.Quarantined!);
        Assert.Equal(10_000, new FileInfo(desk.Store.Quarantined!).Length);
        Assert.Single(await desk.Store.HeadAsync(10, Cancel));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_file_with_damaged_pages_is_put_aside(int seed)
    {
        await using var desk = new StoreDesk();
        await desk.StoreAsync("BTC", [.. Enumerable.Range(0, 500)]);
        await desk.ReopenAsync();
        Damage(desk.Path, seed);
        await desk.StoreAsync("BTC", 1);
        Assert.NotNull(desk.Store.Quarantined);
        Assert.Single(await desk.Store.HeadAsync(10, Cancel));
    }

    [Fact]
    public async Task A_file_cut_in_its_log_opens_with_whole_commits()
    {
        await using var desk = new StoreDesk();
        await desk.StoreAsync("BTC", 1, 2, 3, 4, 5);
        var copy = Path.Combine(desk.Folder, "copy.db");
        File.Copy(desk.Path, copy);
        var log = await File.ReadAllBytesAsync(desk.Path + "-wal", Cancel);
        await File.WriteAllBytesAsync(copy + "-wal", log[..(log.Length - 100)], Cancel);
        await using var store = PriceSnapshotStore.Open(new PriceSnapshotStoreOptions { Path = copy, Retention = desk.Retention }, desk.Time);
        Assert.Null(store.Quarantined);
        Assert.Equal([1, 2, 3, 4], (await store.HeadAsync(10, Cancel)).Select(row => row.TimestampMs));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Real_and_invented_prices_never_mix(bool areInvented)
    {
        await using var desk = new StoreDesk();
        var options = new PriceSnapshotStoreOptions { Path = desk.Path, AreInvented = areInvented };
        await using (var store = PriceSnapshotStore.Open(options, desk.Time))
        {
            await store.InsertAsync(PriceSnapshot.Of("BTC", "X", desk.Time.GetUtcNow().ToUnixTimeMilliseconds(), 1, 2), Cancel);
        }

        Assert.Contains("mix", Assert.Throws<SnapshotStoreException>(() => PriceSnapshotStore.Open(options with { AreInvented = !areInvented }, desk.Time)).Message);
        await using var again = PriceSnapshotStore.Open(options, desk.Time);
        Assert.Single(await again.HeadAsync(10, Cancel));
    }

    [Fact]
    public async Task A_file_brought_along_counts_as_real()
    {
        await using var desk = new StoreDesk();
        Execute(desk.Path, ExistingInstallation);
        Assert.Throws<SnapshotStoreException>(
            () => PriceSnapshotStore.Open(new PriceSnapshotStoreOptions { Path = desk.Path, AreInvented = true }, desk.Time));
        Assert.Equal(2, (await desk.Store.HeadAsync(10, Cancel)).Count);
    }

    [Fact]
    public async Task A_foreign_writer_that_holds_the_file_for_long_is_a_typed_error_and_nothing_worse()
    {
        await using var desk = new StoreDesk { BusyTimeout = TimeSpan.FromSeconds(1) };
        await desk.StoreAsync("BTC", 1);
        await using var foreign = new SqliteConnection($"Data Source={desk.Path};Pooling=False");
        await foreign.OpenAsync(Cancel);
        await using (var transaction = foreign.BeginTransaction(deferred: false))
        {
            await Assert.ThrowsAsync<SnapshotStoreException>(() => desk.StoreAsync("BTC", 2));
            Assert.Single(await desk.Store.HeadAsync(10, Cancel));
        }

        await desk.StoreAsync("BTC", 3);
        Assert.Equal([1, 3], (await desk.Store.HeadAsync(10, Cancel)).Select(row => row.TimestampMs));
    }

    private static void Damage(string path, int seed)
    {
        var random = new Random(seed);
        using var file = new FileStream(path, FileMode.Open);
        for (var page = 1; page * 4096 < file.Length; page++)
        {
            file.Position = page * 4096;
            var noise = new byte[64];
            random.NextBytes(noise);
            file.Write(noise);
        }
    }

    private static object? Execute(string path, string sql)
    {
        using var connection = new SqliteConnection(string.Create(CultureInfo.InvariantCulture, $"Data Source={path};Pooling=False"));
        Omnibook.History.Sqlite.SqliteLibrary.Load();
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
