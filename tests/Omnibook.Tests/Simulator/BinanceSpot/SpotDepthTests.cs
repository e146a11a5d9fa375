using System.Text.Json;

namespace Omnibook.Tests.Simulator.BinanceSpot;

public class SpotDepthTests
{
    private readonly VirtualVenue _venue = VirtualVenue.Spot();

    [Theory]
    [InlineData("btcusdt@depth@100ms")]
    [InlineData("btcusdt@depth")]
    public void Each_event_begins_with_the_number_after_the_one_before_it(string stream)
    {
        var connection = _venue.Combined(stream, "ethusdt@depth@100ms");
        _venue.Run(30);
        var events = VirtualVenue.Of(VirtualVenue.Frames(connection), stream);

        Assert.True(events.Count > 20);
        Assert.All(events.Zip(events.Skip(1)), static pair => Assert.Equal(Id(pair.First, "u") + 1, Id(pair.Second, "U")));
        Assert.All(events, static update => Assert.False(update.TryGetProperty("pu", out _) || update.TryGetProperty("T", out _)));
    }

    [Fact]
    public void A_snapshot_lies_within_an_event_and_a_local_book_equals_the_true_one_at_every_event()
    {
        const string Stream = "btcusdt@depth@100ms";
        var connection = _venue.Combined(Stream, "btcusdt@bookTicker");
        _venue.Run(1.03);
        var snapshot = _venue.Get("/api/v3/depth", ("symbol", "BTCUSDT"), ("limit", "5000"));
        _venue.Run(60);
        var frames = VirtualVenue.Frames(connection);
        var last = Id(snapshot, "lastUpdateId");
        var events = VirtualVenue.Of(frames, Stream).Where(update => Id(update, "u") > last).ToList();
        var tickers = VirtualVenue.Of(frames, "btcusdt@bookTicker").ToDictionary(static ticker => Id(ticker, "u"));
        var book = LocalBook.FromSnapshot(snapshot);
        var tops = 0;

        Assert.InRange(last + 1, Id(events[0], "U"), Id(events[0], "u"));
        foreach (var update in events)
        {
            book.Apply(update);
            Assert.Equal(_venue.Venue.BookAt("BTCUSDT", Id(update, "u"))!.Digest(), book.Digest());
            Assert.False(book.IsCrossed);
            if (tickers.TryGetValue(Id(update, "u"), out var ticker))
            {
                tops++;
                Assert.Equal(book.BestBid, (LocalBook.Number(ticker.GetProperty("b")), LocalBook.Number(ticker.GetProperty("B"))));
                Assert.Equal(book.BestAsk, (LocalBook.Number(ticker.GetProperty("a")), LocalBook.Number(ticker.GetProperty("A"))));
            }
        }

        Assert.True(tops > 10);
        Assert.True(book.OrphanDeletes > 20);
    }

    [Fact]
    public void A_partial_book_is_the_top_of_the_true_book_and_does_not_say_whose()
    {
        var connection = _venue.Connect("/ws/ethusdt@depth10@100ms");
        _venue.Run(5);
        foreach (var top in VirtualVenue.Frames(connection))
        {
            var truth = _venue.Venue.BookAt("ETHUSDT", Id(top, "lastUpdateId"))!;
            Assert.Equal(3, top.EnumerateObject().Count());
            Assert.Equal(truth.Bids.Take(10).Select(level => truth.PriceScale.ToDecimal(level.Price)), top.GetProperty("bids").EnumerateArray().Select(static level => LocalBook.Number(level[0])));
            Assert.Equal(truth.Asks.Take(10).Select(level => truth.PriceScale.ToDecimal(level.Price)), top.GetProperty("asks").EnumerateArray().Select(static level => LocalBook.Number(level[0])));
        }
    }

    private static long Id(JsonElement update, string name) => update.GetProperty(name).GetInt64();
}
