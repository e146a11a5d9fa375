using System.Text;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.Coinbase;

public sealed class BookFrameTests
{
    private static readonly EventTimes Times = new(new Timestamp(1_775_572_200_123_456_000), FrameDesk.Noon);

    [Fact]
    public void A_snapshot_has_both_sides_in_any_order_and_the_frames_time()
    {
        var desk = CoinbaseDesk.Open();
        Assert.Equal(FrameOutcome.Data(0), desk.Hear(CoinbaseDesk.Book(
            7, "snapshot", "BTC-USD", CoinbaseDesk.Offer("68902.00", "1"), CoinbaseDesk.Bid("68900.00", "1.50000000"), CoinbaseDesk.Offer("68901", "0.5"), CoinbaseDesk.Bid("68899.5", "0.75"))));
        var book = Assert.Single(desk.Seen.Books);
        Assert.Equal((true, 7L, Times), (book.IsSnapshot, book.Last, book.Times));
        Assert.Equal(["68900 1.5", "68899.5 0.75"], FrameDesk.Levels(CoinbaseDesk.Bitcoin, book.Bids));
        Assert.Equal(["68902 1", "68901 0.5"], FrameDesk.Levels(CoinbaseDesk.Bitcoin, book.Asks));
        Assert.Equal(0, desk.Session.Oddities.GeneralFrames);
    }

    [Fact]
    public void A_change_covers_everything_since_the_books_frame_before()
    {
        var desk = CoinbaseDesk.Open();
        desk.Hear(CoinbaseDesk.Snapshot(0));
        desk.Hear(CoinbaseDesk.Snapshot(1, "ETH-USD"));
        desk.Hear(CoinbaseDesk.Heartbeat(2, 66987));
        desk.Hear(CoinbaseDesk.Update(3));
        var book = Assert.Single(desk.Seen.Books);
        Assert.Equal((false, 1L, 3L), (book.IsSnapshot, book.First, book.Last));
        Assert.Equal(["68900 2"], FrameDesk.Levels(CoinbaseDesk.Bitcoin, book.Bids));
        Assert.Equal(["68901 0", "68902 1"], FrameDesk.Levels(CoinbaseDesk.Bitcoin, book.Asks));
        desk.Hear(CoinbaseDesk.Update(4, "ETH-USD"));
        Assert.Equal((2L, 4L), (desk.Seen.Books[0].First, desk.Seen.Books[0].Last));
    }

    [Fact]
    public void One_frame_may_hold_several_events_and_all_of_them_count_or_none()
    {
        var one = """{"type":"update","product_id":"BTC-USD","updates":[{"side":"bid","event_time":"","price_level":"68900.00","new_quantity":"2"}]}""";
        var other = """{"updates":[{"new_quantity":"3","price_level":"2100.5","side":"offer"}],"product_id":"ETH-USD","type":"update"}""";
        var desk = CoinbaseDesk.Open();
        Assert.Equal(FrameOutcome.Data(0), desk.Hear(CoinbaseDesk.Frame("l2_data", 5, $"{one},{other}")));
        Assert.Equal([1, 0], desk.Seen.Books.Select(book => book.Bids.Length));
        Assert.Equal([0, 1], desk.Seen.Books.Select(book => book.Asks.Length));

        Assert.Equal(FrameKind.Malformed, desk.Hear(CoinbaseDesk.Frame("l2_data", 6, $"{one},{other.Replace("offer", "ask", StringComparison.Ordinal)}")).Kind);
        Assert.Equal(0, desk.Batch.Count + desk.Batch.LevelCount);
    }

    [Fact]
    public void A_snapshot_of_several_megabytes_is_read_in_one_piece()
    {
        const int Levels = 44_000;
        var frame = Encoding.UTF8.GetBytes(CoinbaseDesk.Book(
            0, "snapshot", "BTC-USD", [.. Enumerable.Range(0, Levels).Select(i => i % 2 == 0 ? CoinbaseDesk.Bid($"{68900 - i}.01", "0.00012345") : CoinbaseDesk.Offer($"{68900 + i}.01", "1.5"))]));
        Assert.InRange(frame.Length, 4_500_000, CoinbaseDesk.Venue.Rules.MaxFrameBytes);

        var desk = CoinbaseDesk.Open();
        Assert.Equal(FrameOutcome.Data(0), desk.Hear(frame));
        Assert.Equal((Levels / 2, Levels / 2), (desk.Seen.Books[0].Bids.Length, desk.Seen.Books[0].Asks.Length));
        Assert.Equal(0, desk.Session.Oddities.GeneralFrames);

        var book = new OrderBook(CoinbaseDesk.Bitcoin);
        desk.Batch.DeliverTo(new RecordedBook(book));
        Assert.Equal((true, Levels / 2), (book.IsLive, book.Bids.Count));
    }

    [Fact]
    public void A_delete_of_a_price_that_was_never_told_is_no_trouble()
    {
        var desk = CoinbaseDesk.Open();
        var recorded = new RecordedBook(new OrderBook(CoinbaseDesk.Bitcoin));
        foreach (var frame in new[] { CoinbaseDesk.Snapshot(0), CoinbaseDesk.Book(1, "update", "BTC-USD", CoinbaseDesk.Bid("1.23", "0")) })
        {
            desk.Hear(frame);
            desk.Batch.DeliverTo(recorded);
        }

        Assert.True(recorded.Book.IsLive);
        Assert.Equal(1, recorded.Book.Counters.AbsentDeletes);
    }

    [Fact]
    public void Data_of_another_name_of_the_book_go_to_the_instrument_that_was_asked_for()
    {
        var listed = CoinbaseDesk.Product(0, "BTC-USDC", wire: "BTC-USD");
        var desk = CoinbaseDesk.Open(null, listed);
        Assert.Contains("\"BTC-USD\"", FrameDesk.Texts(desk.Session.Opening)[0], StringComparison.Ordinal);
        Assert.Equal(FrameOutcome.Data(0), desk.Hear(CoinbaseDesk.Snapshot(0)));

        var unlisted = CoinbaseDesk.Product(0, "ETH-USDC");
        desk = CoinbaseDesk.Open(null, unlisted);
        Assert.Equal(FrameOutcome.Data(0), desk.Hear(CoinbaseDesk.Snapshot(0, "ETH-USD")));
        Assert.Equal(FrameOutcome.Data(0), desk.Hear(CoinbaseDesk.Update(1, "ETH-USD")));
    }

    [Fact]
    public void A_product_that_nobody_follows_is_counted_and_left()
    {
        var desk = CoinbaseDesk.Open();
        Assert.Equal(FrameKind.Unknown, desk.Hear(CoinbaseDesk.Update(0, "SOL-USD")).Kind);
        Assert.Equal(FrameOutcome.Data(0), desk.Hear(CoinbaseDesk.Snapshot(1)));
        Assert.Empty(desk.Seen.Statuses);
    }

    [Theory]
    [InlineData("\"side\":\"bid\"", "\"side\":\"ask\"")]
    [InlineData("\"price_level\":\"68900.00\"", "\"price_level\":\"0\"")]
    [InlineData("\"price_level\":\"68900.00\"", "\"price_level\":\"68900.001\"")]
    [InlineData("\"price_level\":\"68900.00\",", "")]
    [InlineData("\"new_quantity\":\"2\"", "\"new_quantity\":\"-2\"")]
    [InlineData("\"type\":\"update\"", "\"type\":\"other\"")]
    [InlineData("\"product_id\":\"BTC-USD\",", "")]
    [InlineData("\"sequence_num\":3", "\"sequence_num\":-3")]
    [InlineData("\"sequence_num\":3", "\"sequence_num\":3.5")]
    [InlineData("\"events\":[", "\"eventz\":[")]
    public void A_book_that_cannot_be_read_leaves_nothing(string good, string bad)
    {
        var desk = CoinbaseDesk.Open();
        Assert.Equal(FrameKind.Malformed, desk.Hear(CoinbaseDesk.Update(3).Replace(good, bad, StringComparison.Ordinal)).Kind);
        Assert.Equal(0, desk.Batch.Count + desk.Batch.LevelCount);
    }
}
