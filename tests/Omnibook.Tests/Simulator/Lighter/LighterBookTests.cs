using System.Text.Json;
using Omnibook.Simulator.Faults;

namespace Omnibook.Tests.Simulator.Lighter;

public class LighterBookTests
{
    private readonly VirtualVenue _venue = VirtualVenue.Lighter();

    [Fact]
    public void A_snapshot_and_updates_rebuild_the_true_book_at_every_nonce()
    {
        var connection = _venue.Stream("order_book/1");
        _venue.Run(30);
        var messages = VirtualVenue.OfColon(VirtualVenue.Frames(connection), "order_book:1");
        var book = new LocalBook();

        Assert.Equal("subscribed/order_book", messages[0].GetProperty("type").GetString());
        Assert.Equal(0, Number(messages[0], "begin_nonce"));
        Assert.True(messages.Count > 100);
        foreach (var message in messages)
        {
            Apply(book, message);
            Assert.Equal(_venue.Venue.BookAt("BTC", Number(message, "nonce"))!.Digest(), book.Digest());
            Assert.False(book.IsCrossed);
        }

        Assert.InRange(book.OrphanDeletes, 1, book.Deletes);
    }

    [Fact]
    public void Updates_are_chained_by_nonces_and_offsets_jump()
    {
        var (one, two) = (_venue.Stream("order_book/0"), _venue.Stream("order_book/0"));
        _venue.Run(5);
        var messages = VirtualVenue.OfColon(VirtualVenue.Frames(one), "order_book:0");
        Assert.All(messages.Zip(messages.Skip(1)), static pair => Assert.Equal(Number(pair.First, "nonce"), Number(pair.Second, "begin_nonce")));
        Assert.All(messages.Zip(messages.Skip(1)), static pair => Assert.True(Number(pair.First, "offset") < Number(pair.Second, "offset")));
        Assert.Contains(messages.Zip(messages.Skip(1)), static pair => Number(pair.First, "offset") + 1 < Number(pair.Second, "offset"));
        Assert.All(messages, static message => Assert.Equal(message.GetProperty("offset").GetInt64(), Number(message, "offset")));
        Assert.Equal(
            messages.Select(static message => Number(message, "nonce")),
            VirtualVenue.OfColon(VirtualVenue.Frames(two), "order_book:0").Select(static message => Number(message, "nonce")));
    }

    [Fact]
    public void Offsets_belong_to_the_server_that_a_connection_has_met()
    {
        var offsets = Enumerable.Range(0, 12)
            .Select(_ => Number(VirtualVenue.OfColon(VirtualVenue.Frames(_venue.Stream("order_book/0")), "order_book:0")[0], "offset"))
            .Distinct().ToList();
        Assert.Equal(3, offsets.Count);
    }

    [Fact]
    public void Who_comes_later_and_who_comes_again_goes_on_from_the_snapshot()
    {
        var early = _venue.Stream("order_book/1");
        _venue.Run(2.017);
        var late = _venue.Stream("order_book/1");
        _venue.Run(1);
        foreach (var connection in new[] { early, late })
        {
            var messages = VirtualVenue.OfColon(VirtualVenue.Frames(connection), "order_book:1");
            Assert.All(messages.Zip(messages.Skip(1)), static pair => Assert.Equal(Number(pair.First, "nonce"), Number(pair.Second, "begin_nonce")));
        }

        VirtualVenue.Say(late, """{"type":"unsubscribe","channel":"order_book/1"}""");
        VirtualVenue.Say(late, """{"type":"subscribe","channel":"order_book/1"}""");
        var answers = VirtualVenue.Frames(late);
        Assert.Equal("""{"type":"unsubscribed","channel":"order_book:1"}""", answers[0].GetRawText());
        Assert.Equal("subscribed/order_book", answers[1].GetProperty("type").GetString());
    }

    [Fact]
    public void A_ticker_comes_at_every_nonce_and_shows_the_true_top()
    {
        var connection = _venue.Stream("ticker/1");
        _venue.Run(10);
        var tickers = VirtualVenue.OfColon(VirtualVenue.Frames(connection), "ticker:1");
        Assert.True(tickers.Count > 100);
        foreach (var ticker in tickers)
        {
            var truth = _venue.Venue.BookAt("BTC", ticker.GetProperty("nonce").GetInt64())!;
            var (ask, bid) = (ticker.GetProperty("ticker").GetProperty("a"), ticker.GetProperty("ticker").GetProperty("b"));
            Assert.Equal(truth.PriceScale.ToDecimal(truth.Asks[0].Price), LocalBook.Number(ask.GetProperty("price")));
            Assert.Equal(truth.QuantityScale.ToDecimal(truth.Bids[0].Quantity), LocalBook.Number(bid.GetProperty("size")));
        }
    }

    [Fact]
    public void Orders_of_rest_sum_up_to_the_levels_of_the_book()
    {
        _venue.Run(3);
        var orders = _venue.Get("/api/v1/orderBookOrders", ("market_id", "1"), ("limit", "250"));
        var truth = _venue.Venue.BookAt("BTC", null)!;
        foreach (var (name, levels) in new[] { ("asks", truth.Asks), ("bids", truth.Bids) })
        {
            var sums = orders.GetProperty(name).EnumerateArray()
                .GroupBy(static order => LocalBook.Number(order.GetProperty("price")))
                .Select(static level => (level.Key, level.Sum(static order => LocalBook.Number(order.GetProperty("remaining_base_amount"))))).SkipLast(1).ToList();
            Assert.NotEmpty(sums);
            Assert.Equal(levels.Take(sums.Count).Select(level => (truth.PriceScale.ToDecimal(level.Price), truth.QuantityScale.ToDecimal(level.Quantity))), sums);
        }
    }

    [Fact]
    public void A_delisted_market_is_inactive_silent_and_empty_and_comes_back()
    {
        var connection = _venue.Stream("order_book/1");
        var fault = _venue.Inject(new FaultRequest { Fault = "delist", Symbol = "BTC" });
        _venue.Run(0.1);
        VirtualVenue.Drain(connection);
        _venue.Run(3);
        Assert.Empty(VirtualVenue.Drain(connection));
        Assert.Equal("inactive", _venue.Get("/api/v1/orderBooks", ("market_id", "1")).GetProperty("order_books")[0].GetProperty("status").GetString());
        var empty = VirtualVenue.OfColon(VirtualVenue.Frames(_venue.Stream("order_book/1")), "order_book:1")[0];
        Assert.Equal((0, 0), (Number(empty, "nonce"), empty.GetProperty("order_book").GetProperty("asks").GetArrayLength()));
        Assert.False(empty.TryGetProperty("last_updated_at", out _));

        Assert.True(_venue.Venue.Faults.Remove(fault.Id));
        _venue.Run(1);
        Assert.NotEmpty(VirtualVenue.Drain(connection));
    }

    private static void Apply(LocalBook book, JsonElement message) =>
        book.Apply(message.GetProperty("order_book").GetProperty("bids"), message.GetProperty("order_book").GetProperty("asks"));

    private static long Number(JsonElement message, string name) => message.GetProperty("order_book").GetProperty(name).GetInt64();
}
