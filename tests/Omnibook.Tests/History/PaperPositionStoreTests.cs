using Microsoft.Data.Sqlite;
using Omnibook.History;

namespace Omnibook.Tests.History;

/// <summary>Paper positions outlive the process, to the last digit.</summary>
public sealed class PaperPositionStoreTests : IDisposable
{
    private static readonly PaperPosition Position = new(
        0, "BTC-USD", "lighter", IsLong: true, 1.2m, 65009.583333333333333333333333m, 7801.15m, LiquidationPrice: null, 0.1m, 1_736_942_400_000);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("omnibook-paper-");

    private string File => Path.Combine(_folder.FullName, "paper.db");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_open_is_open_after_a_restart_and_exact()
    {
        using (var store = new PaperPositionStore(File))
        {
            Assert.Equal(1, (await store.OpenAsync(Position, Cancel))!.Id);
            Assert.Equal(2, (await store.OpenAsync(Position with { IsLong = false, LiquidationPrice = 70000.5m }, Cancel))!.Id);
            Assert.Equal(3, (await store.OpenAsync(Position, Cancel))!.Id);
            Assert.True(await store.CloseAsync(3, 65010m, 0.5m, 0.1m, 1_736_942_500_000, Cancel));
        }

        using var reopened = new PaperPositionStore(File);
        Assert.Equal([Position with { Id = 1 }, Position with { Id = 2, IsLong = false, LiquidationPrice = 70000.5m }], await reopened.ListAsync(Cancel));
        Assert.False(await reopened.CloseAsync(3, 1, 1, 1, 1, Cancel));
        Assert.False(await reopened.CloseAsync(99, 1, 1, 1, 1, Cancel));
        Assert.Equal(4, (await reopened.OpenAsync(Position, Cancel))!.Id);
    }

    [Fact]
    public async Task As_many_are_open_as_may_be()
    {
        using var store = new PaperPositionStore(File);
        for (var i = 0; i < PaperPositionStore.MostOpen; i++)
        {
            Assert.NotNull(await store.OpenAsync(Position, Cancel));
        }

        Assert.Null(await store.OpenAsync(Position, Cancel));
        Assert.True(await store.CloseAsync(5, 1, 1, 1, 1, Cancel));
        Assert.NotNull(await store.OpenAsync(Position, Cancel));
    }

    [Fact]
    public async Task A_file_of_a_newer_program_is_refused()
    {
        using (var first = new PaperPositionStore(File))
        {
            await first.ListAsync(Cancel);
        }

        using (var connection = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            await connection.OpenAsync(Cancel);
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 9";
            await command.ExecuteNonQueryAsync(Cancel);
        }

        using var store = new PaperPositionStore(File);
        var refused = await Assert.ThrowsAsync<PaperStoreException>(() => store.ListAsync(Cancel));
        Assert.Contains("is of version 9; this omnibook knows versions up to 2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_opened_is_told_and_tried_again()
    {
        var missing = Path.Combine(_folder.FullName, "later", "paper.db");
        using var store = new PaperPositionStore(missing);
        await Assert.ThrowsAsync<PaperStoreException>(() => store.ListAsync(Cancel));
        Directory.CreateDirectory(Path.GetDirectoryName(missing)!);
        Assert.Empty(await store.ListAsync(Cancel));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
