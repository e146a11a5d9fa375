using System.Text;
using Omnibook.Core.Events;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.TreeOfAlpha;

/// <summary>Frames damaged in every way: nothing throws, and nothing becomes news that has no identity and no words.</summary>
public sealed class FuzzTests
{
    private const int Rounds = 20_000;

    private static readonly string[] Frames =
    [
        """{"_id":"65f0","title":"Name (@handle)","body":"tweet \ud83d\ude00 text","link":"https://twitter.com/","time":1710000000000,"type":"direct","coin":"BTC","info":{"isQuote":false},"suggestions":[{"coin":"BTC","found":["btc"],"symbols":[{"exchange":"x","symbol":"BTCUSDT"}]}]}""",
        """{"_id":"65f1","title":"Binance Will List XYZ","source":"Binance EN","url":"https://e","time":1710000000000,"symbols":["XYZ_USDT"],"suggestions":[],"en":"t","firstPrice":{}}""",
        """{"_id":"1","title":"Name (@h): text \\ \" \u0000 \ud800","source":"Twitter"}""",
        "pong",
    ];

    [Fact]
    public void No_frame_throws_or_leaves_something_behind()
    {
        const int Seed = 20261120;
        var (random, desk) = (new Random(Seed), NewsDesk.Session());
        for (var round = 0; round < Rounds; round++)
        {
            var frame = Damage(Encoding.UTF8.GetBytes(Frames[round % Frames.Length]), random);
            var outcome = desk.Hear(frame);
            Check(outcome.Kind == FrameKind.Data ? 1 : 0, desk.Seen.News, $"seed {Seed}, round {round}");
            Assert.True(outcome.Kind != FrameKind.Malformed || !string.IsNullOrEmpty(outcome.Detail));
        }
    }

    [Fact]
    public void No_history_throws_or_leaves_something_behind()
    {
        const int Seed = 20261121;
        var (random, batch) = (new Random(Seed), new EventBatch());
        var whole = Encoding.UTF8.GetBytes($"[{string.Join(',', Frames[..3])}]");
        for (var round = 0; round < Rounds; round++)
        {
            var page = NewsDesk.Venue.News.History.TryTranslate(Damage(whole, random), FrameDesk.Noon, batch);
            Check(page is { } read ? read.Rows - read.Unreadable : 0, batch.News, $"seed {Seed}, round {round}");
            batch.Clear();
        }
    }

    private static void Check(int expected, IReadOnlyList<NewsItem> items, string where)
    {
        Assert.True(expected == items.Count, where);
        Assert.All(items, item => Assert.True(item.Id.Length > 0 && item.Headline.Length > 0, where));
    }

    private static byte[] Damage(byte[] frame, Random random)
    {
        var bytes = frame.ToList();
        for (var blows = random.Next(1, 5); blows > 0 && bytes.Count > 0; blows--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at)); break;
                case 2: bytes.InsertRange(at, bytes.Skip(random.Next(bytes.Count)).Take(random.Next(1, 30)).ToArray()); break;
                default: bytes[at] = "{}[]\":,\\u0"u8[random.Next(10)]; break;
            }
        }

        return [.. bytes];
    }
}
