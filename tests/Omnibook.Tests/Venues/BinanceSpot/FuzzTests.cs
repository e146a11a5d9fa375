using System.Text;
using Omnibook.Core.Events;
using Omnibook.Tests.Venues.BinanceUsdm;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.BinanceSpot;

/// <summary>Frames of the spot market, damaged in every way that a seeded generator thinks of.</summary>
public sealed class FuzzTests
{
    private const int Frames = 40_000;

    private static readonly byte[][] Seeds =
    [
        .. new[]
        {
            """{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1723161255208,"s":"BTCUSDT","U":157,"u":160,"b":[["61737.63000000","0.00000000"]],"a":[["61837.64000000","1.54698000"],["61838.04000000","0.32332000"]]}}""",
            """{"stream":"btcusdt@bookTicker","data":{"u":50093239212,"s":"BTCUSDT","b":"61837.63000000","B":"3.78826000","a":"61837.64000000","A":"1.54698000"}}""",
            """{"stream":"btcusdt@trade","data":{"e":"trade","E":1723161255343,"s":"BTCUSDT","t":3735683259,"p":"61837.63000000","q":"0.02000000","T":1723161255342,"m":true,"M":true}}""",
            """{"u":50093239212,"s":"BTCUSDT","b":"61837.63000000","B":"3.78826000","a":"61837.64000000","A":"1.54698000"}""",
            """{"result":null,"id":1}""",
            """{"error":{"code":4,"msg":"Too many subscriptions"},"id":19}""",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    [Fact]
    public void No_damaged_frame_throws_differs_between_the_parsers_or_leaves_half_of_itself()
    {
        var random = new Random(20261120);
        var (fast, general) = (Spot.Learning(Spot.Bitcoin), Spot.Learning(Spot.Bitcoin));
        Array.ForEach(Seeds, seed =>
        {
            fast.Translate(seed, FrameDesk.Noon, new EventBatch());
            general.Translate(seed, FrameDesk.Noon, new EventBatch());
        });
        var (one, other) = (new EventBatch(), new EventBatch());
        for (var i = 0; i < Frames; i++)
        {
            var frame = FrameDamage.Of(Seeds[random.Next(Seeds.Length)], random);
            one.Clear();
            other.Clear();
            var outcome = fast.Translate(frame, FrameDesk.Noon, one);
            if (outcome != general.TranslateGeneral(frame, FrameDesk.Noon, other)
                || EventLog.Of(one) != EventLog.Of(other)
                || (outcome.Kind != FrameKind.Data && one.Count + one.LevelCount > 0))
            {
                Assert.Fail($"{outcome} for {Encoding.UTF8.GetString(frame)}");
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Frames_that_carry_market_data_allocate_nothing(int seed)
    {
        var session = Spot.Learning(Spot.Bitcoin);
        var batch = new EventBatch();
        byte[] otherLayout = [(byte)' ', .. Seeds[seed]];
        Translate(2000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Translate(1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Translate(int times)
        {
            for (var i = 0; i < times; i++)
            {
                batch.Clear();
                if (session.Translate(Seeds[seed], FrameDesk.Noon, batch).Kind != FrameKind.Data
                    || session.Translate(otherLayout, FrameDesk.Noon, batch).Kind != FrameKind.Data)
                {
                    Assert.Fail("A good frame was not read.");
                }
            }
        }
    }
}
