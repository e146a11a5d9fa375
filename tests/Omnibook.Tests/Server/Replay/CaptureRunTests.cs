using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Pipeline;
using Omnibook.Server.Replay;
using Omnibook.Tests.Tidy;
using Omnibook.Venues;
using Omnibook.Venues.Captures;

namespace Omnibook.Tests.Server.Replay;

public sealed class CaptureRunTests
{
    private const string Trimmed = "Captures/binance-usdm-hftbacktest/btcusdt_20240808_first";

    [Fact]
    public async Task A_trimmed_recording_ends_with_the_book_and_trades_that_were_computed_independently()
    {
        using var expected = JsonDocument.Parse(await File.ReadAllTextAsync(InOutput($"{Trimmed}.expected.json"), TestContext.Current.CancellationToken));
        var report = await RunAsync("binance-usdm", InOutput($"{Trimmed}.gz"));
        AssertEqual(expected.RootElement.GetProperty("book"), report.Books["BTCUSDT"]);
        AssertEqual(expected.RootElement.GetProperty("trades"), report.Trades["BTCUSDT"]);
        Assert.Equal((0, 0), (report.Gaps, report.Malformed));
    }

    [Fact]
    public async Task The_whole_recording_ends_with_the_expected_book_and_trades()
    {
        using var expected = JsonDocument.Parse(await File.ReadAllTextAsync(Shared("expected.json"), TestContext.Current.CancellationToken));
        var book = expected.RootElement.GetProperty("binance-usdm/hftbacktest-20240808/btcusdt").GetProperty("BTCUSDT");
        var report = await RunAsync("binance-usdm", Shared("binance-usdm/hftbacktest-20240808/btcusdt_20240808.gz"));
        AssertEqual(book.GetProperty("book"), report.Books["BTCUSDT"]);
        AssertEqual(book.GetProperty("trades"), report.Trades["BTCUSDT"]);
    }

    [Fact]
    public async Task A_recording_of_whole_books_ends_with_the_last_of_them()
    {
        using var expected = JsonDocument.Parse(await File.ReadAllTextAsync(Shared("expected.json"), TestContext.Current.CancellationToken));
        var root = expected.RootElement.GetProperty("hyperliquid/hftbacktest-20250126/btcusd_20250126.gz");
        var report = await RunAsync("hyperliquid", Shared("hyperliquid/hftbacktest-20250126/btcusd_20250126.gz"));
        var book = report.Books["BTC"];
        Assert.Equal((46L, 20, 20), (book.MessagesApplied, book.BidLevels, book.AskLevels));
        Assert.Equal(["105050", "1.12931"], book.BestBid);
        Assert.Equal(["105051", "6.13423"], book.BestAsk);
        AssertEqual(root.GetProperty("trades"), report.Trades["BTC"]);
    }

    [Fact]
    public async Task A_replayed_book_is_not_live_once_the_recording_has_ended()
    {
        var catalog = new InstrumentCatalog();
        await using var loop = Loop(catalog);
        var report = await RunAsync("binance-usdm", InOutput($"{Trimmed}.gz"), loop, catalog);
        Assert.Equal("live", report.Books["BTCUSDT"].State);
        var status = await loop.ReadAsync(market => market.BookOf(new InstrumentId(0)).Status, TestContext.Current.CancellationToken);
        Assert.Equal((BookState.Stale, StatusReasons.ReplayEnded), (status.State, status.Reason));
    }

    [Fact]
    public void The_report_has_the_names_of_the_expected_results()
    {
        var book = new BookReport("live", 1, 1, 1, ["1", "2"], null, [], [], "00", 0, 0, 0, 0);
        var report = new ReplayReport("v", [], 1, 1, 0, 0, 0, 0, 1, 0, 1, 1, new Dictionary<string, BookReport> { ["S"] = book }, new Dictionary<string, TradeReport>());
        using var text = new StringWriter();
        ReplayPrinter.Print(report, json: true, text);
        using var json = JsonDocument.Parse(text.ToString());
        var names = json.RootElement.GetProperty("books").GetProperty("S").EnumerateObject().Select(property => property.Name);
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "messages_applied", "bid_levels", "ask_levels", "best_bid", "best_ask", "top10_bids", "top10_asks", "sha256_all_levels",
                "crossed_after_message", "deletes_of_absent_level", "gaps",
            },
            new HashSet<string>(names, StringComparer.Ordinal));
        Assert.True(json.RootElement.TryGetProperty("messages_per_second", out _));
    }

    private static void AssertEqual(JsonElement expected, BookReport book)
    {
        Assert.Equal(expected.GetProperty("sha256_all_levels").GetString(), book.Sha256AllLevels);
        Assert.Equal(expected.GetProperty("messages_applied").GetInt64(), book.MessagesApplied);
        Assert.Equal(expected.GetProperty("bid_levels").GetInt32(), book.BidLevels);
        Assert.Equal(expected.GetProperty("ask_levels").GetInt32(), book.AskLevels);
        Assert.Equal(expected.GetProperty("deletes_of_absent_level").GetInt64(), book.DeletesOfAbsentLevel);
        Assert.Equal(expected.GetProperty("crossed_after_message").GetInt64(), book.CrossedAfterMessage);
        Assert.Equal(expected.GetProperty("top10_bids").EnumerateArray().Select(Pair), book.Top10Bids.Select(level => string.Join(' ', level)));
        Assert.Equal(expected.GetProperty("top10_asks").EnumerateArray().Select(Pair), book.Top10Asks.Select(level => string.Join(' ', level)));
    }

    private static void AssertEqual(JsonElement expected, TradeReport trades) => Assert.Equal(
        new TradeReport(
            expected.GetProperty("count").GetInt64(),
            expected.GetProperty("base").GetString()!,
            expected.GetProperty("quote").GetString()!,
            expected.GetProperty("first_id").GetInt64(),
            expected.GetProperty("last_id").GetInt64(),
            expected.GetProperty("buyer_maker").GetInt64()),
        trades);

    private static string Pair(JsonElement level) => $"{level[0].GetString()} {level[1].GetString()}";

    private static async Task<ReplayReport> RunAsync(string venue, string path)
    {
        var catalog = new InstrumentCatalog();
        await using var loop = Loop(catalog);
        return await RunAsync(venue, path, loop, catalog);
    }

    private static Task<ReplayReport> RunAsync(string key, string path, MarketLoop loop, InstrumentCatalog catalog)
    {
        var known = KnownVenues.All.Single(known => known.Id.Key == key);
        var venue = known.Create(known.Defaults);
        var plan = new CapturePlan([path], venue, CaptureInstruments.Learn(venue, CaptureReader.Read(path)), ReplaySpeed.Max);
        return new CaptureRun(plan, loop, catalog, TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);
    }

    private static MarketLoop Loop(InstrumentCatalog catalog)
    {
        var loop = new MarketLoop(new Market(catalog, []), catalog, new MarketLoopOptions(), NullLogger<MarketLoop>.Instance);
        loop.Start();
        return loop;
    }

    private static string InOutput(string name) => Path.Combine(AppContext.BaseDirectory, name);

    private static string Shared(string name)
    {
        var path = Path.Combine(Repository.Root.Parent!.FullName, "shared", "captures", name);
        Assert.SkipUnless(File.Exists(path), $"{name} is not beside this checkout.");
        return path;
    }
}
