using System.Text;
using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.Bybit;

/// <summary>Real frames, damaged in every way that a seeded generator thinks of.</summary>
public sealed class FuzzTests
{
    private const int Frames = 50_000;

    private static readonly byte[][] Seeds =
    [
        .. new[]
        {
            """{"topic":"orderbook.200.BTCUSDT","type":"snapshot","ts":1672304484978,"data":{"s":"BTCUSDT","b":[["16493.50","0.006"],["16493.00","0.100"]],"a":[["16611.00","0.029"]],"u":18521288,"seq":7961638724},"cts":1672304484976}""",
            """{"topic":"orderbook.200.BTCUSDT","type":"delta","ts":1687940967466,"data":{"s":"BTCUSDT","b":[["30247.20","30.028"],["30240.00","0"]],"a":[["30248.70","0"]],"u":18521289,"seq":66544703342},"cts":1687940967464}""",
            """{"topic":"orderbook.1.BTCUSDT","ts":1672304484978,"type":"snapshot","data":{"s":"BTCUSDT","b":[["16493.50","0.006"]],"a":[],"u":18521288,"seq":7961638724},"cts":1672304484976}""",
            """{"topic":"publicTrade.BTCUSDT","type":"snapshot","ts":1672304486868,"data":[{"T":1672304486865,"s":"BTCUSDT","S":"Buy","v":"0.001","p":"16578.50","i":"20f43950-d8dd-5b31-9112-a178eb6023af"},{"T":1672304486866,"S":"Sell","v":"2","p":"16578","i":"20f43950-d8dd-5b31-9112-a178eb6023b0"}]}""",
            """{"topic":"tickers.BTCUSDT","type":"delta","data":{"symbol":"BTCUSDT","markPrice":"66666.60","indexPrice":"115418.19","openInterest":"492373.72","nextFundingTime":"1760342400000","fundingRate":"-0.005"},"cs":9532239429,"ts":1760325052630}""",
            """{"topic":"allLiquidation.BTCUSDT","type":"snapshot","ts":1739502303204,"data":[{"T":1739502302929,"s":"BTCUSDT","S":"Sell","v":"20","p":"64499.5"}]}""",
            """{"success":true,"ret_msg":"","conn_id":"3cd84cb1","req_id":"s-0-5","op":"subscribe"}""",
            """{"success":false,"ret_msg":"error:already subscribed,topic:publicTrade.BTCUSDT","conn_id":"1","req_id":"u-2-1","op":"unsubscribe"}""",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    [Fact]
    public void No_damaged_frame_throws_or_leaves_half_of_itself()
    {
        var random = new Random(20261120);
        var desk = BybitDesk.Open();
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
        var (quick, general) = (BybitDesk.Open(), BybitDesk.Open());
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
        var desk = BybitDesk.Open();
        for (var i = 0; i < Frames / 5; i++)
        {
            desk.Hear(FrameDamage.Of(Seeds[i % 6], random));
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
    public void Frames_that_carry_market_data_allocate_nothing(int seed)
    {
        AssertAllocatesNothing(Seeds[seed]);
        AssertAllocatesNothing([(byte)' ', .. Seeds[seed]]);
    }

    [Fact]
    public void Nesting_without_end_is_malformed() => Assert.Equal(
        FrameKind.Malformed, BybitDesk.Open().Hear("""{"topic":"orderbook.200.BTCUSDT","type":"delta","data":""" + new string('[', 1000)).Kind);

    [Fact]
    public void Seeds_are_JSON() => Assert.All(Seeds, seed => JsonDocument.Parse(seed).Dispose());

    private static void AssertAllocatesNothing(byte[] frame)
    {
        var session = BybitDesk.Open().Session;
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
