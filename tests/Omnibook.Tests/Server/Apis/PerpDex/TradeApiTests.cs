using System.Text.Json;
using Omnibook.Server.Apis.Health;

namespace Omnibook.Tests.Server.Apis.PerpDex;

/// <summary>Where orders should go and what they would cost, with the worked figures to the last digit.</summary>
public sealed class TradeApiTests
{
    private const string Route = "/api/v1/trading/route";
    private const string Simulate = "/api/v1/trading/simulate";

    private static object Worked => new { pair = "btc-usd", side = "long", size = 1.2m, order_type = "market", price = (decimal?)null, slippage_tolerance = 0.01m };

    [Theory]
    [InlineData(Route)]
    [InlineData("/perp" + Route + "/")]
    public async Task Bug_004_5_the_worked_order_is_routed_by_its_size_and_with_the_fee_of_each_dex(string path)
    {
        await using var host = await PerpDexHost.StartLiveAsync();

        var routing = await host.PostAsync(path, Worked);

        Assert.Equal(("BTC-USD", "lighter", "hyperliquid"), (Text(routing, "pair"), Text(routing, "recommended_dex"), Text(routing, "alternative_dex")));
        Assert.Equal([65009.5833m, 0.00024746m, 65001.6667m], Numbers(routing, "expected_price", "estimated_slippage", "alternative_price"));
        Assert.True(routing.GetProperty("complete").GetBoolean());
        Assert.Equal(
            """[{"dex":"lighter","fill_price":65009.5833,"effective_price":65009.5833,"slippage":0.00024746,"fee_bps":0,"fillable_size":3.5,"complete":true},{"dex":"hyperliquid","fill_price":65001.6667,"effective_price":65030.9174,"slippage":0.00012565,"fee_bps":4.5,"fillable_size":3,"complete":true}]""",
            routing.GetProperty("routes").GetRawText());
        Assert.Equal("[]", routing.GetProperty("split").GetRawText());
    }

    [Fact]
    public async Task The_worked_order_comes_to_the_worked_costs()
    {
        await using var host = await PerpDexHost.StartLiveAsync();

        var answer = await host.PostAsync(Simulate, new { pair = "BTC-USD", side = "long", size = 1.2m, leverage = 10, holding_hours = 1 });

        var simulation = answer.GetProperty("simulation");
        Assert.Equal(
            [65009.5833m, 0.00024746m, 0m, 78011.5m, 1.2m, 19.3m, 0.780115m, 20.080115m, 7801.15m],
            Numbers(
                simulation, "estimated_fill_price", "estimated_slippage", "estimated_fees", "total_cost", "filled_size", "slippage_cost", "estimated_funding_cost",
                "net_cost", "margin_required"));
        Assert.Equal(("lighter", JsonValueKind.Null), (Text(simulation, "execution_dex"), simulation.GetProperty("liquidation_price").ValueKind));
        Assert.Equal("""{"pair":"BTC-USD","side":"long","size":1.2,"order_type":"market","price":null,"slippage_tolerance":0.01,"leverage":10,"holding_hours":1,"maintenance_fraction":null}""", answer.GetProperty("order").GetRawText());
        Assert.Equal("[]", answer.GetProperty("warnings").GetRawText());
    }

    [Fact]
    public async Task A_short_is_walked_down_the_bids_and_receives_the_funding()
    {
        await using var host = await PerpDexHost.StartLiveAsync();

        var simulation = (await host.PostAsync(Simulate, new { pair = "BTC-USD", side = "short", size = 1, holding_hours = 10, leverage = 10, maintenance_fraction = 0.01 })).GetProperty("simulation");

        Assert.Equal(
            [64992m, 1.5m, -6.4992m, -4.9992m, 64992m * 1.09m],
            Numbers(simulation, "estimated_fill_price", "slippage_cost", "estimated_funding_cost", "net_cost", "liquidation_price"));
    }

    [Fact]
    public async Task An_order_that_no_dex_can_fill_goes_where_most_of_it_is_filled_and_that_is_told()
    {
        await using var host = await PerpDexHost.StartLiveAsync();

        var answer = await host.PostAsync(Simulate, new { pair = "BTC-USD", side = "long", size = 10, slippage_tolerance = 0 });

        Assert.False(answer.GetProperty("routing").GetProperty("complete").GetBoolean());
        Assert.Equal(2, answer.GetProperty("routing").GetProperty("split").GetArrayLength());
        Assert.Equal(3.5m, Numbers(answer.GetProperty("simulation"), "filled_size")[0]);
        Assert.Collection(
            answer.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!),
            first => Assert.StartsWith("the slippage of 0.000", first, StringComparison.Ordinal),
            second => Assert.Equal("only 3.5 of 10 can be filled at lighter now; the figures are of that part", second));
    }

    [Fact]
    public async Task A_limit_that_nothing_is_offered_within_would_rest_at_the_makers_fee()
    {
        await using var host = await PerpDexHost.StartLiveAsync();

        var answer = await host.PostAsync(Simulate, new { pair = "BTC-USD", side = "long", size = 1, order_type = "limit", price = "64000" });

        Assert.True(answer.GetProperty("routing").GetProperty("resting").GetBoolean());
        Assert.Equal([64000m, 0m], Numbers(answer.GetProperty("routing"), "expected_price", "estimated_slippage"));
        Assert.Equal([0m, 1.5m], answer.GetProperty("routing").GetProperty("routes").EnumerateArray().Select(route => Numbers(route, "fee_bps")[0]));
        Assert.Equal([0m, 0m, 64000m], Numbers(answer.GetProperty("simulation"), "slippage_cost", "net_cost", "total_cost"));
    }

    [Fact]
    public async Task A_limit_counts_only_what_is_offered_within_it()
    {
        await using var host = await PerpDexHost.StartLiveAsync();
        var routing = await host.PostAsync(Route, new { pair = "BTC-USD", side = "long", size = 1, order_type = "limit", price = 65000 });
        Assert.Equal(("hyperliquid", 65000m, false), (Text(routing, "recommended_dex"), Numbers(routing, "expected_price")[0], routing.GetProperty("resting").GetBoolean()));
    }

    [Fact]
    public async Task With_one_fresh_dex_alone_a_warning_says_so()
    {
        await using var host = await PerpDexHost.StartAsync();
        await host.FeedAsync("hyperliquid", "BTC", [(64990m, 1m)], [(65000m, 1m)]);

        var answer = await host.PostAsync(Simulate, Worked);

        Assert.Contains(answer.GetProperty("warnings").EnumerateArray(), warning => warning.GetString() == "only hyperliquid shows a fresh price: nothing can be compared");
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("routing").GetProperty("alternative_dex").ValueKind);
    }

    [Theory]
    [InlineData("""{"pair":"BTC-USD","side":"long"}""", "size")]
    [InlineData("""{"pair":"BTC-USD","side":"long","size":0}""", "size")]
    [InlineData("""{"pair":"BTC-USD","side":"long","size":-1}""", "size")]
    [InlineData("""{"pair":"BTC-USD","side":"long","size":"much"}""", "size")]
    [InlineData("""{"pair":"BTC-USD","side":"long","size":1e99}""", "size")]
    [InlineData("""{"pair":"BTC-USD","side":"up","size":1}""", "side")]
    [InlineData("""{"pair":"BTC-USD","size":1}""", "side")]
    [InlineData("""{"side":"long","size":1}""", "pair")]
    [InlineData("""{"pair":5,"side":"long","size":1}""", "pair")]
    [InlineData("""{"pair":"BTC-USD","side":"long","size":1,"order_type":"limit"}""", "price")]
    [InlineData("""{"pair":"BTC-USD","side":"long","size":1,"order_type":"stop"}""", "order_type")]
    [InlineData("""{"pair":"BTC-USD","side":"long","size":1,"leverage":0.5}""", "leverage")]
    [InlineData("""{"pair":"BTC-USD","side":"long","size":1,"slippage_tolerance":2}""", "slippage_tolerance")]
    public async Task A_wrong_value_is_422_and_named(string body, string field)
    {
        await using var host = await PerpDexHost.StartLiveAsync();
        foreach (var path in (string[])[Route, Simulate])
        {
            var wrong = Assert.Single((await host.PostAsync(path, body, 422)).GetProperty("detail").EnumerateArray());
            Assert.Equal(["body", field], wrong.GetProperty("loc").EnumerateArray().Select(part => part.GetString()!));
        }
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task What_is_no_object_is_422(string body)
    {
        await using var host = await PerpDexHost.StartAsync();
        await host.PostAsync(Route, body, 422);
    }

    [Fact]
    public async Task Bug_004_2_an_unknown_pair_is_404_and_one_without_fresh_prices_503()
    {
        await using var host = await PerpDexHost.StartAsync();
        await host.PostAsync(Route, new { pair = "NOPE-USD", side = "long", size = 1 }, 404);
        var stale = await host.PostAsync(Route, Worked, 503);
        Assert.StartsWith("no fresh price of BTC-USD: hyperliquid: ", Text(stale, "detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_status_of_dexes_says_which_are_connected()
    {
        await using var host = await PerpDexHost.StartAsync([new VenueHealth("hyperliquid", "", null, [], []) { IsOnDemandAlone = true }]);
        Assert.Equal(
            """{"dex_connections":{"hyperliquid":true,"lighter":false},"trading_available":false,"available_dexs":["hyperliquid"],"unavailable_dexs":["lighter"]}""",
            (await host.GetAsync("/api/v1/trading/dex-status")).GetRawText());
    }

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;

    private static decimal[] Numbers(JsonElement row, params string[] names) => [.. names.Select(name => row.GetProperty(name).GetDecimal())];
}
