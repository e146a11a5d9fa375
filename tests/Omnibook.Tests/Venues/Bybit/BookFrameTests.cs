using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Venues;
using Omnibook.Venues.Bybit;

namespace Omnibook.Tests.Venues.Bybit;

/// <summary>The frames are those of https://bybit-exchange.github.io/docs/v5/websocket/public/orderbook, cut to a few levels.</summary>
public sealed class BookFrameTests
{
    private const string Snapshot =
        """{"topic":"orderbook.200.BTCUSDT","type":"snapshot","ts":1672304484978,"data":{"s":"BTCUSDT","b":[["16493.50","0.006"],["16493.00","0.100"]],"a":[["16611.00","0.029"],["16612.00","0.213"]],"u":18521288,"seq":7961638724},"cts":1672304484976}""";

    private readonly FrameDesk _desk = BybitDesk.Open();

    [Fact]
    public void A_snapshot_is_read_field_by_field()
    {
        var outcome = _desk.Hear(Snapshot);

        Assert.Equal(FrameOutcome.Data(0), outcome);
        var book = Assert.Single(_desk.Seen.Books);
        Assert.True(book.IsSnapshot);
        Assert.False(book.RestartsSequence);
        Assert.Equal(18521288, book.Last);
        Assert.Equal(["16493.5 0.006", "16493 0.1"], FrameDesk.Levels(BybitDesk.Bitcoin, book.Bids));
        Assert.Equal(["16611 0.029", "16612 0.213"], FrameDesk.Levels(BybitDesk.Bitcoin, book.Asks));
        Assert.Equal(new EventTimes(Timestamp.FromMilliseconds(1672304484976), FrameDesk.Noon), book.Times);
    }

    [Fact]
    public void A_change_covers_its_one_number_and_zero_deletes()
    {
        _desk.Hear("""{"topic":"orderbook.200.BTCUSDT","type":"delta","ts":1687940967466,"data":{"s":"BTCUSDT","b":[["30247.20","30.028"],["30240.00","0"]],"a":[],"u":177400507,"seq":66544703342},"cts":1687940967464}""");

        var book = Assert.Single(_desk.Seen.Books);
        Assert.False(book.IsSnapshot);
        Assert.Equal((177400507, 177400507), (book.First, book.Last));
        Assert.Equal(["30247.2 30.028", "30240 0"], FrameDesk.Levels(BybitDesk.Bitcoin, book.Bids));
        Assert.Empty(book.Asks);
    }

    [Fact]
    public void Without_cts_the_senders_time_counts()
    {
        _desk.Hear(Snapshot.Replace(",\"cts\":1672304484976", "", StringComparison.Ordinal));
        Assert.Equal(Timestamp.FromMilliseconds(1672304484978), Assert.Single(_desk.Seen.Books).Times.VenueTime);
    }

    [Fact]
    public void The_order_of_the_keys_and_blanks_do_not_matter()
    {
        _desk.Hear("""{ "cts":1672304484976, "data":{"seq":7,"a":[["16611.00","0.029"]],"u":5,"b":[["16493.50","0.006"]],"s":"BTCUSDT"}, "ts":1672304484978, "new":[{"x":null}], "type":"snapshot", "topic":"orderbook.200.BTCUSDT" }""");

        var book = Assert.Single(_desk.Seen.Books);
        Assert.Equal(5, book.Last);
        Assert.Equal(["16493.5 0.006"], FrameDesk.Levels(BybitDesk.Bitcoin, book.Bids));
        Assert.Equal(["16611 0.029"], FrameDesk.Levels(BybitDesk.Bitcoin, book.Asks));
    }

    [Theory]
    [InlineData("\"0\"", 0)]
    [InlineData("\"0.000\"", 0)]
    [InlineData("0", 0)]
    [InlineData("\"0E-8\"", 0)]
    [InlineData("\"-0\"", 0)]
    [InlineData("\"1.7e1\"", 17000)]
    [InlineData("0.006", 6)]
    public void Amounts_may_be_quoted_or_not(string quantity, long units)
    {
        _desk.Hear(Snapshot.Replace("\"0.006\"", quantity, StringComparison.Ordinal));
        Assert.Equal(units, Assert.Single(_desk.Seen.Books).Bids[0].Quantity.Units);
    }

    [Theory]
    [InlineData("\"0.006\"", "\"-1\"")]
    [InlineData("\"0.006\"", "\"0.0061\"")]
    [InlineData("\"0.006\"", "\"NaN\"")]
    [InlineData("\"0.006\"", "\"\"")]
    [InlineData("\"0.006\"", "null")]
    [InlineData("\"0.006\"", "\"1,5\"")]
    [InlineData("\"0.006\"", "\"1e400\"")]
    [InlineData("\"16493.50\"", "\"0\"")]
    [InlineData("\"16493.50\"", "\"-16493.50\"")]
    [InlineData("\"u\":18521288", "\"u\":null")]
    [InlineData("\"u\":18521288", "\"u\":0")]
    [InlineData("\"u\":18521288,", "")]
    [InlineData("\"b\":", "\"x\":")]
    [InlineData("\"a\":[", "\"b\":[")]
    [InlineData("\"data\":", "\"date\":")]
    [InlineData("snapshot", "other")]
    [InlineData("1672304484978", "\"later\"")]
    [InlineData("}", "")]
    public void What_cannot_be_read_is_malformed_and_leaves_nothing(string good, string bad)
    {
        var outcome = _desk.Hear(Snapshot.Replace(good, bad, StringComparison.Ordinal));
        Assert.Equal(FrameKind.Malformed, outcome.Kind);
        Assert.Equal((0, 0), (_desk.Batch.Count, _desk.Batch.LevelCount));
    }

    [Fact]
    public void An_absurd_time_is_unknown_and_counted()
    {
        _desk.Hear(Snapshot.Replace("1672304484976", "1672304484", StringComparison.Ordinal));
        Assert.True(Assert.Single(_desk.Seen.Books).Times.VenueTime.IsUnknown);
        Assert.Equal(1, _desk.Session.Oddities.UnknownTimes);
    }

    [Fact]
    public void Any_later_snapshot_replaces_the_book_whatever_its_number()
    {
        _desk.Hear(Snapshot);
        _desk.Hear(Snapshot.Replace("18521288", "17", StringComparison.Ordinal));
        Assert.True(Assert.Single(_desk.Seen.Books).RestartsSequence);
    }

    [Fact]
    public void A_restarted_service_begins_with_number_one()
    {
        _desk.Hear(Snapshot.Replace("18521288", "1", StringComparison.Ordinal));
        Assert.True(Assert.Single(_desk.Seen.Books).RestartsSequence);
        Assert.Empty(_desk.Seen.Statuses);
    }

    [Fact]
    public void Number_one_with_empty_sides_says_that_there_is_no_book()
    {
        _desk.Hear(Snapshot);
        _desk.Hear("""{"topic":"orderbook.200.BTCUSDT","type":"snapshot","ts":1672304484978,"data":{"s":"BTCUSDT","b":[],"a":[],"u":1,"seq":1},"cts":1672304484976}""");

        Assert.Empty(_desk.Seen.Books);
        Assert.Equal((BookState.Delisted, StatusReasons.Delisted), (_desk.Seen.Statuses[0].State, _desk.Seen.Statuses[0].Reason));
    }

    [Fact]
    public void A_book_that_comes_after_an_auction_or_a_new_tick_ends_that_state()
    {
        _desk.Hear("""{"topic":"orderbook.200.BTCUSDT","type":"snapshot","ts":1672304484978,"data":{"s":"BTCUSDT","b":[],"a":[],"u":1,"seq":1},"cts":1672304484976}""");
        _desk.Hear(Snapshot);

        Assert.Equal(BookState.Buffering, Assert.Single(_desk.Seen.Statuses).State);
        Assert.True(Assert.Single(_desk.Seen.Books).RestartsSequence);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    public void A_change_whose_number_fell_back_asks_for_a_book(long update)
    {
        _desk.Hear(Snapshot);
        _desk.Hear($$"""{"topic":"orderbook.200.BTCUSDT","type":"delta","ts":1687940967466,"data":{"s":"BTCUSDT","b":[["30247.20","30.028"]],"a":[],"u":{{update}},"seq":66544703342},"cts":1687940967464}""");

        Assert.Empty(_desk.Seen.Books);
        Assert.Equal(
            (BookState.Resyncing, StatusReasons.SequenceRestarted), (_desk.Seen.Statuses[0].State, _desk.Seen.Statuses[0].Reason));
    }

    [Fact]
    public void Where_numbers_only_rise_a_change_covers_what_it_skips()
    {
        var desk = BybitDesk.Open(new BybitOptions { UpdatesAreConsecutive = false });
        desk.Hear(Snapshot);
        desk.Hear("""{"topic":"orderbook.200.BTCUSDT","type":"delta","ts":1687940967466,"data":{"s":"BTCUSDT","b":[["30247.20","30.028"]],"a":[],"u":18521295,"seq":1},"cts":1687940967464}""");
        Assert.Equal((18521289, 18521295), (desk.Seen.Books[0].First, desk.Seen.Books[0].Last));
    }

    [Fact]
    public void Depth_one_is_the_top_of_the_book_and_has_no_number_of_it()
    {
        const string Top = """{"topic":"orderbook.1.BTCUSDT","ts":1672304484978,"type":"snapshot","data":{"s":"BTCUSDT","b":[["16493.50","0.006"]],"a":[],"u":18521288,"seq":7961638724},"cts":1672304484976}""";
        Assert.Equal(FrameOutcome.Data(1), _desk.Hear(Top));
        var top = Assert.Single(_desk.Seen.Tops);
        Assert.Equal(0, top.Sequence);
        Assert.Equal(["16493.5 0.006", "0 0"], FrameDesk.Levels(BybitDesk.Bitcoin, [top.Bid, top.Ask]));

        // Unchanged, it is sent again after three seconds with the same number.
        Assert.Equal(FrameOutcome.Data(1), _desk.Hear(Top));
        Assert.Single(_desk.Seen.Tops);
        Assert.Empty(_desk.Seen.Books);
    }

    [Theory]
    [InlineData("orderbook.200.ETHUSDT")]
    [InlineData("orderbook.50.BTCUSDT")]
    [InlineData("orderbook.rpi.BTCUSDT")]
    [InlineData("orderbook.full.BTCUSDT")]
    [InlineData("kline.5.BTCUSDT")]
    public void Topics_that_nobody_asked_for_are_unknown(string topic)
    {
        Assert.Equal(FrameKind.Unknown, _desk.Hear(Snapshot.Replace("orderbook.200.BTCUSDT", topic, StringComparison.Ordinal)).Kind);
        Assert.Empty(_desk.Seen.Texts);
    }
}
