using Microsoft.Extensions.Logging.Abstractions;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.History;
using Omnibook.Server.Pipeline;
using Omnibook.Tests.History;
using Omnibook.Tests.Server.Configuration;

namespace Omnibook.Tests.Server.Pipeline;

public sealed class SnapshotRecorderTests
{
    private const long Start = 1_758_437_300_000;

    [Fact]
    public async Task The_aggregate_and_every_member_are_stored_every_four_seconds_of_the_market()
    {
        await using var desk = new StoreDesk();
        await RecordAsync(desk, async made =>
        {
            await made.AddAsync(batch =>
            {
                made.Book(batch, 0, Start, 1000, 1020);
                made.Book(batch, 1, Start, 1005, 1025);
            });
            await made.SettleAsync();
            foreach (var after in new[] { 1000, 3999, 4000, 7999, 8100 })
            {
                await made.BookAsync(0, Start + after, 1001, 1021);
                await made.SettleAsync();
            }
        });
        var rows = await desk.Store.HeadAsync(100, TestContext.Current.CancellationToken);
        Assert.Equal(
            ["BTC AGGREGATED 0 100.5 102", "one:BTC one 0 100 102", "two:BTC two 0 100.5 102.5",
             "BTC AGGREGATED 4000 100.5 102.1", "one:BTC one 4000 100.1 102.1", "two:BTC two 4000 100.5 102.5",
             "BTC AGGREGATED 8100 100.5 102.1", "one:BTC one 8100 100.1 102.1", "two:BTC two 8100 100.5 102.5"],
            rows.Select(Short));
    }

    [Fact]
    public async Task A_book_without_a_side_leaves_no_row()
    {
        await using var desk = new StoreDesk();
        await RecordAsync(desk, async made =>
        {
            await made.BookAsync(0, Start, 1000, null);
            await made.SettleAsync();
            await made.BookAsync(1, Start + 100, null, 1020);
            await made.SettleAsync();
        });
        Assert.Equal("BTC AGGREGATED 100 100 102", Short(Assert.Single(await desk.Store.HeadAsync(100, TestContext.Current.CancellationToken))));
    }

    [Fact]
    public async Task A_book_that_is_not_live_leaves_no_row()
    {
        await using var desk = new StoreDesk();
        await RecordAsync(desk, async made =>
        {
            await made.AddAsync(batch =>
            {
                made.Book(batch, 0, Start, 1000, 1020);
                batch.On(new VenueStatus(made.Instruments[0].Id, BookState.Stale, StatusReasons.FeedSilent, default, Timestamp.FromMilliseconds(Start)));
                made.Book(batch, 1, Start, 1001, 1021);
            });
            await made.SettleAsync();
        });
        var rows = await desk.Store.HeadAsync(100, TestContext.Current.CancellationToken);
        Assert.Equal(["BTC AGGREGATED 0 100.1 102.1", "two:BTC two 0 100.1 102.1"], rows.Select(Short));
    }

    [Fact]
    public async Task Without_any_book_nothing_is_stored()
    {
        await using var desk = new StoreDesk();
        await RecordAsync(desk, async made =>
        {
            made.Loop.Tick(Timestamp.FromMilliseconds(Start));
            await made.SettleAsync();
        });
        Assert.Empty(await desk.Store.HeadAsync(100, TestContext.Current.CancellationToken));
    }

    private static async Task RecordAsync(StoreDesk desk, Func<MadeMarket, Task> drive)
    {
        using var sources = new Sources();
        var recorder = new SnapshotRecorder(sources.Good(), desk.Store, NullLogger<SnapshotRecorder>.Instance);
        await using (var made = new MadeMarket())
        {
            made.Loop.Subscribe(recorder);
            await drive(made);
        }

        await recorder.DisposeAsync();
    }

    private static string Short(PriceSnapshot row) => $"{row.Coin} {row.Dex} {row.TimestampMs - Start} {row.BestBid} {row.BestAsk}";
}
