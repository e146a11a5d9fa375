using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.Coinbase;

/// <summary>The number of the connection, which is above all the proof that nothing is missing.</summary>
public sealed class ContinuityTests
{
    private static readonly InstrumentId[] Both = [CoinbaseDesk.Bitcoin.Id, CoinbaseDesk.Ether.Id];

    [Fact]
    public void A_hole_breaks_every_book_of_the_connection_and_the_frame_after_it_still_counts()
    {
        var desk = Live();
        Assert.Equal(FrameOutcome.Data(0), desk.Hear(CoinbaseDesk.Update(4)));
        AssertBroken(desk);
        Assert.Single(desk.Seen.Books);
    }

    [Theory]
    [InlineData("ticker")]
    [InlineData("candles")]
    [InlineData("a channel of tomorrow")]
    public void Every_frame_is_counted_whatever_its_channel(string channel)
    {
        var desk = Live();
        desk.Hear(CoinbaseDesk.Frame(channel, 3, """{"type":"update"}"""));
        desk.Hear(CoinbaseDesk.Update(4));
        Assert.Empty(desk.Seen.Statuses);

        desk.Hear(CoinbaseDesk.Frame(channel, 6, """{"type":"update"}"""));
        AssertBroken(desk);
    }

    [Fact]
    public void A_heartbeat_shows_what_was_lost_before_it_was_numbered()
    {
        var desk = Live();
        Assert.Equal(FrameKind.Heartbeat, desk.Hear(CoinbaseDesk.Heartbeat(3, 66987)).Kind);
        Assert.Equal(FrameKind.Heartbeat, desk.Hear(CoinbaseDesk.Heartbeat(4, 66988)).Kind);
        Assert.Empty(desk.Seen.Statuses);
        Assert.Equal(FrameKind.Heartbeat, desk.Hear(CoinbaseDesk.Heartbeat(5, 66990)).Kind);
        AssertBroken(desk);
    }

    [Fact]
    public void A_frame_that_comes_twice_or_late_is_left_out_and_breaks_nothing()
    {
        var desk = Live();
        desk.Hear(CoinbaseDesk.Update(3));
        Assert.Equal(FrameKind.Unknown, desk.Hear(CoinbaseDesk.Update(3)).Kind);
        Assert.Equal(FrameKind.Unknown, desk.Hear(CoinbaseDesk.Update(2)).Kind);
        Assert.Empty(desk.Seen.Texts);
        Assert.Equal(FrameOutcome.Data(0), desk.Hear(CoinbaseDesk.Update(4)));
        Assert.Empty(desk.Seen.Statuses);
    }

    [Fact]
    public void A_venue_that_counts_anew_is_believed_after_some_frames()
    {
        var desk = Live(from: 1000);
        for (var number = 0; number < 7; number++)
        {
            Assert.Equal(FrameKind.Unknown, desk.Hear(CoinbaseDesk.Update(number)).Kind);
        }

        Assert.Equal(FrameOutcome.Data(0), desk.Hear(CoinbaseDesk.Update(7)));
        AssertBroken(desk);
        Assert.Equal(FrameOutcome.Data(0), desk.Hear(CoinbaseDesk.Update(8)));
        Assert.Empty(desk.Seen.Statuses);
    }

    [Fact]
    public void After_a_frame_that_cannot_be_read_any_number_may_come()
    {
        var desk = Live();
        Assert.Equal(FrameKind.Malformed, desk.Hear("{\"channel\":\"l2_da").Kind);
        Assert.Equal(0, desk.Batch.Count);
        Assert.Equal(FrameOutcome.Data(0), desk.Hear(CoinbaseDesk.Update(4)));
        Assert.Empty(desk.Seen.Statuses);
    }

    [Fact]
    public void A_hole_is_mended_by_the_snapshots_of_one_request_for_all()
    {
        var desk = Live();
        var books = new[] { new OrderBook(CoinbaseDesk.Bitcoin), new OrderBook(CoinbaseDesk.Ether) };
        var market = new BookPair(books);
        Tell(CoinbaseDesk.Snapshot(3), CoinbaseDesk.Snapshot(4, "ETH-USD"));
        Assert.All(books, book => Assert.True(book.IsLive));
        Tell(CoinbaseDesk.Update(6));
        Assert.All(books, book => Assert.Equal((BookState.Resyncing, StatusReasons.Gap), (book.Status.State, book.Status.Reason)));

        Assert.Equal(
            [
                """{"type":"unsubscribe","product_ids":["BTC-USD","ETH-USD"],"channel":"level2"}""",
                """{"type":"subscribe","product_ids":["BTC-USD","ETH-USD"],"channel":"level2"}""",
                """{"type":"unsubscribe","product_ids":["BTC-USD","ETH-USD"],"channel":"market_trades"}""",
                """{"type":"subscribe","product_ids":["BTC-USD","ETH-USD"],"channel":"market_trades"}""",
            ],
            FrameDesk.Texts(desk.Session.Resubscribe(0)));
        Assert.Empty(desk.Session.Resubscribe(1));
        Tell(CoinbaseDesk.Subscriptions(7), CoinbaseDesk.Subscriptions(8, "BTC-USD", "ETH-USD"), CoinbaseDesk.Snapshot(9), CoinbaseDesk.Snapshot(10, "ETH-USD"), CoinbaseDesk.Update(11));
        Assert.All(books, book => Assert.True(book.IsLive));
        Assert.Equal([11L, 10L], books.Select(book => book.Sequence));

        void Tell(params string[] frames)
        {
            foreach (var frame in frames)
            {
                desk.Hear(frame);
                desk.Batch.DeliverTo(market);
            }
        }
    }

    [Fact]
    public void A_book_goes_over_to_a_later_connection_by_its_numbers()
    {
        var venue = CoinbaseDesk.Venue;
        var (old, next) = (CoinbaseDesk.Open(venue), CoinbaseDesk.Open(venue));
        var book = new OrderBook(CoinbaseDesk.Bitcoin);
        var market = new BookPair([book]);
        Tell(old, CoinbaseDesk.Snapshot(4711));
        Tell(old, CoinbaseDesk.Update(4712));
        Tell(next, CoinbaseDesk.Snapshot(0));
        Tell(old, CoinbaseDesk.Update(4713));
        Tell(next, CoinbaseDesk.Update(1));
        Assert.True(book.IsLive);
        Assert.Equal((1_000_000_000_001, 0L), (book.Sequence, book.Counters.Resyncs));

        void Tell(FrameDesk desk, string frame)
        {
            desk.Hear(frame);
            desk.Batch.DeliverTo(market);
        }
    }

    private static FrameDesk Live(long from = 0)
    {
        var desk = CoinbaseDesk.Open();
        desk.Hear(CoinbaseDesk.Subscriptions(from, "BTC-USD", "ETH-USD"));
        desk.Hear(CoinbaseDesk.Snapshot(from + 1));
        desk.Hear(CoinbaseDesk.Snapshot(from + 2, "ETH-USD"));
        Assert.Empty(desk.Seen.Statuses);
        return desk;
    }

    private static void AssertBroken(FrameDesk desk)
    {
        Assert.Equal(Both, desk.Seen.Statuses.Select(status => status.Instrument));
        Assert.All(desk.Seen.Statuses, status => Assert.Equal((BookState.Resyncing, StatusReasons.Gap), (status.State, status.Reason)));
    }
}
