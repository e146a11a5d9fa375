namespace Omnibook.Tests.Simulator.BinanceSpot;

public class SpotTradeTests
{
    private readonly VirtualVenue _venue = VirtualVenue.Spot();

    [Fact]
    public void An_aggregate_is_what_one_taker_took_at_one_price()
    {
        var connection = _venue.Combined("btcusdt@aggTrade", "btcusdt@trade");
        _venue.Run(60);
        var frames = VirtualVenue.Frames(connection);
        var aggregates = VirtualVenue.Of(frames, "btcusdt@aggTrade");
        var trades = VirtualVenue.Of(frames, "btcusdt@trade").ToDictionary(static trade => trade.GetProperty("t").GetInt64());

        Assert.True(aggregates.Count > 20);
        Assert.Contains(aggregates, static aggregate => aggregate.GetProperty("f").GetInt64() < aggregate.GetProperty("l").GetInt64());
        foreach (var aggregate in aggregates)
        {
            var (first, last) = (aggregate.GetProperty("f").GetInt64(), aggregate.GetProperty("l").GetInt64());
            var parts = Enumerable.Range(0, (int)(last - first + 1)).Select(i => trades[first + i]).ToList();
            Assert.Equal(LocalBook.Number(aggregate.GetProperty("q")), parts.Sum(static part => LocalBook.Number(part.GetProperty("q"))));
            Assert.All(parts, part => Assert.Equal(aggregate.GetProperty("T").GetInt64(), part.GetProperty("T").GetInt64()));
            Assert.All(parts, part => Assert.Equal(aggregate.GetProperty("m").GetBoolean(), part.GetProperty("m").GetBoolean()));
        }
    }

    [Fact]
    public void Aggregates_and_fills_asked_for_by_id_continue_the_streams()
    {
        var connection = _venue.Combined("btcusdt@aggTrade", "btcusdt@trade");
        _venue.Run(30);
        var frames = VirtualVenue.Frames(connection);
        foreach (var (stream, id, path, restId) in new[] { ("btcusdt@aggTrade", "a", "aggTrades", "a"), ("btcusdt@trade", "t", "historicalTrades", "id") })
        {
            var streamed = VirtualVenue.Of(frames, stream).Select(item => item.GetProperty(id).GetInt64()).ToList();
            var rest = _venue.Get("/api/v3/" + path, ("symbol", "BTCUSDT"), ("fromId", $"{streamed[0]}"), ("limit", "1000"));
            Assert.Equal(streamed, rest.EnumerateArray().Select(item => item.GetProperty(restId).GetInt64()));
        }
    }

    [Fact]
    public void A_closed_kline_is_the_one_that_rest_has()
    {
        var connection = _venue.Combined("btcusdt@kline_1m");
        _venue.Run(130);
        var closed = VirtualVenue.Of(VirtualVenue.Frames(connection), "btcusdt@kline_1m")
            .Select(static kline => kline.GetProperty("k")).Where(static kline => kline.GetProperty("x").GetBoolean()).ToList();

        Assert.Equal(2, closed.Count);
        foreach (var kline in closed)
        {
            var row = _venue.Get("/api/v3/klines", ("symbol", "BTCUSDT"), ("interval", "1m"), ("startTime", $"{kline.GetProperty("t")}"), ("limit", "1"))[0];
            Assert.Equal(row[4].GetString(), kline.GetProperty("c").GetString());
            Assert.Equal(row[5].GetString(), kline.GetProperty("v").GetString());
        }
    }

    [Fact]
    public void Figures_come_each_second_with_bid_and_ask()
    {
        var connection = _venue.Combined("btcusdt@ticker", "btcusdt@miniTicker", "btcusdt@avgPrice", "!miniTicker@arr");
        _venue.Run(9);
        var frames = VirtualVenue.Frames(connection);

        Assert.Equal(9, VirtualVenue.Of(frames, "btcusdt@ticker").Count);
        Assert.Equal(9, VirtualVenue.Of(frames, "btcusdt@miniTicker").Count);
        Assert.Equal(9, VirtualVenue.Of(frames, "btcusdt@avgPrice").Count);
        Assert.All(VirtualVenue.Of(frames, "btcusdt@ticker"), static ticker =>
            Assert.True(LocalBook.Number(ticker.GetProperty("b")) < LocalBook.Number(ticker.GetProperty("a"))));
    }
}
