using System.Text.Json;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Tests.Venues.Captures;

namespace Omnibook.Tests.Venues.BinanceUsdm;

public sealed class UsdmCaptureTests
{
    /// <summary>What must come out was computed by eng/expected_usdm_book.py, which shares nothing with the server.</summary>
    [Fact]
    public void The_recorded_piece_ends_with_the_expected_book_and_trades() => AssertEnds(
        CapturePaths.Own("binance-usdm-hftbacktest/btcusdt_20240808_first.gz"),
        Read(CapturePaths.Own("binance-usdm-hftbacktest/btcusdt_20240808_first.expected.json")));

    [Fact]
    public void The_recorded_six_minutes_end_with_the_expected_book_and_trades() => AssertEnds(
        CapturePaths.Shared("binance-usdm/hftbacktest-20240808/btcusdt_20240808.gz"),
        Read(CapturePaths.Shared("expected.json")).GetProperty("binance-usdm/hftbacktest-20240808/btcusdt").GetProperty("BTCUSDT"));

    private static JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllBytes(file)).RootElement;

    private static void AssertEnds(string file, JsonElement expected)
    {
        var replayed = Replayed.Of(Usdm.Venue, file);

        Assert.Equal(Usdm.Listing("BTCUSDT", 1, 3), replayed.Learned[0].Listing with { Pair = new Pair("BTC", "USDT") });
        AssertBook(expected, replayed);
        AssertTrades(expected.GetProperty("trades"), replayed);
        var counts = replayed.Replay.Counts;
        Assert.Equal((0, 0, 1), (counts.Malformed, counts.Unknown, counts.Snapshots));
        Assert.Equal(counts.Frames, counts.Data + counts.Snapshots);
    }

    private static void AssertBook(JsonElement expected, Replayed replayed)
    {
        var book = expected.GetProperty("book");
        var counters = replayed.Book.Counters;
        Assert.True(replayed.Book.IsLive);
        Assert.Equal(expected.GetProperty("last_u").GetInt64(), replayed.Book.Sequence);
        Assert.Equal(expected.GetProperty("diffs_applied").GetInt64(), counters.Updates);
        Assert.Equal(expected.GetProperty("diffs_total").GetInt64(), counters.Updates + counters.Stale);
        Assert.Equal(book.GetProperty("deletes_of_absent_level").GetInt64(), counters.AbsentDeletes);
        Assert.Equal(book.GetProperty("crossed_after_message").GetInt64(), counters.CrossedAfterMessage);
        Assert.Equal((0, 0, 0), (counters.Gaps, counters.Resyncs, counters.VerifyMismatches));
        Assert.Equal(book.GetProperty("bid_levels").GetInt32(), replayed.Book.Bids.Count);
        Assert.Equal(book.GetProperty("ask_levels").GetInt32(), replayed.Book.Asks.Count);
        Assert.Equal(book.GetProperty("top10_bids").Deserialize<string[][]>(), replayed.Top(replayed.Book.Bids, 10));
        Assert.Equal(book.GetProperty("top10_asks").Deserialize<string[][]>(), replayed.Top(replayed.Book.Asks, 10));
        Assert.Equal(book.GetProperty("sha256_all_levels").GetString(), BookDigest.Of(replayed.Book));
    }

    private static void AssertTrades(JsonElement expected, Replayed replayed)
    {
        Assert.Equal(expected.GetProperty("count").GetInt32(), replayed.Trades.Count);
        Assert.Equal(expected.GetProperty("base").GetString(), replayed.Base());
        Assert.Equal(expected.GetProperty("quote").GetString(), replayed.Quote());
        Assert.Equal(expected.GetProperty("first_id").GetInt64(), replayed.Trades[0].TradeId);
        Assert.Equal(expected.GetProperty("last_id").GetInt64(), replayed.Trades[^1].TradeId);
        Assert.Equal(expected.GetProperty("buyer_maker").GetInt32(), replayed.Trades.Count(trade => trade.TakerSide == TakerSide.Sell));
    }
}
