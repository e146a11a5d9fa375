using System.Text.Json;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Tests.Venues.Captures;

namespace Omnibook.Tests.Venues.Binance;

/// <summary>What a recording of Binance must end with: computed by eng/expected_binance_book.py, which shares nothing with the server.</summary>
internal static class ExpectedCapture
{
    public static JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllBytes(file)).RootElement;

    /// <summary>Compares book, trades and counts.</summary>
    public static void AssertEnds(JsonElement expected, Replayed replayed)
    {
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
