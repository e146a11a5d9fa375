using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Core.Instruments;
using Omnibook.History.Database;
using static Omnibook.Tests.History.Database.MadeHistory;

namespace Omnibook.Tests.History.Database;

public sealed class HistoryDatabaseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Trades_come_back_as_they_were_stored()
    {
        await using var desk = new HistoryDesk();
        desk.Journal.AddMany(5_000, TimeSpan.FromMinutes(20));
        var database = await desk.CatchUpAsync();
        var expected = desk.Journal.Trades.Where(trade => trade.Trade.Instrument == Bitcoin.Id)
            .OrderBy(trade => trade.Trade.Times.VenueTime).ThenBy(trade => trade.Position).ToList();
        Assert.Equal(expected, await database.TradesAsync(Bitcoin, HistoryRange.All, 10_000, newestFirst: false, Cancellation));
        expected.Reverse();
        Assert.Equal(expected.Take(77), await database.TradesAsync(Bitcoin, HistoryRange.All, 77, newestFirst: true, Cancellation));
    }

    [Fact]
    public async Task A_moment_that_the_venue_does_not_tell_is_ours()
    {
        await using var desk = new HistoryDesk();
        var received = Timestamp.From(Began);
        var trade = Trade(Bitcoin, default, 10, 1, TakerSide.Sell) with { Times = new EventTimes(default, received) };
        desk.Journal.Add(Bitcoin, trade);
        var database = await desk.CatchUpAsync();
        Assert.Equal([new StoredTrade(0, trade)], await database.TradesAsync(Bitcoin, HistoryRange.All, 10, newestFirst: false, Cancellation));
    }

    [Fact]
    public async Task A_range_has_its_first_moment_and_not_its_last_to_the_nanosecond()
    {
        await using var desk = new HistoryDesk();
        for (var i = 0; i < 4; i++)
        {
            var at = new Timestamp(Timestamp.From(Began).Nanoseconds + i * 250_001);
            desk.Journal.Add(Bitcoin, Trade(Bitcoin, default, 10 + i, 1, TakerSide.Buy) with { Times = new EventTimes(at, Timestamp.From(Began.AddSeconds(1))) });
        }

        var database = await desk.CatchUpAsync();
        var range = new HistoryRange(new Timestamp(Timestamp.From(Began).Nanoseconds + 250_001), new Timestamp(Timestamp.From(Began).Nanoseconds + 750_003));
        var found = await database.TradesAsync(Bitcoin, range, 10, newestFirst: false, Cancellation);
        Assert.Equal([11, 12], found.Select(trade => trade.Trade.Price.Units));
        Assert.Equal(desk.Journal.Trades[1].Trade.Times.VenueTime, found[0].Trade.Times.VenueTime);
    }

    [Theory]
    [InlineData("raw")]
    [InlineData("1m")]
    [InlineData("5m")]
    public async Task Slices_are_the_sums_of_their_trades_over_hours_open_and_closed(string name)
    {
        await using var desk = new HistoryDesk(TimeSpan.FromHours(3));
        desk.Journal.AddMany(30_000, TimeSpan.FromHours(3));
        var database = await desk.CatchUpAsync();
        Assert.True(FlowInterval.TryParse(name, out var interval));
        var slices = await database.SlicesAsync(Bitcoin, HistoryRange.All, interval, long.MaxValue, Cancellation);
        Assert.Equal(Expected(desk.Journal.Trades.Where(trade => trade.Trade.Instrument == Bitcoin.Id), interval), slices.Slices.Select(Describe));
        Assert.Equal(desk.Journal.Last, slices.UpTo);
        Assert.True(slices.IsWhole);
    }

    [Theory]
    [InlineData("raw", 7)]
    [InlineData("1m", 1)]
    [InlineData("15m", 10)]
    [InlineData("4h", 25)]
    public async Task The_cells_of_a_footprint_add_up_to_the_candle_and_to_its_trades(string name, long tick)
    {
        await using var desk = new HistoryDesk(TimeSpan.FromHours(3));
        desk.Journal.AddMany(10_000, TimeSpan.FromHours(3));
        var database = await desk.CatchUpAsync();
        Assert.True(FlowInterval.TryParse(name, out var interval));
        var candles = (await database.CandlesAsync(Bitcoin, HistoryRange.All, interval, tick, long.MaxValue, Cancellation)).Candles;
        var trades = desk.Journal.Trades.Select(trade => trade.Trade).Where(trade => trade.Instrument == Bitcoin.Id).ToLookup(trade => interval.StartOf(TradeFlow.TimeOf(trade)));
        Assert.Equal(trades.Count, candles.Count);
        foreach (var candle in candles)
        {
            Assert.Equal(Sum(trades[candle.Start].Select(trade => FlowVolume.Of(trade))), candle.Volume);
            Assert.Equal(candle.Volume, Sum(candle.Cells.Select(cell => cell.Volume)));
            Assert.All(candle.Cells, cell => Assert.Equal(0, cell.Price.Units % tick));
            Assert.Equal(candle.Cells.OrderBy(cell => cell.Price), candle.Cells);
        }

        static FlowVolume Sum(IEnumerable<FlowVolume> volumes) => volumes.Aggregate(default(FlowVolume), (left, right) => left + right);
    }

    [Fact]
    public async Task Slices_up_to_a_position_have_nothing_beyond_it()
    {
        await using var desk = new HistoryDesk(TimeSpan.FromHours(3));
        desk.Journal.AddMany(6_000, TimeSpan.FromHours(3));
        var database = await desk.CatchUpAsync();
        foreach (var upTo in (long[])[0, 1_999, 4_321])
        {
            var slices = await database.SlicesAsync(Ether, HistoryRange.All, FlowInterval.Minute, upTo, Cancellation);
            Assert.Equal(
                Expected(desk.Journal.Trades.Where(trade => trade.Trade.Instrument == Ether.Id && trade.Position <= upTo), FlowInterval.Minute),
                slices.Slices.Select(Describe));
            Assert.Equal(upTo, slices.UpTo);
        }
    }

    [Fact]
    public async Task Sums_beyond_64_bits_are_exact()
    {
        await using var desk = new HistoryDesk();
        for (var i = 0; i < 3; i++)
        {
            desk.Journal.Add(Bitcoin, Trade(Bitcoin, TimeSpan.FromSeconds(i), 5, long.MaxValue, TakerSide.Buy));
        }

        var database = await desk.CatchUpAsync();
        var slice = Assert.Single((await database.SlicesAsync(Bitcoin, HistoryRange.All, FlowInterval.Minute, long.MaxValue, Cancellation)).Slices);
        Assert.Equal((Int128)long.MaxValue * 3, Assert.Single(slice.Cells).Bought);
    }

    [Fact]
    public async Task An_instrument_whose_decimals_changed_is_told_in_those_of_now()
    {
        await using var desk = new HistoryDesk();
        desk.Journal.Add(Bitcoin, Trade(Bitcoin, default, 6_000_000, 2_000, TakerSide.Buy));
        var finer = Listed(0, "BTCUSDT", 3, 4);
        desk.Journal.Add(finer, Trade(finer, TimeSpan.FromSeconds(1), 60_000_000, 1, TakerSide.Buy));
        var database = await desk.CatchUpAsync();
        var slice = Assert.Single((await database.SlicesAsync(finer, HistoryRange.All, FlowInterval.Minute, long.MaxValue, Cancellation)).Slices);
        Assert.Equal(new StoredCell(new Price(60_000_000), 20_001, 0, 2, 0), Assert.Single(slice.Cells));
        var trades = await database.TradesAsync(finer, HistoryRange.All, 5, newestFirst: false, Cancellation);
        Assert.Equal([20_000, 1], trades.Select(trade => trade.Trade.Quantity.Units));
    }

    [Fact]
    public async Task Liquidations_and_books_come_back_as_they_were()
    {
        await using var desk = new HistoryDesk();
        var at = Timestamp.From(Began);
        var liquidation = new Liquidation(Bitcoin.Id, TakerSide.Sell, new Price(99), new Quantity(5), new EventTimes(at, at + TimeSpan.FromMilliseconds(3)));
        desk.Journal.Add(Bitcoin, liquidation);
        Level[] bids = [new(new Price(10), new Quantity(1)), new(new Price(9), new Quantity(2)), new(new Price(7), new Quantity(3))];
        Level[] asks = [new(new Price(11), new Quantity(4)), new(new Price(13), new Quantity(5))];
        desk.Journal.Add(Bitcoin, at, bids, asks);
        desk.Journal.Add(Bitcoin, at + TimeSpan.FromMinutes(1), asks: [], bids: [bids[1]]);
        var database = await desk.CatchUpAsync();
        Assert.Equal([new StoredLiquidation(0, liquidation)], await database.LiquidationsAsync(Bitcoin, HistoryRange.All, 5, newestFirst: true, Cancellation));
        var books = await database.BookSnapshotsAsync(Bitcoin, HistoryRange.All, 2, 100, Cancellation);
        Assert.Equal([at, at + TimeSpan.FromMinutes(1)], books.Select(book => book.At));
        Assert.Equal(bids[..2], books[0].Bids);
        Assert.Equal(asks, books[0].Asks);
        Assert.Equal([bids[1]], books[1].Bids);
        Assert.Empty(books[1].Asks);
        Assert.Equal([at + TimeSpan.FromMinutes(1)], (await database.BookSnapshotsAsync(Bitcoin, HistoryRange.All, 2, 4, Cancellation)).Select(book => book.At));
        Assert.Equal([new StoredInstrument(Bitcoin.Venue, "BTCUSDT", null, new StoredSpan(at, at, 1))], database.Stored());
    }

    [Fact]
    public async Task It_knows_from_when_to_when_it_has_trades()
    {
        await using var desk = new HistoryDesk();
        Assert.Null(desk.Database.RangeOf(Bitcoin));
        desk.Journal.Add(Bitcoin, Trade(Bitcoin, TimeSpan.FromSeconds(4), 1, 1, TakerSide.Buy));
        desk.Journal.Add(Bitcoin, Trade(Bitcoin, TimeSpan.FromSeconds(2), 1, 1, TakerSide.Buy));
        var expected = new StoredSpan(Timestamp.From(Began.AddSeconds(2)), Timestamp.From(Began.AddSeconds(4)), 2);
        Assert.Equal(expected, (await desk.CatchUpAsync()).RangeOf(Bitcoin));
        Assert.Equal(expected, (await desk.RestartAsync()).RangeOf(Bitcoin));
    }

    [Fact]
    public async Task An_answer_with_too_many_rows_is_refused_in_words()
    {
        await using var desk = new HistoryDesk { Options = new HistoryDatabaseOptions { Folder = "", MaxRows = 10 } };
        desk.Journal.AddMany(1_000, TimeSpan.FromMinutes(5));
        var database = await desk.CatchUpAsync();
        var refusal = await Assert.ThrowsAsync<HistoryException>(
            () => database.SlicesAsync(Bitcoin, HistoryRange.All, FlowInterval.Minute, long.MaxValue, Cancellation));
        Assert.Equal(HistoryTrouble.TooMuch, refusal.Trouble);
        Assert.Equal(10, (await database.TradesAsync(Bitcoin, HistoryRange.All, 500, newestFirst: true, Cancellation)).Count);
    }

    [Fact]
    public async Task A_question_whose_asker_has_left_is_not_answered()
    {
        await using var desk = new HistoryDesk();
        desk.Journal.AddMany(10, TimeSpan.FromMinutes(1));
        var database = await desk.CatchUpAsync();
        using var left = new CancellationTokenSource();
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => database.TradesAsync(Bitcoin, HistoryRange.All, 5, newestFirst: true, left.Token));
    }

    private static IEnumerable<string> Expected(IEnumerable<StoredTrade> trades, FlowInterval interval) =>
        trades.GroupBy(trade => interval.StartOf(TradeFlow.TimeOf(trade.Trade))).OrderBy(slice => slice.Key).Select(slice =>
        {
            var inOrder = slice.OrderBy(trade => TradeFlow.TimeOf(trade.Trade)).ThenBy(trade => trade.Position).Select(trade => trade.Trade).ToList();
            var cells = inOrder.GroupBy(trade => trade.Price).OrderBy(cell => cell.Key).Select(cell => new StoredCell(
                cell.Key, Sum(cell, TakerSide.Buy), Sum(cell, TakerSide.Sell), cell.Count(trade => trade.TakerSide == TakerSide.Buy), cell.Count(trade => trade.TakerSide == TakerSide.Sell)));
            return Describe(new StoredSlice(
                slice.Key, TradeFlow.TimeOf(inOrder[0]), TradeFlow.TimeOf(inOrder[^1]), inOrder[0].Price,
                inOrder.Max(trade => trade.Price), inOrder.Min(trade => trade.Price), inOrder[^1].Price, [.. cells]));
        });

    private static Int128 Sum(IEnumerable<Trade> trades, TakerSide side) =>
        trades.Where(trade => trade.TakerSide == side).Aggregate((Int128)0, (sum, trade) => sum + trade.Quantity.Units);

    private static string Describe(StoredSlice slice) => $"{slice with { Cells = [] }}: {string.Join(" ", slice.Cells)}".Replace("System.Collections", "", StringComparison.Ordinal);
}
