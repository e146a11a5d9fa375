using System.Text.Json;

namespace Omnibook.Tests.Simulator.BinanceUsdm;

public class BinanceDepthTests
{
    private readonly VirtualVenue _venue = VirtualVenue.Binance();

    [Theory]
    [InlineData("btcusdt@depth@100ms")]
    [InlineData("btcusdt@depth")]
    [InlineData("btcusdt@depth@500ms")]
    public void Each_event_continues_the_one_before_it_and_the_ids_between_belong_to_others(string stream)
    {
        var connection = _venue.Public(stream);
        _venue.Run(30);
        var events = VirtualVenue.Of(VirtualVenue.Frames(connection), stream);

        Assert.True(events.Count > 20);
        foreach (var (before, after) in events.Zip(events.Skip(1)))
        {
            Assert.Equal(Id(before, "u"), Id(after, "pu"));
            Assert.True(Id(after, "U") > Id(after, "pu"));
            Assert.True(Id(after, "U") <= Id(after, "u"));
        }

        Assert.Contains(events, static update => Id(update, "U") != Id(update, "pu") + 1);
    }

    [Fact]
    public void A_snapshot_lies_within_an_event_and_a_local_book_equals_the_true_one_at_every_event()
    {
        const string Stream = "btcusdt@depth@100ms";
        var connection = _venue.Public(Stream);
        _venue.Run(1.03);
        var snapshot = _venue.Get("/fapi/v1/depth", ("symbol", "BTCUSDT"), ("limit", "1000"));
        _venue.Run(60);
        var last = snapshot.GetProperty("lastUpdateId").GetInt64();
        var events = VirtualVenue.Of(VirtualVenue.Frames(connection), Stream).Where(update => Id(update, "u") >= last).ToList();
        var book = LocalBook.FromSnapshot(snapshot);

        Assert.InRange(last, Id(events[0], "U"), Id(events[0], "u"));
        foreach (var update in events)
        {
            book.Apply(update);
            Assert.Equal(_venue.Venue.BookAt("BTCUSDT", Id(update, "u"))!.Digest(), book.Digest());
            Assert.False(book.IsCrossed);
        }

        Assert.InRange(book.OrphanDeletes * 100 / book.Deletes, 25, 55);
    }

    [Fact]
    public void A_book_ticker_with_the_id_of_a_depth_event_shows_the_same_top()
    {
        var connection = _venue.Public("btcusdt@depth@100ms", "btcusdt@bookTicker");
        _venue.Run(0.5);
        var snapshot = _venue.Get("/fapi/v1/depth", ("symbol", "BTCUSDT"), ("limit", "1000"));
        _venue.Run(120);
        var frames = VirtualVenue.Frames(connection);
        var tickers = VirtualVenue.Of(frames, "btcusdt@bookTicker").ToDictionary(static ticker => Id(ticker, "u"));
        var book = LocalBook.FromSnapshot(snapshot);
        var compared = 0;
        foreach (var update in VirtualVenue.Of(frames, "btcusdt@depth@100ms").Where(update => Id(update, "u") >= snapshot.GetProperty("lastUpdateId").GetInt64()))
        {
            book.Apply(update);
            if (tickers.TryGetValue(Id(update, "u"), out var ticker))
            {
                compared++;
                Assert.Equal(book.BestBid, (LocalBook.Number(ticker.GetProperty("b")), LocalBook.Number(ticker.GetProperty("B"))));
                Assert.Equal(book.BestAsk, (LocalBook.Number(ticker.GetProperty("a")), LocalBook.Number(ticker.GetProperty("A"))));
            }
        }

        Assert.True(compared > 20);
    }

    [Fact]
    public void A_partial_book_is_the_top_of_the_true_book()
    {
        var connection = _venue.Public("ethusdt@depth10@100ms");
        _venue.Run(5);
        foreach (var top in VirtualVenue.Of(VirtualVenue.Frames(connection), "ethusdt@depth10@100ms"))
        {
            var truth = _venue.Venue.BookAt("ETHUSDT", Id(top, "u"))!;
            Assert.Equal(truth.Bids.Take(10).Select(level => truth.PriceScale.ToDecimal(level.Price)), Prices(top, "b"));
            Assert.Equal(truth.Asks.Take(10).Select(level => truth.PriceScale.ToDecimal(level.Price)), Prices(top, "a"));
        }
    }

    [Fact]
    public void The_true_book_is_known_for_recent_ids_only()
    {
        _venue.Run(1);
        var current = _venue.Venue.BookAt("BTCUSDT", null)!;

        Assert.Null(_venue.Venue.BookAt("BTCUSDT", current.Sequence + 1));
        Assert.Null(_venue.Venue.BookAt("BTCUSDT", 1));
        Assert.NotNull(_venue.Venue.BookAt("BTCUSDT", current.Sequence - 1));
    }

    [Fact]
    public void Depth_events_carry_the_fields_of_the_merged_feeds()
    {
        var connection = _venue.Connect("/public/ws/btcusdt@depth@100ms");
        _venue.Run(0.5);
        var update = VirtualVenue.Frames(connection)[0];

        Assert.Equal("depthUpdate", update.GetProperty("e").GetString());
        Assert.Equal("BTCUSDT", update.GetProperty("ps").GetString());
        Assert.Equal(1, update.GetProperty("st").GetInt32());
        Assert.True(update.GetProperty("E").GetInt64() >= update.GetProperty("T").GetInt64());
    }

    private static IEnumerable<decimal> Prices(JsonElement top, string side) => top.GetProperty(side).EnumerateArray().Select(static level => LocalBook.Number(level[0]));

    private static long Id(JsonElement update, string name) => update.GetProperty(name).GetInt64();
}
