using System.Text.Json;

namespace Omnibook.Tests.Server.Apis.PerpDex;

/// <summary>Positions on paper: opened, listed, summed up, closed.</summary>
public sealed class PositionApiTests
{
    private const string Execute = "/api/v1/trading/execute";
    private const string Positions = "/api/v1/positions";

    [Fact]
    public async Task Bug_004_6_without_a_position_there_is_none_and_never_a_sample()
    {
        await using var host = await PerpDexHost.StartLiveAsync();

        Assert.Equal("[]", (await host.GetAsync(Positions + "/")).GetRawText());
        Assert.Equal(
            """{"total_positions":0,"total_unrealized_pnl":0,"total_margin_used":0,"total_notional":0,"positions_by_dex":{"hyperliquid":0,"lighter":0},"positions_by_side":{"long":0,"short":0},"net_exposure_by_pair":{},"top_performers":[],"at_risk_positions":[]}""",
            (await host.GetAsync(Positions + "/analytics/summary")).GetRawText());
        await host.GetAsync(Positions + "/paper:1", 404);
        await host.PostAsync(Positions + "/paper:1/close", "", 404);
        await host.PostAsync(Positions + "/pos_1/close", "", 404);
    }

    [Fact]
    public async Task The_worked_order_opens_a_position_at_the_routed_price()
    {
        await using var host = await PerpDexHost.StartLiveAsync();

        var opened = await host.PostAsync(Execute, new { pair = "btc-usd", side = "long", size = 1.2m, leverage = 10 });

        Assert.Equal(("simulated", "paper:1"), (Text(opened, "status"), Text(opened, "position_id")));
        Assert.Equal($"sim_{host.Now.UnixMilliseconds / 1000}", Text(opened, "order_id"));
        Assert.Equal("""{"dex":"lighter","estimated_price":65009.5833,"size":1.2,"side":"long","fees":0}""", opened.GetProperty("execution_details").GetRawText());
        Assert.Equal("lighter", Text(opened.GetProperty("routing"), "recommended_dex"));
        var position = await host.GetAsync(Positions + "/paper:1");
        Assert.Equal(("paper:1", "BTC-USD", "lighter", "long"), (Text(position, "id"), Text(position, "pair"), Text(position, "dex"), Text(position, "side")));
        Assert.Equal(
            [1.2m, 65009.5833m, 64993.5m, -19.3m, 7801.15m, 0.00001m],
            Numbers(position, "size", "entry_price", "current_price", "unrealized_pnl", "margin", "funding_rate"));
        Assert.Equal(JsonValueKind.Null, position.GetProperty("liquidation_price").ValueKind);
    }

    [Fact]
    public async Task The_worked_position_comes_to_the_worked_profit_open_and_closed()
    {
        await using var host = await PerpDexHost.StartAsync();
        await host.FeedAsync("hyperliquid", "BTC", [(63990m, 1m)], [(64000m, 1m)]);
        await host.PostAsync(Execute, new { pair = "BTC-USD", side = "long", size = 0.5m, leverage = 10, maintenance_fraction = 0.00625m });
        await host.FeedGoldenAsync();

        var position = Assert.Single((await host.GetAsync(Positions + "?dex=HYPERLIQUID&pair=btc-usd")).EnumerateArray());
        var summary = await host.GetAsync(Positions + "/analytics/summary");

        Assert.Equal(
            [64000m, 64993.5m, 496.75m, 58000m, 3200m, 0.0000125m],
            Numbers(position, "entry_price", "current_price", "unrealized_pnl", "liquidation_price", "margin", "funding_rate"));
        Assert.Equal([1m, 496.75m, 3200m, 32496.75m], Numbers(summary, "total_positions", "total_unrealized_pnl", "total_margin_used", "total_notional"));
        Assert.Equal("""{"hyperliquid":1,"lighter":0}""", summary.GetProperty("positions_by_dex").GetRawText());
        Assert.Equal("""{"long":1,"short":0}""", summary.GetProperty("positions_by_side").GetRawText());
        Assert.Equal("""[{"pair":"BTC-USD","pnl":496.75,"pnl_percentage":15.52}]""", summary.GetProperty("top_performers").GetRawText());
        Assert.Equal("[]", summary.GetProperty("at_risk_positions").GetRawText());
        Assert.Equal("[]", (await host.GetAsync(Positions + "?dex=lighter")).GetRawText());
        var closed = await host.PostAsync(Positions + "/paper:1/close", "");
        Assert.Equal(("simulated", "paper:1", $"close_paper:1_{host.Now.UnixMilliseconds / 1000}"), (Text(closed, "status"), Text(closed, "position_id"), Text(closed, "close_order_id")));
        Assert.Equal([64990m, 495m, 14.62275m], Numbers(closed, "estimated_close_price", "estimated_pnl", "fees"));
        await host.PostAsync(Positions + "/paper:1/close", "", 404);
        Assert.Equal("[]", (await host.GetAsync(Positions)).GetRawText());
    }

    [Fact]
    public async Task A_short_gains_when_the_price_falls_and_is_at_risk_near_its_liquidation()
    {
        await using var host = await PerpDexHost.StartLiveAsync();
        await host.PostAsync(Execute, new { pair = "BTC-USD", side = "short", size = 1, leverage = 20, maintenance_fraction = 0.01m });
        await host.FeedAsync("hyperliquid", "BTC", [(63990m, 1m)], [(64000m, 1m)]);
        await host.FeedAsync("lighter", "BTC", [(63990m, 1m)], [(64000m, 1m)]);

        var summary = await host.GetAsync(Positions + "/analytics/summary");

        Assert.Equal([997m], Numbers(summary, "total_unrealized_pnl"));
        Assert.Equal("""{"BTC-USD":-63995}""", summary.GetProperty("net_exposure_by_pair").GetRawText());
        var risk = Assert.Single(summary.GetProperty("at_risk_positions").EnumerateArray());
        Assert.Equal([67591.68m, 5.62m], Numbers(risk, "liquidation_price", "distance_percentage"));
        Assert.Equal(("paper:1", "lighter", "short"), (Text(risk, "id"), Text(risk, "dex"), Text(risk, "side")));
    }

    [Fact]
    public async Task A_position_that_the_book_does_not_take_whole_stays_open()
    {
        await using var host = await PerpDexHost.StartLiveAsync();
        await host.PostAsync(Execute, new { pair = "BTC-USD", side = "long", size = 3 });

        var refused = await host.PostAsync(Positions + "/paper:1/close", "", 409);

        Assert.EndsWith("the position stays open", Text(refused, "detail"), StringComparison.Ordinal);
        Assert.Single((await host.GetAsync(Positions)).EnumerateArray());
    }

    [Fact]
    public async Task An_order_that_would_rest_opens_nothing()
    {
        await using var host = await PerpDexHost.StartLiveAsync();
        var refused = await host.PostAsync(Execute, new { pair = "BTC-USD", side = "long", size = 1, order_type = "limit", price = 64000 }, 409);
        Assert.Equal("no offer is within the limit of 64000: paper orders do not rest", Text(refused, "detail"));
        Assert.Equal("[]", (await host.GetAsync(Positions)).GetRawText());
    }

    [Fact]
    public async Task Without_a_fresh_price_a_position_has_no_profit_and_cannot_be_closed()
    {
        await using var host = await PerpDexHost.StartLiveAsync();
        await host.PostAsync(Execute, new { pair = "BTC-USD", side = "long", size = 0.1m });
        await host.PassAsync(TimeSpan.FromSeconds(31));

        var position = await host.GetAsync(Positions + "/paper:1");

        Assert.All(["current_price", "unrealized_pnl", "funding_rate"], name => Assert.Equal(JsonValueKind.Null, position.GetProperty(name).ValueKind));
        await host.PostAsync(Positions + "/paper:1/close", "", 503);
        Assert.Equal(1, (await host.GetAsync(Positions + "/analytics/summary")).GetProperty("total_positions").GetInt32());
    }

    [Fact]
    public async Task The_next_funding_is_at_the_next_full_hour()
    {
        await using var host = await PerpDexHost.StartLiveAsync();

        var rates = await host.GetAsync(Positions + "/funding-rates/current");

        Assert.Equal("""{"BTC-USD":{"hyperliquid":0.0000125,"lighter":0.00001}}""", rates.GetProperty("funding_rates").GetRawText());
        var (now, next) = (rates.GetProperty("timestamp").GetDateTimeOffset(), rates.GetProperty("next_funding_time").GetDateTimeOffset());
        Assert.InRange(next - now, TimeSpan.FromTicks(1), TimeSpan.FromHours(1));
        Assert.Equal((0, 0), (next.Minute, next.Second));
    }

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;

    private static decimal[] Numbers(JsonElement row, params string[] names) => [.. names.Select(name => row.GetProperty(name).GetDecimal())];
}
