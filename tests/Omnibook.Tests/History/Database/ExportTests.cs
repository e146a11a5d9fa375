using System.Globalization;
using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Core.Instruments;
using Omnibook.History.Database;
using Omnibook.History.Database.Export;
using Omnibook.History.DuckDb;
using static Omnibook.Tests.History.Database.MadeHistory;

namespace Omnibook.Tests.History.Database;

public sealed class ExportTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Exported_trades_have_exact_decimals_and_every_row()
    {
        await using var desk = new HistoryDesk(TimeSpan.FromHours(2));
        desk.Journal.AddMany(5_000, TimeSpan.FromHours(2));
        using var file = await (await desk.CatchUpAsync()).ExportAsync(new ExportRequest(ExportKind.Trades, HistoryRange.All), Cancellation);
        Assert.Equal(5_000, file.Rows);
        var expected = desk.Journal.Trades.GroupBy(trade => trade.Trade.Instrument).OrderBy(group => group.Key.Index).Select(group =>
        {
            var instrument = group.Key == Bitcoin.Id ? Bitcoin : Ether;
            var (price, quantity) = (group.Sum(trade => trade.Trade.Price.Units), group.Sum(trade => trade.Trade.Quantity.Units));
            return string.Create(CultureInfo.InvariantCulture, $"{instrument.Symbol} {group.Count()} {price / 100m:0.00} {instrument.QuantityScale.ToDecimal(quantity):0.0000}");
        });
        Assert.Equal(
            expected,
            Read(file.Path, "SELECT symbol || ' ' || count(*) || ' ' || sum(price) || ' ' || sum(quantity) FROM data GROUP BY symbol ORDER BY symbol"));
        Assert.Equal(["DECIMAL(18,2) DECIMAL(18,4) TIMESTAMP"], Read(file.Path, "SELECT typeof(price) || ' ' || typeof(quantity) || ' ' || typeof(event_time) FROM data LIMIT 1"));
    }

    [Fact]
    public async Task The_largest_amounts_are_exact_too()
    {
        await using var desk = new HistoryDesk();
        var fine = Listed(0, "DUST", 18, 0);
        desk.Journal.Add(fine, Trade(fine, default, 123_456_789_012_345_678, long.MaxValue, TakerSide.Sell));
        using var file = await (await desk.CatchUpAsync()).ExportAsync(new ExportRequest(ExportKind.Trades, HistoryRange.All), Cancellation);
        Assert.Equal(
            ["0.123456789012345678 9223372036854775807 sell"], Read(file.Path, "SELECT price || ' ' || quantity || ' ' || taker_side FROM data"));
    }

    [Fact]
    public async Task Candles_liquidations_and_books_are_exported()
    {
        await using var desk = new HistoryDesk(TimeSpan.FromHours(1));
        desk.Journal.Add(Bitcoin, Trade(Bitcoin, TimeSpan.FromSeconds(1), 10_001, 1_500, TakerSide.Buy));
        desk.Journal.Add(Bitcoin, Trade(Bitcoin, TimeSpan.FromSeconds(2), 10_203, 2_000, TakerSide.Sell));
        desk.Journal.Add(Bitcoin, Trade(Bitcoin, TimeSpan.FromMinutes(40), 10_102, 3_000, TakerSide.Buy));
        desk.Journal.Add(Bitcoin, new Liquidation(Bitcoin.Id, TakerSide.Sell, new Price(99), new Quantity(5), new EventTimes(Timestamp.From(Began), Timestamp.From(Began))));
        desk.Journal.Add(Bitcoin, Timestamp.From(Began), [new Level(new Price(100), new Quantity(7))], [new Level(new Price(102), new Quantity(8))]);
        var database = await desk.CatchUpAsync();
        Assert.True(FlowInterval.TryParse("1h", out var hour));
        using var candles = await database.ExportAsync(new ExportRequest(ExportKind.Candles, HistoryRange.All) { Interval = hour }, Cancellation);
        Assert.Equal(
            ["2026-11-20 21:00:00 100.01 102.03 100.01 102.03 1.500 2.000 1 1", "2026-11-20 22:00:00 101.02 101.02 101.02 101.02 3.000 0.000 1 0"],
            Read(candles.Path, "SELECT concat_ws(' ', start, open, high, low, close, bought, sold, buys, sells) FROM data ORDER BY start"));
        using var liquidations = await database.ExportAsync(new ExportRequest(ExportKind.Liquidations, HistoryRange.All), Cancellation);
        Assert.Equal(["binance-usdm BTCUSDT 0.99 0.005 sell"], Read(liquidations.Path, "SELECT concat_ws(' ', venue, symbol, price, quantity, order_side) FROM data"));
        using var books = await database.ExportAsync(new ExportRequest(ExportKind.Books, HistoryRange.All), Cancellation);
        Assert.Equal(["ask 1 1.02 0.008", "bid 1 1.00 0.007"], Read(books.Path, "SELECT concat_ws(' ', side, level, price, quantity) FROM data ORDER BY side"));
    }

    [Theory]
    [InlineData("BTCUSDT'; DROP TABLE p1.trades; --")]
    [InlineData("../../etc/passwd")]
    [InlineData("BTC' OR '1'='1")]
    public async Task A_strange_name_is_a_name_of_nothing(string symbol)
    {
        await using var desk = new HistoryDesk();
        desk.Journal.AddMany(10, TimeSpan.FromMinutes(1));
        var database = await desk.CatchUpAsync();
        var refusal = await Assert.ThrowsAsync<HistoryException>(
            () => database.ExportAsync(new ExportRequest(ExportKind.Trades, HistoryRange.All) { Symbol = symbol }, Cancellation));
        Assert.Equal(HistoryTrouble.Nothing, refusal.Trouble);
        Assert.Equal(10, database.Status.Trades);
    }

    [Fact]
    public async Task Too_many_rows_are_refused_and_an_exported_file_goes_with_its_reader()
    {
        await using var desk = new HistoryDesk { Options = new HistoryDatabaseOptions { Folder = "", MaxExportRows = 10 } };
        desk.Journal.AddMany(11, TimeSpan.FromMinutes(1));
        var database = await desk.CatchUpAsync();
        var refusal = await Assert.ThrowsAsync<HistoryException>(() => database.ExportAsync(new ExportRequest(ExportKind.Trades, HistoryRange.All), Cancellation));
        Assert.Equal(HistoryTrouble.TooMuch, refusal.Trouble);
        var early = new HistoryRange(default, desk.Journal.Trades.Select(trade => trade.Trade.Times.VenueTime).Max());
        var file = await database.ExportAsync(new ExportRequest(ExportKind.Trades, early), Cancellation);
        Assert.True(File.Exists(file.Path));
        file.Dispose();
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(desk.Folder, "exports")));
    }

    private static List<string> Read(string path, string sql)
    {
        using var database = DuckDbInstance.Open(":memory:", [("threads", "1")]);
        using var connection = database.Connect();
        connection.Execute($"CREATE VIEW data AS SELECT * FROM read_parquet('{path}')", Cancellation);
        using var statement = connection.Prepare(sql);
        using var result = statement.Run(Cancellation);
        var lines = new List<string>();
        while (result.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Rows; row++)
            {
                lines.Add(chunk.Text(0, row));
            }
        }

        return lines;
    }
}
