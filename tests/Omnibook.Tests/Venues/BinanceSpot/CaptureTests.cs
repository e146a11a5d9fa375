using System.Text.Json;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Tests.Venues.BinanceUsdm;
using Omnibook.Tests.Venues.Captures;
using Omnibook.Venues.Captures;

namespace Omnibook.Tests.Venues.BinanceSpot;

/// <summary>Recorded frames of BTCUSDT: snapshot, diffs, trades, best prices.</summary>
public sealed class CaptureTests
{
    private const string OwnPiece = "binance-spot-hftbacktest/btcusdt_20240808_first";
    private const string Whole = "binance-spot/hftbacktest-20240808/btcusdt";

    /// <summary>What must come out was computed by eng/expected_spot_book.py, which shares nothing with the server.</summary>
    [Fact]
    public void The_recorded_piece_ends_with_the_expected_book_and_trades() => AssertEnds(
        Read(CapturePaths.Own(OwnPiece + ".expected.json")), CapturePaths.Own(OwnPiece + ".gz"));

    [Fact]
    public void The_recorded_eleven_minutes_of_two_files_end_with_the_expected_book_and_trades() => AssertEnds(
        Read(CapturePaths.Shared("expected.json")).GetProperty(Whole).GetProperty("BTCUSDT"),
        CapturePaths.Shared(Whole + "_20240808.gz"),
        CapturePaths.Shared(Whole + "_20240809.gz"));

    [Fact]
    public void Both_parsers_read_every_frame_of_the_recorded_piece_alike() => AssertAlike(CapturePaths.Own(OwnPiece + ".gz"));

    [Fact]
    public void Both_parsers_read_every_frame_of_a_whole_file_alike() => AssertAlike(CapturePaths.Shared(Whole + "_20240809.gz"));

    private static JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllBytes(file)).RootElement;

    private static void AssertEnds(JsonElement expected, params string[] files)
    {
        var replayed = Replayed.Of(Spot.Venue, files);
        var listing = Assert.Single(replayed.Learned).Listing;

        // Six decimals although the step has five: what rests in a book need not keep to the step.
        Assert.Equal(("BTCUSDT", new Scale(2), new Scale(6)), (listing.Symbol, listing.PriceScale, listing.QuantityScale));
        AssertBook(expected, replayed);
        AssertTrades(expected.GetProperty("trades"), replayed);
        var counts = replayed.Replay.Counts;
        Assert.Equal((0, 0, 1), (counts.Malformed, counts.Unknown, counts.Snapshots));
        Assert.Equal(counts.Frames, counts.Data + counts.Snapshots);

        // The first frame of each stream teaches its name; that a bookTicker has no clock is no oddity.
        Assert.Equal((3, 0), (replayed.Replay.Oddities.GeneralFrames, replayed.Replay.Oddities.UnknownTimes));
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
        Assert.True(counters.TopsCompared > 10, $"{counters.TopsCompared} best prices were compared with the book of their number.");
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

    private static void AssertAlike(string file)
    {
        var bitcoin = Spot.Pair(0, "BTCUSDT", 4, 7);
        var (fast, general) = (Spot.Learning(bitcoin), Spot.Learning(bitcoin));
        foreach (var frame in CaptureReader.Read(file))
        {
            var bytes = frame.Bytes;
            Assert.Equal(
                EventLog.Of(batch => general.TranslateGeneral(bytes.Span, frame.ReceivedAt, batch)),
                EventLog.Of(batch => fast.Translate(bytes.Span, frame.ReceivedAt, batch)));
        }

        Assert.Equal(3, fast.Oddities.GeneralFrames);
    }
}
