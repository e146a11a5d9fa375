using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Core.Instruments;
using Omnibook.Server.Apis.CryExc.Past;
using Omnibook.Tests.Core.Flow;
using Omnibook.Tests.History.Database;
using static Omnibook.Tests.History.Database.MadeHistory;

namespace Omnibook.Tests.Server.Apis.CryExc;

/// <summary>The archive over the real database, and the seam between it and memory.</summary>
public sealed class DatabaseArchiveTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, "1m", 10)]
    [InlineData(2, "4h", 100)]
    [InlineData(3, "5m", 0)]
    [InlineData(4, "30s", 10)]
    public async Task Whatever_the_cut_each_trade_counts_once_and_the_sums_are_those_of_all_trades(int seed, string name, long tick)
    {
        Assert.True(FlowInterval.TryParse(name, out var interval));
        await using var desk = new HistoryDesk(TimeSpan.FromHours(3));
        desk.Journal.AddMany(12_000, TimeSpan.FromHours(3), seed);
        var archive = await OpenAsync(desk);
        var cut = new Random(seed).NextInt64(1_000, 11_900);

        // The server starts here: whatever has a higher position is told to the flow.
        var flow = new TradeFlow(new FlowOptions { FineFor = TimeSpan.FromMinutes(20) });
        var trades = desk.Journal.Trades.Where(stored => stored.Trade.Instrument == Bitcoin.Id).ToArray();
        Tell(flow, trades.Where(stored => stored.Position > cut && stored.Position <= cut + 50));
        var from = FlowInterval.Minute.StartOf(trades.First(stored => stored.Position > cut).Trade.Times.ReceivedAt + -TimeSpan.FromMinutes(15));
        var earlier = await archive.EarlierAsync(Bitcoin, from, cut, Cancellation);
        flow.Prime(earlier.Slices, from, earlier.FirstAt);
        Tell(flow, trades.Where(stored => stored.Position > cut + 50));

        var memory = flow.Snapshot(new Timestamp(1));
        var past = await archive.CandlesAsync(Bitcoin, interval, tick, new Timestamp(1), memory.SinceOf(interval), 1_000_000, Cancellation);
        var candles = new JoinedFlow(memory, past).Candles(interval, new Timestamp(1), tick, default);

        var expected = new NaiveFlow(trades.Select(stored => stored.Trade)).Candles((long)interval.Length.TotalMilliseconds, tick);
        Assert.Equal(expected.Keys.Order(), candles.Select(candle => candle.Start.UnixMilliseconds));
        Assert.All(candles, candle => Assert.Equal(expected[candle.Start.UnixMilliseconds], NaiveFlow.Describe(candle)));
    }

    [Fact]
    public async Task Where_there_are_more_rows_than_may_be_the_newest_are_told()
    {
        await using var desk = new HistoryDesk(TimeSpan.FromHours(1));
        desk.Journal.AddMany(3_000, TimeSpan.FromMinutes(50));
        var archive = await OpenAsync(desk);
        var all = await archive.TradesAsync(Bitcoin.Listing, new Timestamp(1), new Timestamp(long.MaxValue), 1_000_000, Cancellation);
        var some = await archive.TradesAsync(Bitcoin.Listing, new Timestamp(1), new Timestamp(long.MaxValue), 10, Cancellation);
        Assert.Equal((false, true), (all.IsTruncated, some.IsTruncated));
        Assert.Equal(all.Rows.TakeLast(10), some.Rows);
        Assert.Equal(all.Rows.Select(row => row.At).Order(), all.Rows.Select(row => row.At));
    }

    [Fact]
    public async Task Of_an_instrument_that_was_never_followed_there_is_nothing()
    {
        await using var desk = new HistoryDesk();
        desk.Journal.AddMany(100, TimeSpan.FromMinutes(1));
        var archive = await OpenAsync(desk);
        var unknown = Listed(7, "SOLUSDT", 2, 3);
        Assert.Empty((await archive.CandlesAsync(unknown, FlowInterval.Minute, 0, new Timestamp(1), new Timestamp(long.MaxValue), 100, Cancellation)).Candles);
        Assert.Empty((await archive.TradesAsync(unknown.Listing, new Timestamp(1), new Timestamp(long.MaxValue), 10, Cancellation)).Rows);
    }

    [Fact]
    public async Task Books_come_back_regrouped_the_last_of_each_interval()
    {
        await using var desk = new HistoryDesk(TimeSpan.FromHours(1));
        var minute = FlowInterval.Minute.StartOf(Timestamp.From(Began));
        for (var i = 0; i < 10; i++)
        {
            desk.Journal.Add(Bitcoin, minute + TimeSpan.FromMinutes(i), [new Level(new Price(1_005), new Quantity(1 + i))], [new Level(new Price(1_011), new Quantity(2))]);
        }

        var archive = await OpenAsync(desk);
        var books = await archive.BooksAsync(Bitcoin, FlowInterval.All[3], 10, minute, minute + TimeSpan.FromHours(1), 1_000, Cancellation);
        Assert.Equal([5, 10], books.Select(book => (int)book.Bids[0].Quantity));
        Assert.Equal((1_000, 1_020), (books[0].Bids[0].Price.Units, books[0].Asks[0].Price.Units));
    }

    private static async Task<DatabaseArchive> OpenAsync(HistoryDesk desk)
    {
        var database = await desk.CatchUpAsync();
        return new DatabaseArchive(() => database, () => desk.Journal.Last);
    }

    private static void Tell(TradeFlow flow, IEnumerable<Omnibook.History.Database.StoredTrade> trades)
    {
        foreach (var stored in trades)
        {
            flow.Add(stored.Trade);
        }
    }
}
