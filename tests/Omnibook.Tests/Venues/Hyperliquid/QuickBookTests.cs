using System.Text;
using Omnibook.Core.Events;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.Hyperliquid;

/// <summary>A blank before a frame sends it to the general reader: both readers must say the same of everything.</summary>
public sealed class QuickBookTests
{
    [Theory]
    [InlineData("""{"channel":"l2Book","data":{"coin":"BTC","time":1790000000123,"levels":[[{"px":"110427.0","sz":"4.11882","n":12},{"px":"1","sz":"0","n":0}],[]]}}""", true)]
    [InlineData("""{"channel":"l2Book","data":{"coin":"BTC","levels":[[],[{"n":5,"px":"105055.0","sz":"3.03622"},{"px":"105056.0","sz":"1","n":1}]],"time":1737918843542}}""", true)]
    [InlineData("""{"channel":"l2Book","data":{"coin":"BTC","time":1790000000123,"levels":[[],[{"px":"1.0","sz":"1","n":1}]],"spread":"1.0"}}""", false)]
    [InlineData("""{"channel":"l2Book","data":{"coin":"BTC","time":1790000000123,"levels":[[{"px":"1.0","sz":"1"}],[]]}}""", false)]
    [InlineData("""{"channel":"l2Book","data":{"coin":"B\u0054C","time":1790000000123,"levels":[[],[{"px":"1.0","sz":"1","n":1}]]}}""", false)]
    public void The_usual_layouts_are_read_quickly_and_others_as_well(string text, bool isQuick)
    {
        var desk = Desk.Bitcoin;
        Assert.Equal(FrameKind.Data, desk.Hear(text).Kind);
        Assert.Equal(isQuick ? 0 : 1, desk.Session.Oddities.GeneralFrames);
        AssertSame(Encoding.UTF8.GetBytes(text));
    }

    [Fact]
    public void Recorded_frames_are_all_read_quickly()
    {
        var desk = Desk.Bitcoin;
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Captures", "hyperliquid-hftbacktest", "btcusd_20250126_first12.txt"));
        foreach (var (receivedAt, frame) in SharedCaptures.Lines(text))
        {
            desk.Hear(frame, new Timestamp(receivedAt));
            AssertSame(frame);
        }

        Assert.Equal(0, desk.Session.Oddities.GeneralFrames);
    }

    [Fact]
    public void Of_damaged_frames_both_say_the_same()
    {
        var random = new Random(4);
        for (var i = 0; i < 30_000; i++)
        {
            AssertSame(FuzzTests.Damage(FuzzTests.Seeds[i % 2], random));
        }
    }

    private static void AssertSame(byte[] frame)
    {
        var quick = Hear(frame);
        var general = Hear([(byte)' ', .. frame]);
        if (quick != general)
        {
            Assert.Fail($"{quick}\nis not\n{general}\nof {Encoding.UTF8.GetString(frame)}");
        }
    }

    private static string Hear(byte[] frame)
    {
        var desk = Desk.Bitcoin;
        var outcome = desk.Hear(frame, Desk.Noon);
        var book = desk.Seen.Books.SingleOrDefault();
        return $"{outcome.Kind} {outcome.Stream} {book?.Snapshot} {Levels(book?.Bids)}/{Levels(book?.Asks)}";

        static string Levels(Level[]? levels) => string.Join(' ', levels ?? []);
    }
}
