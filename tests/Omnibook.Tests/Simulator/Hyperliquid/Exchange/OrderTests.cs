using System.Globalization;
using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Faults;

namespace Omnibook.Tests.Simulator.Hyperliquid.Exchange;

/// <summary>Orders take from the simulated market and rest in it, and the account shows what they did.</summary>
public sealed class OrderTests
{
    private const string Cloid = "0x0000000000000000000000000000002a";
    private readonly TradingFloor _floor = new();

    [Fact]
    public void An_order_that_crosses_is_filled_and_the_position_is_the_sum_of_its_fills()
    {
        var status = _floor.PlaceOne(TradingFloor.Order(true, _floor.Ask + 200, 1.5m, "Ioc", Cloid)).GetProperty("filled");

        var fills = _floor.AskFor("userFills").EnumerateArray().ToList();
        var position = Assert.Single(_floor.State().GetProperty("assetPositions").EnumerateArray()).GetProperty("position");
        var (size, cost) = (fills.Sum(static fill => Number(fill, "sz")), fills.Sum(static fill => Number(fill, "sz") * Number(fill, "px")));
        Assert.Equal((1.5m, Cloid), (size, status.GetProperty("cloid").GetString()));
        Assert.Equal([1.5m, Math.Round(cost / 1.5m, 6)], [Number(status, "totalSz"), Number(status, "avgPx")]);
        Assert.Equal([1.5m, Math.Round(cost / 1.5m, 6)], [Number(position, "szi"), Number(position, "entryPx")]);
        Assert.All(fills, fill => Assert.Equal(Math.Round(Number(fill, "px") * Number(fill, "sz") * 0.00045m, 6), Number(fill, "fee")));
        Assert.All(fills, fill => Assert.Contains(_floor.Btc.Market.Trades.Newest(1000), trade => _floor.Venue.TradeIdOf(trade) == fill.GetProperty("tid").GetInt64()));
        Assert.Equal("filled", _floor.AskFor("orderStatus", $",\"oid\":\"{Cloid}\"").GetProperty("order").GetProperty("status").GetString());
    }

    [Fact]
    public void A_resting_order_stands_in_the_book_until_the_market_comes_to_it()
    {
        var price = _floor.Bid - 20;
        var before = QuantityAt(price);
        var id = _floor.PlaceOne(TradingFloor.Order(true, price, 0.05m)).GetProperty("resting").GetProperty("oid").GetInt64();

        Assert.True(QuantityAt(price) >= 0.05m && QuantityAt(price) != before);
        Assert.Equal(id, Assert.Single(_floor.AskFor("openOrders").EnumerateArray()).GetProperty("oid").GetInt64());
        for (var minute = 0; minute < 240 && _floor.AskFor("openOrders").GetArrayLength() > 0; minute++)
        {
            _floor.Virtual.Run(60);
        }

        Assert.Equal("filled", _floor.AskFor("orderStatus", $",\"oid\":{id}").GetProperty("order").GetProperty("status").GetString());
        Assert.All(_floor.AskFor("userFills").EnumerateArray(), fill => Assert.Equal((price, false), (Number(fill, "px"), fill.GetProperty("crossed").GetBoolean())));
        Assert.Equal(0.05m, Number(_floor.State().GetProperty("assetPositions")[0].GetProperty("position"), "szi"));
    }

    [Fact]
    public void Cancels_say_what_was_done_to_each()
    {
        var first = _floor.PlaceOne(TradingFloor.Order(true, 100_000, 0.01m, "Alo")).GetProperty("resting").GetProperty("oid").GetInt64();
        _floor.PlaceOne(TradingFloor.Order(true, 100_000, 0.01m, "Gtc", Cloid));

        var answer = _floor.Send($$"""{"type":"cancel","cancels":[{"a":0,"o":{{first}}},{"a":0,"o":1}]}""").GetProperty("response").GetProperty("data").GetProperty("statuses");
        var named = _floor.Send($$"""{"type":"cancelByCloid","cancels":[{"asset":0,"cloid":"{{Cloid}}"}]}""").GetProperty("response").GetProperty("data").GetProperty("statuses");

        Assert.Equal("success", answer[0].GetString());
        Assert.Equal("Order was never placed, already canceled, or filled. asset=0", answer[1].GetProperty("error").GetString());
        Assert.Equal("success", named[0].GetString());
        Assert.Equal(0, _floor.AskFor("openOrders").GetArrayLength());
        Assert.Equal(["canceled", "canceled"], _floor.AskFor("historicalOrders").EnumerateArray().Select(static order => order.GetProperty("status").GetString()));
    }

    [Fact]
    public void A_changed_order_is_a_new_one_in_the_place_of_the_old_one()
    {
        var id = _floor.PlaceOne(TradingFloor.Order(true, 100_000, 0.01m)).GetProperty("resting").GetProperty("oid").GetInt64();
        var changed = _floor.Send($$"""{"type":"batchModify","modifies":[{"oid":{{id}},"order":{{TradingFloor.Order(true, 100_001, 0.02m)}}}]}""")
            .GetProperty("response").GetProperty("data").GetProperty("statuses")[0].GetProperty("resting").GetProperty("oid").GetInt64();

        var open = Assert.Single(_floor.AskFor("openOrders").EnumerateArray());
        Assert.Equal((changed, 100_001m, 0.02m), (open.GetProperty("oid").GetInt64(), Number(open, "limitPx"), Number(open, "sz")));
        Assert.NotEqual(id, changed);
    }

    [Theory]
    [InlineData(true, "100000.5", "0.01", "Gtc", false, "Price must be divisible by tick size. asset=0")]
    [InlineData(true, "100000", "0.000001", "Gtc", false, "Order has invalid size.")]
    [InlineData(true, "100000", "0", "Gtc", false, "Order has zero size.")]
    [InlineData(true, "100000", "0.00001", "Gtc", false, "Order must have minimum value of $10. asset=0")]
    [InlineData(true, "100000", "0.01", "Gtc", true, "Reduce only order would increase position. asset=0")]
    [InlineData(true, "100000", "0.01", "Ioc", false, "Order could not immediately match against any resting orders. asset=0")]
    [InlineData(true, "100000", "500", "Gtc", false, "Insufficient margin to place order. asset=0")]
    [InlineData(true, "900000", "0.01", "Gtc", false, "Order price cannot be more than 95% away from the reference price. asset=0")]
    public void What_breaks_a_rule_is_refused_in_the_venues_words(bool isBuy, string price, string size, string tif, bool reduceOnly, string words)
    {
        var order = TradingFloor.Order(isBuy, decimal.Parse(price, CultureInfo.InvariantCulture), decimal.Parse(size, CultureInfo.InvariantCulture), tif, null, reduceOnly);
        Assert.Equal(words, _floor.PlaceOne(order).GetProperty("error").GetString());
        Assert.Equal(0, _floor.AskFor("openOrders").GetArrayLength());
    }

    [Fact]
    public void One_bad_order_of_many_does_not_harm_the_others()
    {
        var statuses = _floor.Place(
            TradingFloor.Order(true, 100_000, 0.01m), TradingFloor.Order(true, 100_000.5m, 0.01m), TradingFloor.Order(true, _floor.Ask, 0.01m, "Alo"), TradingFloor.Order(true, 99_999, 0.01m, asset: 77))
            .GetProperty("response").GetProperty("data").GetProperty("statuses").EnumerateArray().Select(static status => status.EnumerateObject().First().Name);
        Assert.Equal(["resting", "error", "error", "error"], statuses);
    }

    [Fact]
    public void A_reducing_order_takes_no_more_than_there_is()
    {
        _floor.PlaceOne(TradingFloor.Order(true, _floor.Ask + 100, 0.1m, "Ioc"));
        _floor.PlaceOne(TradingFloor.Order(false, _floor.Bid - 100, 0.5m, "Ioc", null, reduceOnly: true));

        Assert.Equal(0, _floor.State().GetProperty("assetPositions").GetArrayLength());
        var fills = _floor.AskFor("userFills").EnumerateArray().ToList();
        var expected = 100_000m + fills.Sum(static fill => Number(fill, "closedPnl") - Number(fill, "fee"));
        Assert.Equal(expected, Number(_floor.State().GetProperty("marginSummary"), "accountValue"));
        Assert.Equal(
            fills.Sum(static fill => Number(fill, "px") * Number(fill, "sz") * (fill.GetProperty("side").GetString() == "A" ? 1 : -1)),
            fills.Sum(static fill => Number(fill, "closedPnl")), 5);
    }

    [Fact]
    public void Sockets_hear_of_orders_and_fills()
    {
        var connection = _floor.Virtual.Subscribed(
            $$"""{"type":"orderUpdates","user":"{{TradingFloor.Address}}"}""", $$"""{"type":"userFills","user":"{{TradingFloor.Address}}"}""");
        _floor.PlaceOne(TradingFloor.Order(true, _floor.Ask + 100, 0.1m, "Ioc", Cloid));
        _floor.PlaceOne(TradingFloor.Order(true, 100_000, 0.1m));

        var frames = VirtualVenue.Frames(connection);
        var orders = VirtualVenue.OfChannel(frames, "orderUpdates");
        Assert.Equal(["filled", "open"], orders.Select(static data => data[0].GetProperty("status").GetString()));
        Assert.Equal(0.1m, VirtualVenue.OfChannel(frames, "userFills").Skip(1).Sum(static data => Number(data.GetProperty("fills")[0], "sz")));
    }

    [Fact]
    public void Coins_of_builders_have_numbers_of_their_own()
    {
        var floor = new TradingFloor("hyperliquid-testnet");
        floor.Venue.Traders.Fund(TradingFloor.Address, "merrli", 10_000);

        Assert.True(floor.PlaceOne(TradingFloor.Order(true, 100_000, 0.01m, asset: 110_000)).TryGetProperty("resting", out _));
        var open = Assert.Single(floor.AskFor("openOrders", ",\"dex\":\"merrli\"").EnumerateArray());
        Assert.Equal("merrli:BTC", open.GetProperty("coin").GetString());
    }

    [Fact]
    public void The_faults_of_orders_do_what_they_say()
    {
        var order = TradingFloor.Order(true, 100_000, 0.01m, "Gtc", Cloid);
        var action = $$"""{"type":"order","orders":[{{order}}],"grouping":"na"}""";
        _floor.Virtual.Inject(new FaultRequest { Fault = "reject-order" });
        Assert.StartsWith("Insufficient margin", _floor.PlaceOne(order).GetProperty("error").GetString(), StringComparison.Ordinal);
        _floor.Virtual.Inject(new FaultRequest { Fault = "limit-orders" });
        Assert.Equal(429, _floor.Post(action).Status);
        Assert.Equal(0, _floor.AskFor("openOrders").GetArrayLength());
        _floor.Virtual.Inject(new FaultRequest { Fault = "lose-order-answer" });
        Assert.Equal(Omnibook.Simulator.Sockets.RestAnswer.Never, _floor.Post(action).Delay);
        Assert.Equal(1, _floor.AskFor("openOrders").GetArrayLength());
    }

    private decimal QuantityAt(decimal price) =>
        _floor.Btc.Market.Book.On(Side.Bid).Find(_floor.Btc.Coin.Rules.PriceScale.FromDecimal(price)) is { } level ? _floor.Btc.Coin.Rules.QuantityScale.ToDecimal(level.Quantity) : 0;

    private static decimal Number(JsonElement row, string name) => decimal.Parse(row.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
