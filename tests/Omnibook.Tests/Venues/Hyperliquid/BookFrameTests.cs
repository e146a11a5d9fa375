using System.Text;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.Hyperliquid;

public sealed class BookFrameTests
{
    private const string Documented =
        """{"channel":"l2Book","data":{"coin":"BTC","time":1790000000123,"levels":[[{"px":"110427.0","sz":"4.11882","n":12},{"px":"110426.0","sz":"1","n":1}],[{"px":"110428.0","sz":"3.72573","n":9}]]}}""";

    [Theory]
    [InlineData(Documented)]
    [InlineData("""{"channel":"l2Book","data":{"coin":"BTC","levels":[[{"n":12,"px":"110427.0","sz":"4.11882"},{"n":1,"px":"110426.0","sz":"1.0"}],[{"n":9,"px":"110428.0","sz":"3.72573"}]],"time":1790000000123}}""")]
    [InlineData("""{"data":{"levels":[[{"sz":4.11882,"n":"12","px":110427},{"px":"1.10426e5","sz":"1","n":1}],[{"px":"110428.0","sz":"3.72573","n":9}]],"time":"1790000000123","coin":"BTC"},"channel":"l2Book"}""")]
    [InlineData("""{ "x":[{"y":1}], "channel":"l2Book", "data": { "spread":"1.0","coin":"B\u0054C", "time":1790000000123, "fast":false, "levels": [ [ {"px":"110427.0","sz":"4.11882","n":12,"new":{"a":[1]}}, {"px":"110426.0","sz":"1","n":1} ], [ {"px":"110428.0","sz":"3.72573","n":9} ] ] }, "z":null }""")]
    public void A_book_reads_the_same_in_whatever_order_its_keys_stand(string frame)
    {
        var desk = Desk.Bitcoin;
        Assert.Equal(FrameOutcome.Data(desk.StreamOf(Channel.Book)), desk.Hear(frame));

        var book = Assert.Single(desk.Seen.Books);
        Assert.Equal(new BookSnapshot(desk.Instruments[0].Id, 1790000000123, new EventTimes(Timestamp.FromMilliseconds(1790000000123), Desk.Noon)), book.Snapshot);
        Assert.Equal(["110427 4.11882 12", "110426 1 1"], book.Bids.Select(level => SeenBook.Text(desk.Instruments[0], level)));
        Assert.Equal(["110428 3.72573 9"], book.Asks.Select(level => SeenBook.Text(desk.Instruments[0], level)));
    }

    [Fact]
    public void Of_keys_that_come_twice_the_last_one_counts()
    {
        var desk = new Desk(("BTC", 5), ("ETH", 4));
        desk.Hear("""{"channel":"l2Book","data":{"coin":"ETH","time":1790000000001,"levels":[[{"px":"1.5","sz":"1","n":1}],[]],"time":1790000000123,"coin":"BTC"}}""");

        var book = Assert.Single(desk.Seen.Books);
        Assert.Equal(desk.Instruments[0].Id, book.Snapshot.Instrument);
        Assert.Equal(1790000000123, book.Snapshot.Sequence);
        Assert.Equal(15, Assert.Single(book.Bids).Price.Units);
    }

    [Theory]
    [InlineData("""{"coin":"BTC","time":1790000000123,"levels":[[{"px":"110427.0","sz":"4.11882","n":12}],[]]}""", FrameKind.Data, 1)]
    [InlineData("""{"universe":[{"name":"BTC","szDecimals":5}]}""", FrameKind.Unknown, 0)]
    [InlineData("""{"coin":"BTC","fundingRate":"0.0000125","time":1790000000123}""", FrameKind.Unknown, 0)]
    public void A_book_as_REST_answers_it_is_a_book_and_other_answers_are_not(string text, FrameKind kind, int books)
    {
        var desk = Desk.Bitcoin;
        Assert.Equal(kind, desk.Hear(text).Kind);
        Assert.Equal(books, desk.Seen.Books.Count);
    }

    [Fact]
    public void An_empty_book_is_no_live_book_and_the_next_level_brings_it_back()
    {
        var desk = Desk.Bitcoin;
        desk.Hear("""{"channel":"l2Book","data":{"coin":"BTC","time":1790000000123,"levels":[[],[]]}}""");
        Assert.Empty(desk.Seen.Books);
        var gone = Assert.Single(desk.Seen.Statuses);
        Assert.Equal((BookState.Delisted, StatusReasons.EmptyBook), (gone.State, gone.Reason));

        desk.Hear(Documented);
        Assert.Equal(BookState.Buffering, desk.Seen.Statuses[^1].State);
        Assert.Single(desk.Seen.Books);
    }

    [Theory]
    [InlineData("merrli:BTC")]
    [InlineData("sekaw:BTC")]
    [InlineData("btcx:BTC-FEUSD")]
    public void Coins_of_builder_dexes_are_found_by_their_whole_name(string coin)
    {
        var desk = new Desk(("BTC", 5), (coin, 5));
        desk.Session = desk.Venue.OpenSession(desk.Plans[1]);
        desk.Hear(Documented.Replace("\"BTC\"", $"\"{coin}\"", StringComparison.Ordinal));
        Assert.Equal(desk.Instruments[1].Id, Assert.Single(desk.Seen.Books).Snapshot.Instrument);
    }

    [Fact]
    public void A_book_of_a_coin_that_nobody_asked_for_is_known_as_such()
    {
        var desk = new Desk(("ETH", 4));
        Assert.Equal(FrameKind.Unknown, desk.Hear(Documented).Kind);
        Assert.Equal(0, desk.Events + desk.Levels);
    }

    [Fact]
    public void A_replay_registers_coins_as_they_come()
    {
        var desk = new Desk(("BTC", 5));
        desk.Session = desk.Venue.OpenSession(
            new ConnectionPlan("replay", new Uri("ws://127.0.0.1/ws"), []), symbol => symbol == "BTC" ? desk.Instruments[0] : null);

        Assert.Equal(FrameOutcome.Data(-1), desk.Hear(Documented));
        Assert.Equal(desk.Instruments[0].Id, Assert.Single(desk.Seen.Books).Snapshot.Instrument);
    }

    [Fact]
    public void A_book_of_the_same_block_is_delivered_but_is_no_sign_of_life()
    {
        var desk = Desk.Bitcoin;
        desk.Hear(Documented);
        Assert.Equal(FrameOutcome.Data(-1), desk.Hear(Documented));
        Assert.Single(desk.Seen.Books);
    }

    [Fact]
    public void A_book_whose_time_stands_still_for_long_is_withheld_until_time_goes_on()
    {
        var desk = Desk.Bitcoin;
        desk.Hear(Documented);

        Assert.Equal(FrameKind.Heartbeat, desk.Hear(Documented, Desk.Noon + TimeSpan.FromSeconds(18)).Kind);
        Assert.Equal(0, desk.Events + desk.Levels);
        var later = Documented.Replace("0123", "9123", StringComparison.Ordinal);
        Assert.Equal(FrameOutcome.Data(desk.StreamOf(Channel.Book)), desk.Hear(later, Desk.Noon + TimeSpan.FromSeconds(19)));
        Assert.Single(desk.Seen.Books);
    }

    [Fact]
    public void The_answer_to_a_snapshot_request_is_a_book()
    {
        var desk = Desk.Bitcoin;
        var request = desk.Venue.SnapshotRequest(desk.Instruments[0])!;
        Assert.Equal("info", request.Path);
        Assert.Equal(2, request.Weight);
        Assert.Equal("""{"type":"l2Book","coin":"BTC"}""", Encoding.UTF8.GetString(request.Body!.Value.Span));

        var batch = new EventBatch();
        var body = """{"coin":"BTC","time":1790000000123,"levels":[[{"px":"110427.0","sz":"4.11882","n":12}],[{"px":"110428.0","sz":"3.72573"}]]}"""u8;
        Assert.True(desk.Venue.TryTranslateSnapshot(desk.Instruments[0], body, Desk.Noon, batch));
        var book = Assert.Single(SeenEvents.Of(batch).Books);
        Assert.Equal(1790000000123, book.Snapshot.Sequence);
        Assert.Equal(0, book.Asks[0].Orders);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("Failed to deserialize the JSON body into the target type")]
    [InlineData("[]")]
    [InlineData("""{"coin":"ETH","time":1790000000123,"levels":[[],[]]}""")]
    [InlineData("""{"coin":"BTC","levels":[[],[]]}""")]
    [InlineData("""{"coin":"BTC","time":1790000000123,"levels":[[],[]]} x""")]
    [InlineData("""{"coin":"BTC","time":1790000000123,"levels":[[{"px":"1.0","sz":"1"}""")]
    public void Anything_else_is_no_answer_to_a_snapshot_request_and_leaves_nothing(string body)
    {
        var desk = Desk.Bitcoin;
        var batch = new EventBatch();
        Assert.False(desk.Venue.TryTranslateSnapshot(desk.Instruments[0], Encoding.UTF8.GetBytes(body), Desk.Noon, batch));
        Assert.Equal(0, batch.Count + batch.LevelCount);
    }
}
