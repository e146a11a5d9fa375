using System.Globalization;
using System.Text.Json;
using Omnibook.Core.Instruments;

namespace Omnibook.Tests.Simulator.Bybit;

public class BybitStreamTests
{
    private readonly VirtualVenue _venue = VirtualVenue.Bybit();

    [Fact]
    public void Every_trade_comes_once_in_order_without_a_replay_and_rest_knows_it_by_the_same_id()
    {
        _venue.Run(10);
        var from = _venue.Venue.Markets["BTCUSDT"].Trades.NextId;
        var connection = _venue.Linear("publicTrade.BTCUSDT");
        _venue.Run(60);
        var messages = VirtualVenue.OfTopic(VirtualVenue.Frames(connection), "publicTrade.BTCUSDT");
        var trades = messages.SelectMany(static message => message.GetProperty("data").EnumerateArray()).ToList();
        var truth = _venue.Venue.Markets["BTCUSDT"].Trades.From(from, int.MaxValue).ToList();
        var rest = _venue.Get("/v5/market/recent-trade", ("category", "linear"), ("symbol", "BTCUSDT"), ("limit", "1000"))
            .GetProperty("result").GetProperty("list").EnumerateArray().Reverse().TakeLast(truth.Count).ToList();

        Assert.Contains(messages, static message => message.GetProperty("data").GetArrayLength() > 1);
        Assert.Equal(truth.Select(static trade => trade.Id), trades.Select(static trade => long.Parse(Text(trade, "i")[^12..], NumberStyles.HexNumber)));
        Assert.Equal(truth.Select(static trade => trade.TakerSide == Side.Bid ? "Buy" : "Sell"), trades.Select(static trade => Text(trade, "S")), StringComparer.Ordinal);
        Assert.Equal(rest.Select(static trade => Text(trade, "execId")), trades.Select(static trade => Text(trade, "i")), StringComparer.Ordinal);
        Assert.Equal(rest.Select(static trade => Text(trade, "price")), trades.Select(static trade => Text(trade, "p")), StringComparer.Ordinal);
    }

    [Fact]
    public void A_liquidation_names_the_side_of_the_position_and_a_price_beyond_its_fills()
    {
        var connection = _venue.Linear("allLiquidation.BTCUSDT");
        _venue.Run(300);
        var liquidations = VirtualVenue.OfTopic(VirtualVenue.Frames(connection), "allLiquidation.BTCUSDT")
            .SelectMany(static message => message.GetProperty("data").EnumerateArray()).ToList();
        var forced = _venue.Venue.Markets["BTCUSDT"].Trades.Newest(int.MaxValue).Where(static trade => trade.IsLiquidation).GroupBy(static trade => trade.Milliseconds).ToList();

        Assert.NotEmpty(liquidations);
        Assert.All(liquidations, liquidation =>
        {
            var fills = forced.Single(group => group.Key == liquidation.GetProperty("T").GetInt64()).ToList();
            var isLong = fills[0].TakerSide == Side.Ask;
            var price = LocalBook.Number(liquidation.GetProperty("p"));
            Assert.Equal(isLong ? "Buy" : "Sell", Text(liquidation, "S"));
            Assert.Equal(fills.Sum(static fill => fill.Quantity) / 1000m, LocalBook.Number(liquidation.GetProperty("v")));
            Assert.True(isLong ? price < fills[^1].Price / 100m : price > fills[^1].Price / 100m);
        });
    }

    [Fact]
    public void Ticker_deltas_leave_out_what_did_not_change_and_merge_into_what_rest_says()
    {
        var connection = _venue.Linear("tickers.BTCUSDT");
        _venue.Run(20);
        var messages = VirtualVenue.OfTopic(VirtualVenue.Frames(connection), "tickers.BTCUSDT");
        var merged = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in messages.SelectMany(static message => message.GetProperty("data").EnumerateObject()))
        {
            merged[field.Name] = field.Value.GetString()!;
        }

        var rest = _venue.Get("/v5/market/tickers", ("category", "linear"), ("symbol", "BTCUSDT")).GetProperty("result").GetProperty("list")[0];
        Assert.Equal("snapshot", messages[0].GetProperty("type").GetString());
        Assert.All(messages.Skip(1), message => Assert.True(message.GetProperty("data").EnumerateObject().Count() < messages[0].GetProperty("data").EnumerateObject().Count()));
        Assert.All(messages.Zip(messages.Skip(1)), static pair => Assert.Equal(pair.First.GetProperty("cs").GetInt64() + 1, pair.Second.GetProperty("cs").GetInt64()));
        Assert.All(rest.EnumerateObject(), field => Assert.Equal(merged[field.Name], field.Value.GetString()));
        Assert.Equal(LocalBook.Number(rest.GetProperty("openInterest")), 2 * LocalBook.Number(rest.GetProperty("singleOpenInterest")));
    }

    [Fact]
    public void A_candle_is_confirmed_once_and_is_then_what_rest_says()
    {
        var connection = _venue.Linear("kline.1.BTCUSDT");
        _venue.Run(125);
        var rows = VirtualVenue.OfTopic(VirtualVenue.Frames(connection), "kline.1.BTCUSDT").Select(static message => message.GetProperty("data")[0]).ToList();
        var closed = rows.Where(static row => row.GetProperty("confirm").GetBoolean()).ToList();
        var rest = _venue.Get("/v5/market/kline", ("category", "linear"), ("symbol", "BTCUSDT"), ("interval", "1"), ("limit", "3")).GetProperty("result").GetProperty("list");

        Assert.Equal(2, closed.Count);
        Assert.Equal(rest[1].EnumerateArray().Select(static value => value.GetString()).Skip(1), RowOf(closed[1]), StringComparer.Ordinal);
        Assert.Equal(rest[2].EnumerateArray().Select(static value => value.GetString()).Skip(1), RowOf(closed[0]), StringComparer.Ordinal);
        Assert.Equal(closed[0].GetProperty("start").GetInt64() + 59_999, closed[0].GetProperty("end").GetInt64());
    }

    private static IEnumerable<string?> RowOf(JsonElement row) =>
        new[] { "open", "high", "low", "close", "volume", "turnover" }.Select(name => row.GetProperty(name).GetString());

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;
}
