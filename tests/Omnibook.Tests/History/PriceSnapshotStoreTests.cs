using Omnibook.History;

namespace Omnibook.Tests.History;

public sealed class PriceSnapshotStoreTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_comes_back_as_it_was_stored()
    {
        await using var desk = new StoreDesk();
        Assert.True(await desk.Store.InsertAsync(PriceSnapshot.Of("BTC", "AGGREGATED", 1_758_437_301_106, 115830m, 113640m), Cancel));
        Assert.Equal(
            new PriceSnapshot(1, "BTC", "AGGREGATED", 1_758_437_301_106, 113640m, 115830m, -2190m, 114735m, desk.Time.GetUtcNow().ToUnixTimeSeconds()),
            Assert.Single(await desk.Store.HeadAsync(10, Cancel)));
    }

    [Fact]
    public async Task A_second_row_of_the_same_coin_dex_and_time_is_refused()
    {
        await using var desk = new StoreDesk();
        var row = PriceSnapshot.Of("BTC", "merrli", 1000, 1, 2);
        Assert.True(await desk.Store.InsertAsync(row, Cancel));
        Assert.False(await desk.Store.InsertAsync(row with { BestAsk = 3 }, Cancel));
        Assert.True(await desk.Store.InsertAsync(row with { Dex = "sekaw" }, Cancel));
        Assert.Equal(2m, (await desk.Store.RangeAsync("BTC", "merrli", 0, 2000, Cancel)).Single().BestAsk);
    }

    [Fact]
    public async Task A_range_takes_its_beginning_leaves_its_end_and_is_in_order_of_time()
    {
        await using var desk = new StoreDesk();
        await desk.StoreAsync("BTC", 3000, 1000, 2000, 4000);
        Assert.Equal([2000, 3000], (await desk.Store.RangeAsync("BTC", "AGGREGATED", 2000, 4000, Cancel)).Select(row => row.TimestampMs));
    }

    [Fact]
    public async Task The_head_is_the_oldest_rows()
    {
        await using var desk = new StoreDesk();
        await desk.StoreAsync("BTC", 5000, 6000, 7000);
        Assert.Equal([5000, 6000], (await desk.Store.HeadAsync(2, Cancel)).Select(row => row.TimestampMs));
    }

    [Fact]
    public async Task Candles_are_open_high_low_and_close_of_the_middle_price()
    {
        await using var desk = new StoreDesk();
        foreach (var (at, mid) in new[] { (60_000L, 10m), (61_000, 14), (62_000, 8), (119_999, 11), (120_000, 12), (240_000, 13) })
        {
            await desk.Store.InsertAsync(PriceSnapshot.Of("BTC", "AGGREGATED", at, mid - 1, mid + 1), Cancel);
        }

        await desk.Store.InsertAsync(new PriceSnapshot(0, "BTC", "AGGREGATED", 63_000, 99, null, null, null, 0), Cancel);
        Assert.Equal(
            [new PriceCandle(60_000, 10, 14, 8, 11), new PriceCandle(120_000, 12, 12, 12, 12)],
            await desk.Store.CandlesAsync("BTC", "AGGREGATED", 0, 240_000, TimeSpan.FromMinutes(1), Cancel));
    }

    [Fact]
    public async Task Rows_older_than_the_retention_are_deleted()
    {
        await using var desk = new StoreDesk { Retention = TimeSpan.FromDays(30) };
        var now = desk.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var month = (long)TimeSpan.FromDays(30).TotalMilliseconds;
        await desk.StoreAsync("BTC", now - month - 1, now - month, now);
        await desk.Store.ApplyRetentionAsync(Cancel);
        Assert.Equal([now - month, now], (await desk.Store.HeadAsync(10, Cancel)).Select(row => row.TimestampMs));
    }

    [Fact]
    public async Task The_retention_is_applied_every_hour()
    {
        await using var desk = new StoreDesk { Retention = TimeSpan.FromDays(30) };
        var soon = desk.Time.GetUtcNow().ToUnixTimeMilliseconds() - (long)TimeSpan.FromDays(29.99).TotalMilliseconds;
        await desk.StoreAsync("BTC", soon);
        for (var step = 0; step < 1000 && (await desk.Store.HeadAsync(1, Cancel)).Count > 0; step++)
        {
            desk.Time.Advance(TimeSpan.FromMinutes(30));
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, Cancel);
        }

        Assert.Empty(await desk.Store.HeadAsync(1, Cancel));
    }

    [Fact]
    public async Task Many_writers_at_once_lose_nothing()
    {
        await using var desk = new StoreDesk();
        var stored = await Task.WhenAll(Enumerable.Range(0, 2000).Select(at => desk.Store.InsertAsync(PriceSnapshot.Of("BTC", "X", at, 1, 2), Cancel)));
        Assert.All(stored, Assert.True);
        Assert.Equal(2000, (await desk.Store.RangeAsync("BTC", "X", 0, long.MaxValue, Cancel)).Count);
    }

    [Fact]
    public async Task What_was_taken_is_written_before_the_store_closes()
    {
        await using var desk = new StoreDesk();
        var waiting = Enumerable.Range(0, 100).Select(at => desk.Store.InsertAsync(PriceSnapshot.Of("BTC", "X", at, 1, 2), Cancel)).ToArray();
        await desk.ReopenAsync();
        Assert.All(await Task.WhenAll(waiting), Assert.True);
        Assert.Equal(100, (await desk.Store.RangeAsync("BTC", "X", 0, 100, Cancel)).Count);
    }

    [Fact]
    public async Task A_closed_store_says_so()
    {
        await using var desk = new StoreDesk();
        await desk.Store.DisposeAsync();
        await Assert.ThrowsAsync<SnapshotStoreException>(() => desk.Store.InsertAsync(PriceSnapshot.Of("BTC", "X", 1, 1, 2), Cancel));
    }

    [Fact]
    public async Task The_library_in_use_is_named_with_its_version()
    {
        await using var desk = new StoreDesk();
        Assert.Matches(@"^3\.\d+\.\d+ \((system|bundled)\)$", desk.Store.SqliteVersion);
    }
}
