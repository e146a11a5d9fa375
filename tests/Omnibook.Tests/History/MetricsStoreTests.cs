using Microsoft.Data.Sqlite;
using Omnibook.Core.Events;
using Omnibook.History;

namespace Omnibook.Tests.History;

/// <summary>Metrics outlive the process, to the last digit, for as long as they are wanted.</summary>
public sealed class MetricsStoreTests : IDisposable
{
    private const long Start = 1_736_942_400_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("omnibook-metrics-");

    private string File => Path.Combine(_folder.FullName, "metrics.db");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_kept_is_there_after_a_restart_and_exact()
    {
        var (row, empty) = (Row(0), Row(1_000) with { Mid = null, SpreadBps = null, Shares = [] });
        using (var store = new MetricsStore(File))
        {
            await store.AddAsync([empty, row], default, Cancel);
        }

        using var reopened = new MetricsStore(File);
        var read = await reopened.ReadAsync(Ask(), Cancel);
        Assert.Equal([row with { Shares = [] }, empty], read.Select(one => one with { Shares = [] }), Same);
        Assert.Equal([new VenueShare("binance", 0.5612m), new VenueShare("a name with blanks", 0.4388m)], read[0].Shares);
    }

    [Fact]
    public async Task A_span_has_its_begin_and_not_its_end_and_nothing_of_others()
    {
        using var store = new MetricsStore(File);
        await store.AddAsync(
            [Row(0), Row(1_000), Row(2_000), Row(3_000), Row(1_500) with { WindowBps = 10 }, Row(1_600) with { Composite = "OTHER" }], default, Cancel);

        Assert.Equal((long[])[1_000, 2_000], await TimesAsync(store, Ask() with { FromMs = Start + 1_000, ToMs = Start + 3_000 }));
        Assert.Equal((long[])[0, 1_000], await TimesAsync(store, Ask() with { Limit = 2 }));
    }

    [Fact]
    public async Task A_resolution_gives_the_last_row_of_each_span()
    {
        using var store = new MetricsStore(File);
        await store.AddAsync([.. Enumerable.Range(0, 25).Select(second => Row(second * 1_000) with { Mid = second })], default, Cancel);

        var read = await store.ReadAsync(Ask() with { ResolutionMs = 10_000 }, Cancel);

        Assert.Equal([9m, 19m, 24m], read.Select(row => row.Mid!.Value));
        Assert.Equal([9_000, 19_000, 24_000], read.Select(row => row.At.UnixMilliseconds - Start));
    }

    [Fact]
    public async Task What_is_too_old_is_forgotten_and_a_moment_is_kept_once()
    {
        using var store = new MetricsStore(File);
        await store.AddAsync([Row(0), Row(1_000)], default, Cancel);

        Assert.Equal(1, await store.AddAsync([Row(1_000) with { Mid = 7 }, Row(2_000)], Timestamp.FromMilliseconds(Start + 1_000), Cancel));

        Assert.Equal((long[])[1_000, 2_000], await TimesAsync(store, Ask()));
        Assert.Equal(7, (await store.ReadAsync(Ask(), Cancel))[0].Mid);
    }

    [Fact]
    public async Task A_file_that_cannot_be_opened_is_told_and_tried_again()
    {
        using var store = new MetricsStore(Path.Combine(_folder.FullName, "later", "metrics.db"));
        await Assert.ThrowsAsync<MetricsStoreException>(() => store.AddAsync([Row(0)], default, Cancel));

        _folder.CreateSubdirectory("later");

        await store.AddAsync([Row(0)], default, Cancel);
        Assert.Equal((long[])[0], await TimesAsync(store, Ask()));
    }

    [Fact]
    public async Task A_file_of_a_newer_program_is_refused()
    {
        using (var connection = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            await connection.OpenAsync(Cancel);
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            await command.ExecuteNonQueryAsync(Cancel);
        }

        using var store = new MetricsStore(File);
        Assert.Contains("version 99", (await Assert.ThrowsAsync<MetricsStoreException>(() => store.ReadAsync(Ask(), Cancel))).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static bool Same(MetricsRow one, MetricsRow other) => one with { Shares = other.Shares } == other;

    private static async Task<long[]> TimesAsync(MetricsStore store, MetricsQuery query) =>
        [.. (await store.ReadAsync(query, Cancel)).Select(row => row.At.UnixMilliseconds - Start)];

    private static MetricsQuery Ask() => new("BTC-SPOT", 50, Start, Start + 3_600_000, 0, 1_000);

    private static MetricsRow Row(long after) => new()
    {
        Composite = "BTC-SPOT",
        WindowBps = 50,
        At = Timestamp.FromMilliseconds(Start + after),
        Status = "live",
        Mid = 100007.5m,
        SpreadBps = -0.5m,
        Depth = 0.000001m,
        BidDepth = 79228162514264337593.543950m,
        AskDepth = 5.3m,
        QuoteDepth = 980829.5m,
        Hhi = 0.507m,
        Imbalance = -0.082m,
        Shares = [new VenueShare("binance", 0.5612m), new VenueShare("a name with blanks", 0.4388m)],
    };
}
