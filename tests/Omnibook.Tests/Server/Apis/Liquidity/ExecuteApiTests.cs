using System.Text.Json;
using Omnibook.Core.Instruments;

namespace Omnibook.Tests.Server.Apis.Liquidity;

/// <summary><c>POST /api/execute</c>, figure by figure.</summary>
public sealed class ExecuteApiTests
{
    private static readonly object Buy = new { symbol = "BTC-USD", side = "buy", notional_usd = 200000, fee_bps = new { binance = 10, coinbase = 12 } };

    [Theory]
    [InlineData("/api/execute")]
    [InlineData("/liquidity/api/execute")]
    public async Task The_worked_order_is_answered_to_the_last_digit(string path)
    {
        await using var host = await LiquidityHost.StartLiveAsync();

        var answer = await host.PostAsync(JsonSerializer.Serialize(Buy), path: path);

        const string Expected =
            """
            {"symbol":"BTC-USD","side":"buy","notional":200000,"mid_t0":100007.5,
             "fee_bps":{"binance":10,"coinbase":12},
             "naive":{"venue":"binance","vwap":100057.4182,"slippage_bps":4.9914,"fees_usd":200.0,"effective_price":100157.4756,"cost_bps":14.9964,
              "filled_qty":1.9988523,"filled_notional":200000.0,"complete":true,
              "fills":[{"venue":"binance","px":100010.0,"qty":1.5},{"venue":"binance","px":100200.0,"qty":0.4988523}]},
             "sor":{"vwap":100011.2496,"slippage_bps":0.3749,"fees_usd":209.997,"effective_price":100116.2599,"cost_bps":10.8752,
              "filled_qty":1.99977503,"filled_notional":200000.0,"complete":true,
              "fills":[{"venue":"binance","px":100010.0,"qty":1.5},{"venue":"coinbase","px":100015.0,"qty":0.49977503}]},
             "slippage_saved_bps":4.6165,"cost_saved_bps":4.1212,"unfilled_notional":0}
            """;
        var fields = answer.EnumerateObject().Where(field => field.Name != "ts").ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
        var expected = JsonDocument.Parse(Expected).RootElement;
        Assert.Equal(expected.EnumerateObject().Select(field => field.Name), fields.Keys);
        Assert.All(expected.EnumerateObject(), field => Assert.True(JsonElement.DeepEquals(field.Value, fields[field.Name]), fields[field.Name].GetRawText()));
        Assert.EndsWith("Z", answer.GetProperty("ts").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bug_001_8_a_sale_is_a_sale_and_the_symbol_is_the_one_that_was_asked_for()
    {
        await using var host = await LiquidityHost.StartLiveAsync();
        await host.FeedAsync(2, [(3000m, 1m)], [(3001m, 1m)]);
        await host.TickAsync(TimeSpan.FromMilliseconds(1));

        var sale = await host.ExecuteAsync(new { side = "sell", notional_usd = 200000, fee_bps = new { binance = 10, coinbase = 12 } });
        var other = await host.ExecuteAsync(new { symbol = "other", side = "buy", notional_usd = 100 });

        Assert.Equal([99949.975m, 15.7463m], Numbers(sale.GetProperty("naive"), "vwap", "cost_bps"));
        Assert.Equal([99976.2319m, 13.6233m], Numbers(sale.GetProperty("sor"), "vwap", "cost_bps"));
        Assert.Equal(("BTC-USD", "OTHER"), (sale.GetProperty("symbol").GetString(), other.GetProperty("symbol").GetString()));
        Assert.Equal("hyperliquid", other.GetProperty("naive").GetProperty("venue").GetString());
    }

    [Fact]
    public async Task A_fee_that_is_not_named_is_the_configured_one()
    {
        await using var host = await LiquidityHost.StartLiveAsync();

        var answer = await host.ExecuteAsync(new { side = "buy", notional_usd = 200000, fee_bps = new { binance = 7.5 } });

        Assert.Equal("""{"binance":7.5,"coinbase":60}""", answer.GetProperty("fee_bps").GetRawText());
        Assert.Equal(answer.GetProperty("naive").GetProperty("cost_bps").GetDecimal(), answer.GetProperty("sor").GetProperty("cost_bps").GetDecimal());
        Assert.Equal(0, answer.GetProperty("cost_saved_bps").GetDecimal());
    }

    [Fact]
    public async Task Bug_001_5_fees_are_in_what_is_told()
    {
        await using var host = await LiquidityHost.StartLiveAsync();

        var naive = (await host.ExecuteAsync(Buy)).GetProperty("naive");

        Assert.True(naive.GetProperty("effective_price").GetDecimal() > naive.GetProperty("vwap").GetDecimal());
        Assert.Equal(200m, naive.GetProperty("fees_usd").GetDecimal());
    }

    [Fact]
    public async Task Bug_001_6_a_price_better_than_the_middle_has_a_negative_slippage()
    {
        await using var host = await LiquidityHost.StartAsync();
        await host.FeedAsync(0, [(99m, 1m)], [(100m, 1m)]);
        await host.FeedAsync(1, [(109m, 1m)], [(110m, 1m)]);
        await host.TickAsync(TimeSpan.FromMilliseconds(1));

        var answer = await host.ExecuteAsync(new { side = "buy", notional_usd = 50, fee_bps = new { binance = 0, coinbase = 0 } });

        Assert.True(answer.GetProperty("sor").GetProperty("slippage_bps").GetDecimal() < 0);
    }

    [Fact]
    public async Task Bug_001_7_too_little_depth_is_told_and_nothing_is_said_of_savings()
    {
        await using var host = await LiquidityHost.StartLiveAsync();

        var answer = await host.ExecuteAsync(new { side = "buy", notional_usd = 2000000 });

        Assert.False(answer.GetProperty("sor").GetProperty("complete").GetBoolean());
        Assert.Equal(1_066_373m, answer.GetProperty("unfilled_notional").GetDecimal());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("cost_saved_bps").ValueKind);
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("slippage_saved_bps").ValueKind);
        Assert.Equal(933_627m, answer.GetProperty("sor").GetProperty("filled_notional").GetDecimal());
    }

    [Fact]
    public async Task A_way_over_many_levels_lists_as_many_as_are_configured_and_counts_the_others()
    {
        await using var host = await LiquidityHost.StartLiveAsync(settings => settings with { TopLevels = 2 });

        var sor = (await host.ExecuteAsync(new { side = "buy", notional_usd = 2000000 })).GetProperty("sor");

        Assert.Equal((2, 3), (sor.GetProperty("fills").GetArrayLength(), sor.GetProperty("fills_omitted").GetInt32()));
    }

    [Theory]
    [InlineData("""{"notional_usd":1}""", 400, "Missing required parameters")]
    [InlineData("""{"side":"buy"}""", 400, "Missing required parameters")]
    [InlineData("{}", 400, "Missing required parameters")]
    [InlineData("""{"side":"hold","notional_usd":1}""", 400, "side should be buy or sell, not 'hold'")]
    [InlineData("""{"side":1,"notional_usd":1}""", 400, "side should be buy or sell")]
    [InlineData("""{"side":"buy","notional_usd":0}""", 400, "notional_usd should be a number above 0 and at most 1000000000000, not 0")]
    [InlineData("""{"side":"buy","notional_usd":-5}""", 400, "notional_usd should be a number above 0 and at most 1000000000000, not -5")]
    [InlineData("""{"side":"buy","notional_usd":1e400}""", 400, "notional_usd should be a number above 0 and at most 1000000000000, not 1e400")]
    [InlineData("""{"side":"buy","notional_usd":"NaN"}""", 400, "notional_usd should be a number above 0 and at most 1000000000000, not \"NaN\"")]
    [InlineData("""{"side":"buy","notional_usd":1,"fee_bps":{"kraken":1}}""", 400, "unknown venue 'kraken' in fee_bps; there are binance, coinbase")]
    [InlineData("""{"side":"buy","notional_usd":1,"fee_bps":{"binance":-1}}""", 400, "the fee of binance should be a number from 0 to 1000 with at most four decimals, not -1")]
    [InlineData("""{"side":"buy","notional_usd":1,"fee_bps":{"binance":1000.1}}""", 400, "the fee of binance should be a number from 0 to 1000 with at most four decimals, not 1000.1")]
    [InlineData("""{"side":"buy","notional_usd":1,"fee_bps":[10]}""", 400, "fee_bps should be an object of venues and basis points")]
    [InlineData("""{"side":"buy","notional_usd":1,"symbol":7}""", 400, "symbol should be a text")]
    [InlineData("""{"side":"buy","notional_usd":1,"symbol":"DOGE"}""", 404, "unknown symbol 'DOGE'; there are BTC-USD, OTHER, MISSING")]
    public async Task Bug_001_8_what_is_wrong_is_refused_in_words(string body, int status, string detail)
    {
        await using var host = await LiquidityHost.StartLiveAsync();
        Assert.Equal(detail, (await host.PostAsync(body, status)).GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("side=buy")]
    [InlineData("[1,2]")]
    [InlineData("""{"side":"buy",""")]
    public async Task What_is_no_JSON_object_is_422(string body)
    {
        await using var host = await LiquidityHost.StartLiveAsync();
        Assert.Equal("body", (await host.PostAsync(body, 422)).GetProperty("detail")[0].GetProperty("loc")[0].GetString());
    }

    [Fact]
    public async Task A_body_without_end_is_413()
    {
        await using var host = await LiquidityHost.StartLiveAsync();
        await host.PostAsync(new string(' ', 20_000) + "{}", 413);
    }

    [Fact]
    public async Task A_symbol_that_is_not_live_is_503_with_its_status()
    {
        await using var host = await LiquidityHost.StartAsync();
        Assert.Equal("""{"reason":"warming","status":"warming"}""", (await host.ExecuteAsync(Buy, 503)).GetProperty("detail").GetRawText());

        await host.FeedGoldenBooksAsync();
        await host.TickAsync();
        await host.ExecuteAsync(Buy);
        await host.DropAsync(1);
        await host.TickAsync();
        await host.FeedAsync(0, [(100000m, 1m)], [(100010m, 1m)]);
        await host.TickAsync();
        Assert.Equal("""{"reason":"degraded","status":"degraded"}""", (await host.ExecuteAsync(Buy, 503)).GetProperty("detail").GetRawText());
        Assert.Equal("warming", (await host.ExecuteAsync(new { symbol = "MISSING", side = "buy", notional_usd = 1 }, 503)).GetProperty("detail").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Prices_in_tethers_are_told_in_dollars_where_that_is_configured_and_its_venue_is_left_out_until_the_rate_is_there()
    {
        await using var host = await LiquidityHost.StartAsync(settings => settings with { TetherBook = new(new VenueId("coinbase"), "USDT-USD") });
        await host.FeedGoldenBooksAsync();
        await host.TickAsync();

        Assert.Equal([true, false], host.Board.Find(null)!.Reading.Members.Select(member => member.IsStale));
    }

    private static decimal[] Numbers(JsonElement frame, params string[] names) => [.. names.Select(name => frame.GetProperty(name).GetDecimal())];
}
