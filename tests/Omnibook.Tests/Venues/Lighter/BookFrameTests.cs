using Omnibook.Core.Events;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.Lighter;

/// <summary>The frames are those of https://apidocs.lighter.xyz/docs/websocket-reference, with a few levels.</summary>
public sealed class BookFrameTests
{
    private const string Snapshot =
        """{"channel":"order_book:0","last_updated_at":1778138389655150,"offset":2164,"order_book":{"code":0,"asks":[{"price":"2325.00","size":"99.0000"}],"bids":[{"price":"2000.00","size":"0.0200"}],"offset":2164,"nonce":904845,"last_updated_at":1778138389655150,"begin_nonce":0},"timestamp":1778138582602,"type":"subscribed/order_book"}""";

    private const string Update =
        """{"channel":"order_book:0","last_updated_at":1774884082309144,"offset":1558300,"order_book":{"code":0,"asks":[{"price":"2064.54","size":"0.3285"}],"bids":[],"offset":1558300,"nonce":9182390020,"last_updated_at":1774884082309144,"begin_nonce":9182389998},"timestamp":1774884082326,"type":"update/order_book"}""";

    private readonly FrameDesk _desk = LighterDesk.Open();

    [Fact]
    public void The_first_frame_of_a_subscription_is_the_whole_book()
    {
        Assert.Equal(FrameOutcome.Data(0), _desk.Hear(Snapshot));
        var book = Assert.Single(_desk.Seen.Books);
        Assert.True(book.IsSnapshot);
        Assert.False(book.RestartsSequence);
        Assert.Equal(904845, book.Last);
        Assert.Equal(["2000 0.02"], FrameDesk.Levels(LighterDesk.Ether, book.Bids));
        Assert.Equal(["2325 99"], FrameDesk.Levels(LighterDesk.Ether, book.Asks));
        Assert.Equal(new EventTimes(new Timestamp(1778138389655150_000), FrameDesk.Noon), book.Times);
    }

    [Fact]
    public void A_change_begins_after_the_nonce_before_it_whatever_the_offset()
    {
        Assert.Equal(FrameOutcome.Data(0), _desk.Hear(Update));
        var book = Assert.Single(_desk.Seen.Books);
        Assert.False(book.IsSnapshot);
        Assert.Equal((9182389999, 9182390020), (book.First, book.Last));
        Assert.Empty(book.Bids);
        Assert.Equal(["2064.54 0.3285"], FrameDesk.Levels(LighterDesk.Ether, book.Asks));
    }

    [Fact]
    public void The_format_of_2025_had_offsets_alone()
    {
        const string Old = """{"channel":"order_book:1","offset":1347365,"order_book":{"code":0,"asks":[],"bids":[{"price":"121040.8","size":"0.00000"}],"offset":1347365},"timestamp":1760041996048,"type":"update/order_book"}""";
        Assert.Equal(FrameOutcome.Data(1), _desk.Hear(Old));
        var book = Assert.Single(_desk.Seen.Books);
        Assert.Equal((1347365, 1347365), (book.First, book.Last));
        Assert.Equal(Timestamp.FromMilliseconds(1760041996048), book.Times.VenueTime);

        _desk.Hear(Old.Replace("update/", "subscribed/", StringComparison.Ordinal));
        Assert.Equal((true, 1347365L), (_desk.Seen.Books[0].IsSnapshot, _desk.Seen.Books[0].Last));
    }

    [Theory]
    [InlineData("""{"channel":"order_book:39","offset":1,"order_book":{"asks":[],"begin_nonce":0,"bids":[],"code":0,"last_updated_at":0,"nonce":0,"offset":1},"timestamp":1778138582602,"type":"subscribed/order_book"}""")]
    [InlineData("""{"channel":"order_book:39","offset":1,"order_book":{"asks":null,"begin_nonce":0,"bids":null,"code":0,"nonce":0,"offset":1},"timestamp":1778138582602,"type":"subscribed/order_book"}""")]
    [InlineData("""{"type":"subscribed/order_book","channel":"order_book:39","order_book":{"nonce":0,"begin_nonce":0}}""")]
    public void An_empty_market_has_an_empty_book(string frame)
    {
        Assert.Equal(FrameOutcome.Data(0), _desk.Hear(frame.Replace(":39", ":0", StringComparison.Ordinal)));
        var book = Assert.Single(_desk.Seen.Books);
        Assert.Equal((0, 0, 0), (book.Last, book.Bids.Length, book.Asks.Length));
    }

    [Fact]
    public void The_order_of_the_keys_and_blanks_do_not_matter()
    {
        _desk.Hear("""{ "order_book": { "begin_nonce": 10, "nonce": 12, "bids": [ { "size": "0.1", "price": "2000.01" } ], "asks": [] }, "type": "update/order_book", "channel": "order_book:0", "timestamp": 1774884082326 }""");
        var book = Assert.Single(_desk.Seen.Books);
        Assert.Equal((11, 12), (book.First, book.Last));
        Assert.Equal(["2000.01 0.1"], FrameDesk.Levels(LighterDesk.Ether, book.Bids));
    }

    [Fact]
    public void A_second_snapshot_was_asked_for_and_replaces_the_book()
    {
        _desk.Hear(Snapshot);
        _desk.Hear(Snapshot);
        Assert.True(Assert.Single(_desk.Seen.Books).RestartsSequence);
    }

    [Theory]
    [InlineData("\"0\"", 0)]
    [InlineData("\"0.0000\"", 0)]
    [InlineData("0", 0)]
    [InlineData("\"1e-4\"", 1)]
    public void A_size_of_zero_deletes_however_it_is_written(string size, long units)
    {
        _desk.Hear(Update.Replace("\"0.3285\"", size, StringComparison.Ordinal));
        Assert.Equal(units, Assert.Single(_desk.Seen.Books).Asks[0].Quantity.Units);
    }

    [Theory]
    [InlineData("\"0.3285\"", "\"-1\"")]
    [InlineData("\"0.3285\"", "\"0.32851\"")]
    [InlineData("\"0.3285\"", "null")]
    [InlineData("\"2064.54\"", "\"0\"")]
    [InlineData("\"price\":\"2064.54\",", "")]
    [InlineData("\"begin_nonce\":9182389998", "\"begin_nonce\":9182390021")]
    [InlineData(",\"begin_nonce\":9182389998", "")]
    [InlineData("\"nonce\":9182390020", "\"nonce\":null")]
    [InlineData("\"bids\":[]", "\"asks\":[]")]
    [InlineData("\"bids\":[]", "\"bids\":7")]
    [InlineData("\"order_book\":", "\"book\":")]
    [InlineData("1774884082326", "\"later\"")]
    [InlineData("}", "")]
    public void What_cannot_be_read_is_malformed_and_leaves_nothing(string good, string bad)
    {
        var outcome = _desk.Hear(Update.Replace(good, bad, StringComparison.Ordinal));
        Assert.Equal(FrameKind.Malformed, outcome.Kind);
        Assert.Equal((0, 0), (_desk.Batch.Count, _desk.Batch.LevelCount));
    }

    [Theory]
    [InlineData("order_book:7")]
    [InlineData("candle:0:1m")]
    [InlineData("height")]
    public void Channels_that_nobody_asked_for_are_unknown(string channel)
    {
        Assert.Equal(FrameKind.Unknown, _desk.Hear(Update.Replace("order_book:0", channel, StringComparison.Ordinal)).Kind);
        Assert.Empty(_desk.Seen.Texts);
    }
}
