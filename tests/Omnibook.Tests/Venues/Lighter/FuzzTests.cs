using System.Text;
using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.Lighter;

/// <summary>Real frames, damaged in every way that a seeded generator thinks of.</summary>
public sealed class FuzzTests
{
    private const int Frames = 50_000;

    private static readonly byte[][] Seeds =
    [
        .. new[]
        {
            """{"type":"subscribed/order_book","channel":"order_book:1","last_updated_at":1776692222420103,"offset":52072043,"timestamp":1776692222437,"order_book":{"code":0,"asks":[{"price":"75300.5","size":"0.08303"}],"bids":[{"price":"75300.4","size":"0.00117"}],"offset":52072043,"nonce":10382292136,"last_updated_at":1776692222420103,"begin_nonce":0}}""",
            """{"channel":"order_book:0","last_updated_at":1774884082309144,"offset":1558300,"order_book":{"code":0,"asks":[{"price":"2064.54","size":"0.3285"},{"price":"2064.55","size":"0.0000"}],"bids":[],"offset":1558300,"nonce":9182390020,"last_updated_at":1774884082309144,"begin_nonce":9182389998},"timestamp":1774884082326,"type":"update/order_book"}""",
            """{"channel":"order_book:1","offset":1347365,"order_book":{"code":0,"asks":[],"bids":[{"price":"121040.8","size":"0.00000"}],"offset":1347365},"timestamp":1760041996048,"type":"update/order_book"}""",
            """{"channel":"trade:0","liquidation_trades":[],"nonce":1,"trades":[{"trade_id":16164557908,"type":"trade","size":"0.1336","price":"2181.83","is_maker_ask":false,"timestamp":1773854156654,"transaction_time":1773854156686065},{"trade_id":16164557907,"type":"trade","size":"1","price":"2181.83","is_maker_ask":true,"timestamp":1773854156654}],"type":"update/trade"}""",
            """{"channel":"market_stats:1","market_stats":{"symbol":"BTC","index_price":"64400.1","mark_price":"64356.3","open_interest":"102123609.308856","current_funding_rate":"-0.0028","funding_timestamp":1780545600001},"timestamp":1780546209291,"type":"update/market_stats"}""",
            """{"channel":"ticker:0","last_updated_at":1778138260508118,"nonce":904895,"ticker":{"s":"ETH","a":{"price":"2325.00","size":"99.0000"},"b":{"price":"2000.00","size":"0.0200"}},"timestamp":1778138582640,"type":"update/ticker"}""",
            """{"channel":"market_stats:all","market_stats":{"0":{"mark_price":"2064.47","open_interest":"27250.8411"},"1":{"mark_price":"64356.3"}},"timestamp":1774883844933,"type":"update/market_stats"}""",
            """{"error":{"code":30003,"message":"Already Subscribed to : ticker:1"}}""",
            """{"type":"unsubscribed","channel":"order_book:0"}""",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    [Fact]
    public void No_damaged_frame_throws_or_leaves_half_of_itself()
    {
        var random = new Random(20261120);
        var desk = LighterDesk.Open();
        for (var i = 0; i < Frames; i++)
        {
            var frame = FrameDamage.Of(Seeds[random.Next(Seeds.Length)], random);
            desk.Batch.Clear();
            var outcome = desk.Session.Translate(frame, FrameDesk.Noon, desk.Batch);
            if (outcome.Kind != FrameKind.Data && desk.Batch.Count + desk.Batch.LevelCount != 0)
            {
                Assert.Fail($"{outcome} left something of {Encoding.UTF8.GetString(frame)}");
            }
        }
    }

    [Fact]
    public void The_quick_way_and_the_general_one_mean_the_same()
    {
        var random = new Random(11);
        var (quick, general) = (LighterDesk.Open(), LighterDesk.Open());
        for (var i = 0; i < Frames / 2; i++)
        {
            var frame = i % 10 == 0 ? Seeds[i % 3] : FrameDamage.Of(Seeds[i % 3], random);
            var before = quick.Session.Oddities.GeneralFrames;
            var outcome = quick.Hear(frame);
            if (outcome.Kind != FrameKind.Data || quick.Session.Oddities.GeneralFrames != before)
            {
                // Not the quick way; the other session has to meet the frame all the same.
                general.Hear([(byte)' ', .. frame]);
                continue;
            }

            // A blank at the front is another layout.
            Assert.Equal(outcome, general.Hear([(byte)' ', .. frame]));
            Assert.Equal(quick.Seen.Texts, general.Seen.Texts);
        }

        Assert.True(general.Session.Oddities.GeneralFrames > quick.Session.Oddities.GeneralFrames);
    }

    [Fact]
    public void Nothing_that_gets_through_has_an_amount_that_cannot_be()
    {
        var random = new Random(7);
        var desk = LighterDesk.Open();
        for (var i = 0; i < Frames / 5; i++)
        {
            desk.Hear(FrameDamage.Of(Seeds[i % 7], random));
            Assert.All(desk.Seen.Books.SelectMany(book => book.Bids.Concat(book.Asks)), level => Assert.True(level.Price.Units > 0 && level.Quantity.Units >= 0));
            Assert.All(desk.Seen.Trades, trade => Assert.True(trade.Price.Units > 0 && trade.Quantity.Units > 0));
            Assert.All(desk.Seen.Liquidations, forced => Assert.True(forced.Price.Units > 0 && forced.Quantity.Units > 0));
            Assert.All(desk.Seen.Marks, mark => Assert.True(mark.Mark.Units > 0 && mark.Index.Units >= 0));
            Assert.All(desk.Seen.OpenInterests, interest => Assert.True(interest.Quantity.Units >= 0));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Frames_that_carry_market_data_allocate_nothing(int seed)
    {
        AssertAllocatesNothing(Seeds[seed]);
        AssertAllocatesNothing([(byte)' ', .. Seeds[seed]]);
    }

    [Fact]
    public void Nesting_without_end_is_malformed() => Assert.Equal(
        FrameKind.Malformed, LighterDesk.Open().Hear("""{"channel":"order_book:0","type":"update/order_book","order_book":""" + new string('[', 1000)).Kind);

    [Fact]
    public void Seeds_are_JSON() => Assert.All(Seeds, seed => JsonDocument.Parse(seed).Dispose());

    private static void AssertAllocatesNothing(byte[] frame)
    {
        var session = LighterDesk.Open().Session;
        var batch = new EventBatch();
        Translate(2000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Translate(1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Translate(int times)
        {
            for (var i = 0; i < times; i++)
            {
                batch.Clear();
                var outcome = session.Translate(frame, FrameDesk.Noon, batch);
                if (outcome.Kind is not FrameKind.Data)
                {
                    Assert.Fail(outcome.ToString());
                }
            }
        }
    }
}
