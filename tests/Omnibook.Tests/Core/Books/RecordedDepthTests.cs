using System.Text.Json;
using Omnibook.Core.Books;
using Omnibook.Core.Events;

namespace Omnibook.Tests.Core.Books;

public sealed class RecordedDepthTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 10)]
    [InlineData(2, 100)]
    [InlineData(8, 10_000_000)]
    public void Binance_usdm_ends_with_the_expected_book(int priceDecimals, long tick) => Check(
        "binance-usdm/hftbacktest-20240808/btcusdt",
        ["binance-usdm/hftbacktest-20240808/btcusdt_20240808.gz"],
        chainsByPreviousId: true,
        new OrderBook(MadeInstruments.Make(priceDecimals, quantityDecimals: 3, tick)));

    [Theory]
    [InlineData(2, 1)]
    [InlineData(8, 1_000_000)]
    public void Binance_spot_ends_with_the_expected_book(int priceDecimals, long tick) => Check(
        "binance-spot/hftbacktest-20240808/btcusdt",
        [
            "binance-spot/hftbacktest-20240808/btcusdt_20240808.gz",
            "binance-spot/hftbacktest-20240808/btcusdt_20240809.gz",
        ],
        chainsByPreviousId: false,
        new OrderBook(MadeInstruments.Make(priceDecimals, quantityDecimals: 8, tick)));

    private static void Check(string set, string[] files, bool chainsByPreviousId, OrderBook book)
    {
        var folder = RecordedDepth.Folder();
        Assert.SkipWhen(folder is null, "The recordings are not beside the repository.");
        book.Apply(new VenueStatus(book.Instrument.Id, BookState.Buffering, StatusReasons.AwaitingSnapshot, default, default));
        var recording = new RecordedDepth(book, chainsByPreviousId);
        foreach (var file in files)
        {
            recording.Play(Path.Combine(folder!, file));
        }

        using var all = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder!, "expected.json")));
        var expected = all.RootElement.GetProperty(set).GetProperty("BTCUSDT");
        var levels = expected.GetProperty("book");
        Assert.Equal(expected.GetProperty("diffs_total").GetInt32() + 1, recording.Frames);
        Assert.Equal(expected.GetProperty("diffs_applied").GetInt64(), book.Counters.Updates);
        Assert.Equal(expected.GetProperty("last_u").GetInt64(), book.Sequence);
        Assert.Equal(levels.GetProperty("bid_levels").GetInt32(), book.Bids.Count);
        Assert.Equal(levels.GetProperty("ask_levels").GetInt32(), book.Asks.Count);
        Assert.Equal(levels.GetProperty("deletes_of_absent_level").GetInt64(), book.Counters.AbsentDeletes);
        Assert.Equal(levels.GetProperty("crossed_after_message").GetInt64(), book.Counters.CrossedAfterMessage);
        Assert.Equal(levels.GetProperty("sha256_all_levels").GetString(), BookDigest.Of(book));
        Assert.True(book.IsLive);
        Assert.Equal(0, book.Counters.Gaps);
        Assert.Equal(0, book.Counters.VerifyMismatches);
        Assert.True(book.Counters.TopsCompared > 100, $"{book.Counters.TopsCompared} announced tops compared.");
    }
}
