using System.Text;
using Omnibook.Simulator.Faults;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Tests.Simulator.Lighter;

public class LighterRestTests
{
    private const string Five = "market_id=1&resolution=1h&start_timestamp=1794900000&end_timestamp=1794990000&count_back=10";
    private readonly VirtualVenue _venue = VirtualVenue.Lighter();

    [Theory]
    [InlineData("candles", "market_id=1&resolution=1m&start_timestamp=1&end_timestamp=2", 20001)]
    [InlineData("candles", Five + "&set_timestamp_to_end=true", 20001)]
    [InlineData("candles", "market_id=1&resolution=7m&start_timestamp=1&end_timestamp=2&count_back=1", 20001)]
    [InlineData("candles", "market_id=99&resolution=1m&start_timestamp=1&end_timestamp=2&count_back=1", 21602)]
    [InlineData("candles", "market_id=1&resolution=1m&start_timestamp=2&end_timestamp=2&count_back=1", 22400)]
    [InlineData("fundings", "market_id=1&resolution=1m&start_timestamp=1&end_timestamp=2&count_back=1", 20001)]
    [InlineData("orderBookOrders", "market_id=1", 20001)]
    [InlineData("orderBookOrders", "market_id=1&limit=251", 20001)]
    [InlineData("recentTrades", "market_id=1&limit=101", 20001)]
    [InlineData("orderBooks", "filter=futures", 20001)]
    [InlineData("account", "by=index", 20001)]
    [InlineData("account", "by=index&value=5", 21100)]
    [InlineData("account", "by=l1_address&value=0x0000000000000000000000000000000000000000", 21100)]
    public void A_bad_request_is_400_with_the_venues_code(string path, string query, int code)
    {
        var (status, body) = _venue.TryGet("/api/v1/" + path, Parse(query));
        Assert.Equal((400, code), (status, VirtualVenue.Parse(body).GetProperty("code").GetInt32()));
    }

    [Fact]
    public void Five_parameters_and_no_other_give_history_in_seconds_or_milliseconds()
    {
        var now = _venue.Venue.Schedule.Milliseconds;
        foreach (var divisor in new[] { 1, 1000 })
        {
            var query = Parse($"market_id=1&resolution=1h&start_timestamp={(now - 36_000_000) / divisor}&end_timestamp={now / divisor}&count_back=1");
            var candles = _venue.Get("/api/v1/candles", query).GetProperty("c");
            var fundings = _venue.Get("/api/v1/fundings", query).GetProperty("fundings");
            Assert.Equal(3_600_000, candles[1].GetProperty("t").GetInt64() - candles[0].GetProperty("t").GetInt64());
            Assert.Equal(3_600, fundings[1].GetProperty("timestamp").GetInt64() - fundings[0].GetProperty("timestamp").GetInt64());
            Assert.InRange(fundings.GetArrayLength(), 9, 10);
            Assert.All(fundings.EnumerateArray(), static row => Assert.True(LocalBook.Number(row.GetProperty("rate")) >= 0));
        }

        var reaching = _venue.Get("/api/v1/candles", Parse($"market_id=1&resolution=1h&start_timestamp={now - 1}&end_timestamp={now}&count_back=20")).GetProperty("c");
        Assert.Equal(20, reaching.GetArrayLength());
        var none = _venue.Get("/api/v1/candles", Parse("market_id=1&resolution=1m&start_timestamp=1&end_timestamp=100&count_back=0")).GetProperty("c");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, none.ValueKind);
    }

    [Fact]
    public void The_sixty_first_request_of_a_minute_is_refused()
    {
        for (var i = 0; i < 60; i++)
        {
            Assert.Equal(200, _venue.TryGet("/api/v1/orderBooks").Status);
        }

        var (status, body) = _venue.TryGet("/api/v1/orderBooks");
        Assert.Equal((429, """{"code":23000,"message":"Too Many Requests!"}"""), (status, body));
        _venue.Run(60);
        Assert.Equal(200, _venue.TryGet("/api/v1/orderBooks").Status);
    }

    [Fact]
    public void Markets_carry_their_decimals_and_statistics()
    {
        var details = _venue.Get("/api/v1/orderBookDetails").GetProperty("order_book_details");
        Assert.Equal([("ETH", 0, 2, 4), ("BTC", 1, 1, 5)], details.EnumerateArray().Select(static row => (
            row.GetProperty("symbol").GetString(), row.GetProperty("market_id").GetInt32(),
            row.GetProperty("price_decimals").GetInt32(), row.GetProperty("size_decimals").GetInt32())));
        Assert.Equal(2, _venue.Get("/api/v1/exchangeStats").GetProperty("total").GetInt32());
        var rates = _venue.Get("/api/v1/funding-rates").GetProperty("funding_rates");
        Assert.Equal(["binance", "bybit", "hyperliquid", "lighter"], rates.EnumerateArray().Select(static row => row.GetProperty("exchange").GetString()!).Distinct(StringComparer.Ordinal), StringComparer.Ordinal);
        var socket = VirtualVenue.OfColon(VirtualVenue.Frames(_venue.Stream("market_stats/1")), "market_stats:1")[0].GetProperty("market_stats");
        var own = rates.EnumerateArray().Single(static row => row.GetProperty("exchange").GetString() == "lighter" && row.GetProperty("market_id").GetInt32() == 1);
        Assert.Equal(LocalBook.Number(socket.GetProperty("current_funding_rate")) / 100 * 8, own.GetProperty("rate").GetDecimal());
    }

    [Fact]
    public void Recent_trades_are_not_sorted_and_are_null_before_the_first()
    {
        Assert.Equal(System.Text.Json.JsonValueKind.Null, _venue.Get("/api/v1/recentTrades", ("market_id", "1"), ("limit", "10")).GetProperty("trades").ValueKind);
        _venue.Run(60);
        var ids = _venue.Get("/api/v1/recentTrades", ("market_id", "1"), ("limit", "10")).GetProperty("trades")
            .EnumerateArray().Select(static trade => trade.GetProperty("trade_id").GetInt64()).ToList();
        Assert.Equal(10, ids.Distinct().Count());
        Assert.NotEqual(ids.OrderDescending(), ids);
    }

    [Fact]
    public void An_account_is_the_same_by_address_and_by_index_and_adds_up()
    {
        const string Address = "0x00000000000000000000000000000000000000A7";
        var account = _venue.Get("/api/v1/account", ("by", "l1_address"), ("value", Address)).GetProperty("accounts")[0];
        var index = account.GetProperty("index").GetInt64();
        Assert.Equal(account.GetRawText(), _venue.Get("/api/v1/account", ("by", "index"), ("value", $"{index}")).GetProperty("accounts")[0].GetRawText());
        Assert.Equal(index, _venue.Get("/api/v1/accountsByL1Address", ("l1_address", Address)).GetProperty("sub_accounts")[0].GetProperty("index").GetInt64());

        for (var other = 100; other < 110; other++)
        {
            var row = _venue.Get("/api/v1/account", ("by", "index"), ("value", $"{other}")).GetProperty("accounts")[0];
            var positions = row.GetProperty("positions").EnumerateArray().ToList();
            var profit = positions.Sum(static position => LocalBook.Number(position.GetProperty("unrealized_pnl")));
            var total = LocalBook.Number(row.GetProperty("total_asset_value"));
            Assert.InRange(LocalBook.Number(row.GetProperty("collateral")) + profit - total, -0.00001m, 0.00001m);
            Assert.All(positions, static position =>
            {
                var gain = LocalBook.Number(position.GetProperty("position_value")) - LocalBook.Number(position.GetProperty("position")) * LocalBook.Number(position.GetProperty("avg_entry_price"));
                Assert.InRange(position.GetProperty("sign").GetInt32() * gain - LocalBook.Number(position.GetProperty("unrealized_pnl")), -0.00001m, 0.00001m);
            });
        }
    }

    [Fact]
    public void A_restricted_region_is_refused_with_20558_unless_it_only_reads()
    {
        _venue.Inject(new FaultRequest { Fault = "refuse-handshake", Status = 400 });
        var refusal = _venue.Venue.RefuseHandshake()!;
        Assert.Equal(400, refusal.Status);
        Assert.Contains("20558", Encoding.UTF8.GetString(refusal.Body), StringComparison.Ordinal);
        Assert.Null(_venue.Venue.RefuseHandshake("?readonly=true"));
    }

    [Fact]
    public void Its_front_blocks_with_a_page()
    {
        _venue.Inject(new FaultRequest { Fault = "rest-status", Status = 403, Count = 1 });
        var answer = _venue.Venue.Answer(RestCall.Get("/api/v1/orderBooks"));
        Assert.Equal((403, "text/html"), (answer.Status, answer.ContentType));
        Assert.Contains("Request blocked", Encoding.UTF8.GetString(answer.Body), StringComparison.Ordinal);
    }

    private static (string Name, string Value)[] Parse(string query) =>
        [.. query.Split('&').Select(static pair => pair.Split('=')).Select(static pair => (pair[0], pair[1]))];
}
