using Omnibook.Core.Instruments;

namespace Omnibook.Tests.Simulator.BinanceUsdm;

public class BinanceTradeTests
{
    private readonly VirtualVenue _venue = VirtualVenue.Binance();

    [Fact]
    public void Trades_are_the_ledger_of_the_market()
    {
        var connection = _venue.Public("btcusdt@trade");
        var first = _venue.Venue.Markets["BTCUSDT"].Trades.NextId;
        _venue.Run(60);
        var trades = VirtualVenue.Of(VirtualVenue.Frames(connection), "btcusdt@trade");
        var ledger = _venue.Venue.Markets["BTCUSDT"].Trades.From(first, int.MaxValue / 2).ToList();

        Assert.True(trades.Count > 30);
        Assert.Equal(ledger.Select(static trade => trade.Id), trades.Select(static trade => trade.GetProperty("t").GetInt64()));
        Assert.Equal(ledger.Select(static trade => trade.TakerSide == Side.Ask), trades.Select(static trade => trade.GetProperty("m").GetBoolean()));
        Assert.All(trades, static trade => Assert.Equal("MARKET", trade.GetProperty("X").GetString()));
    }

    [Fact]
    public void Aggregates_are_contiguous_and_cover_every_trade_once()
    {
        var connection = _venue.Connect("/market/stream", "btcusdt@aggTrade");
        _venue.Run(60);
        var aggregates = VirtualVenue.Of(VirtualVenue.Frames(connection), "btcusdt@aggTrade");
        foreach (var (before, after) in aggregates.Zip(aggregates.Skip(1)))
        {
            Assert.Equal(before.GetProperty("a").GetInt64() + 1, after.GetProperty("a").GetInt64());
            Assert.Equal(before.GetProperty("l").GetInt64() + 1, after.GetProperty("f").GetInt64());
        }

        var scale = _venue.Venue.Markets["BTCUSDT"].Rules.QuantityScale;
        foreach (var aggregate in aggregates.Skip(1))
        {
            var (f, l) = (aggregate.GetProperty("f").GetInt64(), aggregate.GetProperty("l").GetInt64());
            var parts = _venue.Venue.Markets["BTCUSDT"].Trades.From(f, (int)(l - f + 1)).ToList();
            Assert.Equal(scale.ToDecimal(parts.Sum(static part => part.Quantity)), LocalBook.Number(aggregate.GetProperty("q")));
            Assert.Single(parts.Select(static part => (part.Price, part.TakerSide)).Distinct());
            Assert.True(parts[^1].Milliseconds - parts[0].Milliseconds < 100);
        }
    }

    [Fact]
    public void Aggregates_asked_for_by_id_continue_the_stream()
    {
        var connection = _venue.Connect("/market/stream", "btcusdt@aggTrade");
        _venue.Run(30);
        var streamed = VirtualVenue.Of(VirtualVenue.Frames(connection), "btcusdt@aggTrade").Select(static aggregate => aggregate.GetProperty("a").GetInt64()).ToList();
        var rest = _venue.Get("/fapi/v1/aggTrades", ("symbol", "BTCUSDT"), ("fromId", $"{streamed[0]}"), ("limit", "1000"));

        Assert.Equal(streamed, rest.EnumerateArray().Select(static aggregate => aggregate.GetProperty("a").GetInt64()));
    }

    [Fact]
    public void Of_the_liquidations_of_a_second_at_most_one_is_published()
    {
        var busy = VirtualVenue.Binance(VirtualVenue.Small with { ActivityPercent = 2000 });
        var connection = busy.Connect("/market/stream", "!forceOrder@arr/btcusdt@forceOrder");
        busy.Run(60);
        var orders = VirtualVenue.Of(VirtualVenue.Frames(connection), "!forceOrder@arr");

        Assert.True(orders.Count > 10);
        Assert.All(
            orders.GroupBy(static order => (order.GetProperty("o").GetProperty("s").GetString(), order.GetProperty("E").GetInt64() / 1000)),
            static second => Assert.Single(second));
        Assert.All(orders, static order => Assert.Equal(order.GetProperty("o").GetProperty("q").GetString(), order.GetProperty("o").GetProperty("z").GetString()));
    }

    [Fact]
    public void A_closed_kline_is_the_one_that_rest_has()
    {
        var connection = _venue.Connect("/market/stream", "btcusdt@kline_1m");
        _venue.Run(130);
        var closed = VirtualVenue.Of(VirtualVenue.Frames(connection), "btcusdt@kline_1m")
            .Select(static kline => kline.GetProperty("k")).Where(static kline => kline.GetProperty("x").GetBoolean()).ToList();

        Assert.Equal(2, closed.Count);
        foreach (var kline in closed)
        {
            var row = _venue.Get("/fapi/v1/klines", ("symbol", "BTCUSDT"), ("interval", "1m"), ("startTime", $"{kline.GetProperty("t")}"), ("limit", "1"))[0];
            Assert.Equal(row[2].GetString(), kline.GetProperty("h").GetString());
            Assert.Equal(row[5].GetString(), kline.GetProperty("v").GetString());
            Assert.Equal(row[8].GetInt32(), kline.GetProperty("n").GetInt32());
        }
    }

    [Fact]
    public void Marks_come_each_second_and_tell_the_next_funding()
    {
        var connection = _venue.Connect("/market/stream", "btcusdt@markPrice@1s/btcusdt@markPrice/!markPrice@arr@1s");
        _venue.Run(9);
        var frames = VirtualVenue.Frames(connection);
        var marks = VirtualVenue.Of(frames, "btcusdt@markPrice@1s");

        Assert.Equal(9, marks.Count);
        Assert.Equal(3, VirtualVenue.Of(frames, "btcusdt@markPrice").Count);
        Assert.Equal(2, VirtualVenue.Of(frames, "!markPrice@arr@1s")[0].GetArrayLength());
        Assert.Equal(0, marks[0].GetProperty("T").GetInt64() % (8 * 3_600_000));
    }
}
