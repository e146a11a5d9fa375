using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Tests.Venues.Binance;
using Omnibook.Tests.Venues.BinanceUsdm;
using Omnibook.Tests.Venues.Captures;
using Omnibook.Venues.Captures;

namespace Omnibook.Tests.Venues.BinanceSpot;

/// <summary>Recorded frames of BTCUSDT: snapshot, diffs, trades, best prices.</summary>
public sealed class CaptureTests
{
    private const string OwnPiece = "binance-spot-hftbacktest/btcusdt_20240808_first";
    private const string Whole = "binance-spot/hftbacktest-20240808/btcusdt";

    [Fact]
    public void The_recorded_piece_ends_with_the_expected_book_and_trades() => AssertEnds(
        ExpectedCapture.Read(CapturePaths.Own(OwnPiece + ".expected.json")), CapturePaths.Own(OwnPiece + ".gz"));

    [Fact]
    public void The_recorded_eleven_minutes_of_two_files_end_with_the_expected_book_and_trades() => AssertEnds(
        ExpectedCapture.Read(CapturePaths.Shared("expected.json")).GetProperty(Whole).GetProperty("BTCUSDT"),
        CapturePaths.Shared(Whole + "_20240808.gz"),
        CapturePaths.Shared(Whole + "_20240809.gz"));

    [Fact]
    public void Both_parsers_read_every_frame_of_the_recorded_piece_alike() => AssertAlike(CapturePaths.Own(OwnPiece + ".gz"));

    [Fact]
    public void Both_parsers_read_every_frame_of_a_whole_file_alike() => AssertAlike(CapturePaths.Shared(Whole + "_20240809.gz"));

    private static void AssertEnds(JsonElement expected, params string[] files)
    {
        var replayed = Replayed.Of(Spot.Venue, files);
        var listing = Assert.Single(replayed.Learned).Listing;

        // Six decimals although the step has five: what rests in a book need not keep to the step.
        Assert.Equal(("BTCUSDT", new Scale(2), new Scale(6)), (listing.Symbol, listing.PriceScale, listing.QuantityScale));
        ExpectedCapture.AssertEnds(expected, replayed);
        var compared = replayed.Book.Counters.TopsCompared;
        Assert.True(compared > 10, $"{compared} best prices were compared with the book of their number.");

        // The first frame of each stream teaches its name; that a bookTicker has no clock is no oddity.
        Assert.Equal((3, 0), (replayed.Replay.Oddities.GeneralFrames, replayed.Replay.Oddities.UnknownTimes));
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
