using System.Text;
using Omnibook.Core.Events;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.Coinbase;

/// <summary>Frames damaged in every way that a seeded generator thinks of.</summary>
public sealed class FuzzTests
{
    private const int Frames = 40_000;

    private static readonly byte[][] Seeds =
    [
        .. new[]
        {
            CoinbaseDesk.Snapshot(0),
            CoinbaseDesk.Update(1),
            CoinbaseDesk.Trades(2, "update", "BTC-USD", 12, 11),
            CoinbaseDesk.Frame("ticker", 3, """{"type":"snapshot","tickers":[{"type":"ticker","product_id":"ETH-USD","best_bid":"21931.98","best_bid_quantity":"8000.21","best_ask":"21933.98","best_ask_quantity":"8038.07770938"}]}"""),
            CoinbaseDesk.Heartbeat(4, 66987),
            CoinbaseDesk.Subscriptions(5, "BTC-USD"),
            CoinbaseDesk.Frame("status", 6, """{"type":"snapshot","products":[{"id":"ETH-USD","status":"online"}]}"""),
            """{"type":"error","message":"authentication failure"}""",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    [Fact]
    public void No_damaged_frame_throws_or_leaves_half_of_itself()
    {
        var random = new Random(20261120);
        var desk = CoinbaseDesk.Open();
        for (var i = 0; i < Frames; i++)
        {
            var frame = FrameDamage.Of(Seeds[random.Next(Seeds.Length)], random);
            desk.Batch.Clear();
            var outcome = desk.Session.Translate(frame, FrameDesk.Noon, desk.Batch);
            if (outcome.Kind == FrameKind.Malformed && desk.Batch.Count + desk.Batch.LevelCount != 0)
            {
                Assert.Fail($"{outcome} left something of {Encoding.UTF8.GetString(frame)}");
            }
        }
    }

    [Fact]
    public void The_quick_way_and_the_general_one_mean_the_same()
    {
        var random = new Random(11);
        var taken = 0;
        for (var i = 0; i < Frames / 2; i++)
        {
            var frame = i % 10 == 0 ? Seeds[i % 2] : FrameDamage.Of(Seeds[i % 2], random);
            var (quick, general) = (CoinbaseDesk.Open(), CoinbaseDesk.Open());
            var outcome = quick.Hear(frame);
            if (quick.Session.Oddities.GeneralFrames > 0 || outcome.Kind != FrameKind.Data)
            {
                continue;
            }

            // A blank at the front is another layout.
            taken++;
            Assert.Equal(outcome, general.Hear([(byte)' ', .. frame]));
            Assert.Equal(quick.Seen.Texts, general.Seen.Texts);
            Assert.Equal(1, general.Session.Oddities.GeneralFrames);
        }

        Assert.True(taken > Frames / 20);
    }

    [Fact]
    public void Nothing_that_gets_through_has_an_amount_that_cannot_be()
    {
        var random = new Random(7);
        var desk = CoinbaseDesk.Open();
        for (var i = 0; i < Frames / 5; i++)
        {
            desk.Hear(FrameDamage.Of(Seeds[i % 4], random));
            Assert.All(desk.Seen.Books.SelectMany(book => book.Bids.Concat(book.Asks)), level => Assert.True(level.Price.Units > 0 && level.Quantity.Units >= 0));
            Assert.All(desk.Seen.Trades, trade => Assert.True(trade.Price.Units > 0 && trade.Quantity.Units > 0 && trade.TradeId >= 0));
            Assert.All(desk.Seen.Books, book => Assert.True(book.First <= book.Last));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Frames_in_steady_state_allocate_nothing(int seed)
    {
        var text = Encoding.UTF8.GetString(Seeds[seed]);
        var frames = Enumerable.Range(0, 3000).Select(i => Encoding.UTF8.GetBytes(
            text.Replace($"\"sequence_num\":{seed},", $"\"sequence_num\":{i},", StringComparison.Ordinal)
                .Replace("\"heartbeat_counter\":66987", $"\"heartbeat_counter\":{66987 + i}", StringComparison.Ordinal))).ToArray();
        AssertAllocatesNothing(frames);
        AssertAllocatesNothing([.. frames.Select(frame => (byte[])[(byte)' ', .. frame])]);
    }

    [Fact]
    public void Nesting_without_end_is_malformed() => Assert.Equal(
        FrameKind.Malformed, CoinbaseDesk.Open().Hear("""{"channel":"l2_data","sequence_num":1,"events":""" + new string('[', 1000)).Kind);

    private static void AssertAllocatesNothing(byte[][] frames)
    {
        var session = CoinbaseDesk.Open().Session;
        var batch = new EventBatch();
        Translate(0, 2000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Translate(2000, 3000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Translate(int from, int to)
        {
            for (var i = from; i < to; i++)
            {
                batch.Clear();
                var outcome = session.Translate(frames[i], FrameDesk.Noon, batch);
                if (outcome.Kind is not (FrameKind.Data or FrameKind.Heartbeat))
                {
                    Assert.Fail(outcome.ToString());
                }
            }
        }
    }
}
