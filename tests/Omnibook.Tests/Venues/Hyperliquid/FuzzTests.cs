using System.Text;
using Omnibook.Core.Events;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.Hyperliquid;

/// <summary>Real frames, damaged in every way that a seeded generator thinks of.</summary>
public sealed class FuzzTests
{
    private const int Frames = 100_000;

    internal static readonly byte[][] Seeds =
    [
        .. new[]
        {
            """{"channel":"l2Book","data":{"coin":"BTC","time":1790000000123,"levels":[[{"px":"110427.0","sz":"4.11882","n":12},{"px":"110426.0","sz":"1","n":1}],[{"px":"110428.0","sz":"3.72573","n":9}]]}}""",
            """{"channel":"l2Book","data":{"coin":"BTC","levels":[[{"n":5,"px":"105055.0","sz":"3.03622"}],[{"n":8,"px":"105056.0","sz":"4.2"}]],"time":1737918843542}}""",
            """{"channel":"trades","data":[{"coin":"BTC","side":"B","px":"110428.0","sz":"0.001","time":1790000000150,"hash":"0x00","tid":118906512037719,"users":["0x01","0x02"]}]}""",
            """{"channel":"bbo","data":{"coin":"BTC","time":1790000000200,"bbo":[{"px":"110427.0","sz":"4.11","n":12},null]}}""",
            """{"channel":"activeAssetCtx","data":{"coin":"BTC","ctx":{"funding":"0.0000125","openInterest":"28312.4","oraclePx":"110420.0","markPx":"110425.0","midPx":null}}}""",
            """{"channel":"subscriptionResponse","data":{"method":"subscribe","subscription":{"type":"l2Book","coin":"BTC","nSigFigs":null,"mantissa":null,"fast":false}}}""",
            """{"channel":"error","data":"Already subscribed: {\"type\":\"trades\",\"coin\":\"BTC\"}"}""",
            """{"channel":"post","data":{"id":12,"response":{"type":"info","payload":{"type":"l2Book","data":{"coin":"BTC","time":1790000000123,"levels":[[{"px":"1.0","sz":"1","n":1}],[]]}}}}}""",
            """{"channel":"pong"}""",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private static readonly byte[] Spice = "{}[]\":,.0159-+eE\\u \0\u00ff"u8.ToArray();

    [Fact]
    public void No_damaged_frame_throws_or_leaves_half_of_itself()
    {
        var random = new Random(20261120);
        var session = Desk.Bitcoin.Session;
        var batch = new EventBatch();
        for (var i = 0; i < Frames; i++)
        {
            var frame = Damage(Seeds[random.Next(Seeds.Length)], random);
            batch.Clear();
            var outcome = session.Translate(frame, Desk.Noon + TimeSpan.FromMilliseconds(i), batch);
            if (outcome.Kind != FrameKind.Data && batch.Count + batch.LevelCount != 0)
            {
                Assert.Fail($"{outcome} left something of {Encoding.UTF8.GetString(frame)}");
            }
        }
    }

    [Fact]
    public void Nothing_that_gets_through_has_an_amount_that_cannot_be()
    {
        var random = new Random(7);
        var session = Desk.Bitcoin.Session;
        var batch = new EventBatch();
        for (var i = 0; i < Frames / 10; i++)
        {
            batch.Clear();
            session.Translate(Damage(Seeds[i % 5], random), Desk.Noon, batch);
            var seen = SeenEvents.Of(batch);
            Assert.All(seen.Books.SelectMany(book => book.Bids.Concat(book.Asks)), level => Assert.True(level.Price.Units > 0 && level.Quantity.Units >= 0 && level.Orders >= 0));
            Assert.All(seen.Trades, trade => Assert.True(trade.Price.Units > 0 && trade.Quantity.Units > 0));
            Assert.All(seen.Marks, mark => Assert.True(mark.Mark.Units > 0 && mark.Index.Units >= 0));
        }
    }

    internal static byte[] Damage(byte[] seed, Random random)
    {
        var frame = seed.ToList();
        for (var times = random.Next(1, 4); times > 0 && frame.Count > 0; times--)
        {
            var at = random.Next(frame.Count);
            switch (random.Next(6))
            {
                case 0: frame[at] = Spice[random.Next(Spice.Length)]; break;
                case 1: frame.Insert(at, Spice[random.Next(Spice.Length)]); break;
                case 2: frame.RemoveAt(at); break;
                case 3: frame.RemoveRange(at, random.Next(frame.Count - at)); break;
                case 4: frame.InsertRange(at, seed.AsSpan(0, random.Next(seed.Length)).ToArray()); break;
                default: frame[at] = (byte)random.Next(256); break;
            }
        }

        return [.. frame];
    }
}
