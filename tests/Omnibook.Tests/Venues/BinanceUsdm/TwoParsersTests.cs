using System.Text;
using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Tests.Venues.Captures;
using Omnibook.Venues.Captures;

namespace Omnibook.Tests.Venues.BinanceUsdm;

/// <summary>The parser that knows the layout against the general one: whatever the first takes, the second reads the same.</summary>
public sealed class TwoParsersTests
{
    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true };

    [Fact]
    public void Both_read_every_frame_of_the_recorded_piece_alike() => Compare(CapturePaths.Own("binance-usdm-hftbacktest/btcusdt_20240808_first.gz"));

    [Fact]
    public void Both_read_every_frame_of_the_whole_capture_alike() =>
        Compare(CapturePaths.Shared("binance-usdm/hftbacktest-20240808/btcusdt_20240808.gz"));

    [Fact]
    public void A_frame_printed_prettily_says_the_same()
    {
        var (session, general) = (Usdm.Session(), Usdm.Session());
        foreach (var frame in Frames().Take(300))
        {
            var pretty = JsonSerializer.SerializeToUtf8Bytes(JsonDocument.Parse(frame).RootElement, Pretty);
            Assert.Equal(
                EventLog.Of(batch => session.Translate(frame, Usdm.Now, batch)),
                EventLog.Of(batch => general.Translate(pretty, Usdm.Now, batch)));
        }

        Assert.InRange(session.Oddities.GeneralFrames, 1, 3);
        Assert.Equal(300, general.Oddities.GeneralFrames);
    }

    [Theory]
    [InlineData("""{"e":"aggTrade","E":1726048000123,"s":"BTCUSDT","a":5933014,"p":"64123.40","q":"0.250","nq":"0.200","f":100,"l":105,"T":1726048000101,"m":true,"st":1}""")]
    [InlineData("""{"e":"trade","E":1679851564490,"T":1679851564486,"s":"BTCUSDT","t":3493102749,"p":"27785.00","q":"0.014","X":"MARKET","m":true,"st":1}""")]
    [InlineData("""{"e":"depthUpdate","E":1726048000140,"T":1726048000123,"s":"BTCUSDT","ps":"BTCUSDT","st":1,"U":600859601193,"u":600859602861,"pu":600859600917,"b":[["7.59","1433"],["7.61","0"]],"a":[["7.62","534"]]}""")]
    [InlineData("""{"e":"bookTicker","u":400900217,"E":1568014460893,"T":1568014460891,"s":"BTCUSDT","ps":"BTCUSDT","b":"25.35","B":"31.21","a":"25.36","A":"40.66","st":1}""")]
    [InlineData("""{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1726048000140,"T":1726048000123,"s":"BTCUSDT","U":1,"u":3,"pu":0,"b":[],"a":[]}}""")]
    public void The_layout_of_2026_needs_no_general_parser(string frame)
    {
        var session = Usdm.Session();
        session.Told(frame);
        var learned = session.Oddities.GeneralFrames;

        Assert.Equal(EventLog.Of(batch => session.TranslateGeneral(Encoding.UTF8.GetBytes(frame), Usdm.Now, batch)), session.Told(frame));
        Assert.Equal((1, 2), (learned, session.Oddities.GeneralFrames));
    }

    /// <summary>Each takes all frames with a session of its own, since a session learns its streams from frames.</summary>
    private static void Compare(string file)
    {
        var (fast, general, batch) = (Usdm.Session(), Usdm.Session(), new EventBatch());
        foreach (var frame in CaptureReader.Read(file))
        {
            var generally = general.TranslateGeneral(frame.Bytes.Span, frame.ReceivedAt, batch);
            var expected = EventDigest.TakeFrom(batch);
            Assert.Equal(generally, fast.Translate(frame.Bytes.Span, frame.ReceivedAt, batch));
            Assert.Equal(expected, EventDigest.TakeFrom(batch));
        }

        // The first frame of each stream teaches its name.
        Assert.Equal(3, fast.Oddities.GeneralFrames);
    }

    private static IEnumerable<byte[]> Frames() =>
        CaptureReader.Read(CapturePaths.Own("binance-usdm-hftbacktest/btcusdt_20240808_first.gz"))
            .Select(frame => frame.Bytes.ToArray()).Where(frame => !frame.AsSpan().StartsWith("{\"lastUpdateId"u8));
}
