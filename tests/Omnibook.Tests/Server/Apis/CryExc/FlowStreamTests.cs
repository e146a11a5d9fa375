using System.Text.Json;
using Omnibook.Core.Events;

namespace Omnibook.Tests.Server.Apis.CryExc;

/// <summary>Volume delta, footprints, ladders and books as they were, over a real socket.</summary>
public sealed class FlowStreamTests
{
    [Fact]
    public async Task C3_the_worked_volume_delta_is_told_and_goes_on_live()
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync();
        await host.TradeGoldenAsync();
        await client.SubscribeAsync("cvd", """{"symbol":"BTCUSDT","exchanges":["binancef"],"interval":"1m","timeRange":"1h"}""", "c1");
        Assert.Equal(
            """{"instanceId":"c1","type":"cvd_historical","dataStartTime":{"binancef":1700000000000},"data":[{"exchange":"binancef","timestamp":1699999980000,"value":54611.87,"buyVolume":63012.65,"sellVolume":8400.78,"isPartial":true},{"exchange":"binancef","timestamp":1700000040000,"value":33617.16,"buyVolume":16808.2,"sellVolume":37802.91}]}""",
            await client.ReadAsync());

        await host.TickAsync(1_700_000_080_900);
        await host.TradeAsync(1_700_000_081_000, 42000m, 1m, TakerSide.Buy);
        await host.TradeAsync(1_700_000_101_000, 42000m, 2m, TakerSide.Buy);
        var (closed, open) = (await DataAsync(client), await DataAsync(client));
        Assert.Equal(("75617.16", "21005.29", true), Cvd(closed));
        Assert.Equal(("159617.16", "84000", false), Cvd(open));
    }

    [Fact]
    public async Task Bug_002_2_every_exchange_has_its_own_live_series()
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync();
        await host.TradeGoldenAsync();
        await host.TradeGoldenAsync("bybit");
        await client.SubscribeAsync("cvd", """{"symbol":"BTCUSDT","exchanges":["binancef","bybit"]}""");
        var history = (await client.ReadJsonAsync()).GetProperty("data").EnumerateArray().Select(point => point.GetProperty("exchange").GetString());
        Assert.Equal(["binancef", "binancef", "bybit", "bybit"], history);
        await host.TradeAsync(CryExcHost.Start + 10, 1000, 1, TakerSide.Sell, "bybit");
        await host.TickAsync(CryExcHost.Start + 1_500);
        var live = await DataAsync(client);
        Assert.Equal(("bybit", "32617.16"), (live.GetProperty("exchange").GetString(), live.GetProperty("value").GetRawText()));
    }

    [Fact]
    public async Task A_trade_that_was_missed_moves_every_point_after_it()
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync();
        await host.TradeGoldenAsync();
        await client.SubscribeAsync("cvd", """{"symbol":"BTCUSDT","exchanges":["binancef"]}""");
        await client.ReadAsync();
        await host.TradeAsync(1_700_000_020_000, 100, 1, TakerSide.Buy);
        await host.TickAsync(CryExcHost.Start + 1_500);
        Assert.Equal("54711.87", (await DataAsync(client)).GetProperty("value").GetRawText());
        Assert.Equal("33717.16", (await DataAsync(client)).GetProperty("value").GetRawText());
    }

    [Fact]
    public async Task C4_the_worked_footprint_is_told_with_the_name_inside()
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync();
        await host.TradeGoldenAsync();
        await client.SubscribeAsync("footprint", """{"symbol":"BTCUSDT","exchange":"binancef","interval":"1m","tickSize":10,"timeRange":"1h"}""", "f1");
        var frame = await client.ReadJsonAsync();
        var data = frame.GetProperty("data");
        Assert.Equal(("footprint_historical", "f1", "f1"), (Text(frame, "type"), Text(frame, "instanceId"), Text(data, "instanceId")));
        Assert.Equal(
            """[{"timestamp":1699999980000,"open":42001.3,"high":42012,"low":42001.3,"close":42012,"volume":1.7,"buyVolume":1.5,"sellVolume":0.2,"footprint":{"42000.0":{"bidVolume":0.2,"askVolume":0.5,"totalVolume":0.7},"42010.0":{"bidVolume":0,"askVolume":1,"totalVolume":1}},"isPartial":true},{"timestamp":1700000040000,"open":42009.9,"high":42020.5,"low":41999.9,"close":41999.9,"volume":1.3,"buyVolume":0.4,"sellVolume":0.9,"footprint":{"41990.0":{"bidVolume":0.6,"askVolume":0,"totalVolume":0.6},"42000.0":{"bidVolume":0.3,"askVolume":0,"totalVolume":0.3},"42020.0":{"bidVolume":0,"askVolume":0.4,"totalVolume":0.4}}}]""",
            data.GetProperty("candles").GetRawText());
    }

    [Fact]
    public async Task Bug_002_8_the_last_state_of_a_candle_is_sent_once_and_then_the_next_one()
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync();
        await host.TradeGoldenAsync();
        await client.SubscribeAsync("footprint", """{"symbol":"BTCUSDT","interval":"1m","tickSize":10}""", "f1");
        await client.ReadAsync();
        await host.TickAsync(1_700_000_099_800);
        await host.TradeAsync(1_700_000_099_999, 42000m, 1m, TakerSide.Buy);
        await host.TradeAsync(1_700_000_100_000, 42000m, 5m, TakerSide.Buy);
        await host.TickAsync(1_700_000_100_600);
        Assert.Equal((1_700_000_040_000, 2.3m), Candle(await DataAsync(client)));
        Assert.Equal((1_700_000_100_000, 5m), Candle(await DataAsync(client)));
        await host.TickAsync(1_700_000_101_200);
        await host.TradeAsync(1_700_000_101_300, 42000m, 1m, TakerSide.Buy);
        await host.TickAsync(1_700_000_102_000);
        Assert.Equal((1_700_000_100_000, 6m), Candle(await DataAsync(client)));
    }

    [Fact]
    public async Task Bug_002_6_levels_have_as_many_decimals_as_the_tick_and_at_least_one()
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync();
        await host.TradeAsync(1_700_000_079_000, 1.2m, 1, TakerSide.Buy);
        await client.SubscribeAsync("footprint", """{"symbol":"BTCUSDT","tickSize":1}""", "a");
        Assert.Contains("\"1.0\":{", await client.ReadAsync(), StringComparison.Ordinal);
        await client.SubscribeAsync("footprint", """{"symbol":"BTCUSDT","tickSize":0.1}""", "b");
        Assert.Contains("\"1.2\":{", await client.ReadAsync(), StringComparison.Ordinal);
        Assert.Equal(5, Omnibook.Server.Apis.CryExc.Live.FlowWriter.KeyDecimals(0.00010m * 0.1m));
    }

    [Fact]
    public async Task C7_the_worked_ladder_is_told()
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync();
        await host.TradeGoldenAsync();
        await host.BookAsync([(42000.1m, 0.8m), (41999.9m, 2.0m)], [(42000.2m, 0.2m), (42010.5m, 0.9m), (42021.0m, 1.1m)]);
        await client.SubscribeAsync("dom", """{"symbol":"BTCUSDT","exchange":"binancef","tickSize":10,"timeRange":"1h"}""", "d1");
        Assert.Equal(
            """{"instanceId":"d1","type":"dom","data":{"exchange":"binancef","symbol":"BTCUSDT","midPrice":42000.15,"timestamp":1700000080000,"dataStartTime":1700000000000,"sessionHigh":42020.5,"sessionLow":41999.9,"levels":[{"price":42020,"bid":0,"ask":1.1,"sold":0,"bought":0.4,"delta":0.4,"volume":0.4},{"price":42010,"bid":0,"ask":0.9,"sold":0,"bought":1,"delta":1,"volume":1},{"price":42000,"bid":0.8,"ask":0.2,"sold":0.5,"bought":0.5,"delta":0,"volume":1},{"price":41990,"bid":2,"ask":0,"sold":0.6,"bought":0,"delta":-0.6,"volume":0.6}]}}""",
            await client.ReadAsync());
    }

    [Fact]
    public async Task Bug_002_3_a_ladder_is_that_of_the_exchange_whose_name_it_bears()
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync();
        await host.BookAsync([(100m, 1m)], [(110m, 1m)]);
        await host.BookAsync([(500m, 1m)], [(510m, 1m)], venue: "bybit");
        await client.SubscribeAsync("dom", """{"symbol":"BTCUSDT","exchange":"bybit"}""");
        var data = await DataAsync(client);
        Assert.Equal(("bybit", 505m), (Text(data, "exchange"), data.GetProperty("midPrice").GetDecimal()));
        await host.TradeGoldenAsync("bybit");
        await client.SubscribeAsync("footprint", """{"symbol":"BTCUSDT","exchange":"bybit"}""");
        Assert.Equal(2, (await DataAsync(client)).GetProperty("candles").GetArrayLength());
    }

    [Fact]
    public async Task Bug_002_5_and_C5_books_of_full_minutes_are_regrouped_at_the_tick_that_is_asked_for()
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync();
        await host.TradeGoldenAsync();
        await host.BookAsync([(42000.1m, 3.1m), (41990m, 5m)], [(42009m, 2.2m), (42011m, 1.9m)], 1_700_000_099_990);
        await host.TickAsync(1_700_000_100_060);
        await client.SubscribeAsync("orderbook_heatmap", """{"symbol":"BTCUSDT","tickSize":10}""", "h1");
        Assert.Equal(
            """{"instanceId":"h1","type":"orderbook_heatmap","data":{"exchange":"binancef","symbol":"BTCUSDT","historical":[{"timestamp":1700000100000,"bids":[{"price":42000,"quantity":3.1},{"price":41990,"quantity":5}],"asks":[{"price":42010,"quantity":2.2},{"price":42020,"quantity":1.9}]}]}}""",
            await client.ReadAsync());
        await host.BookAsync([(42000.1m, 1m)], [(42009m, 1m)], 1_700_000_159_990);
        await host.TickAsync(1_700_000_160_060);
        Assert.Equal(
            """{"timestamp":1700000160000,"bids":[{"price":42000,"quantity":1}],"asks":[{"price":42010,"quantity":1}]}""",
            (await DataAsync(client)).GetProperty("live").GetRawText());
    }

    [Fact]
    public async Task What_memory_does_not_have_is_not_invented()
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync();
        await client.SubscribeAsync("footprint", """{"symbol":"BTCUSDT","timeRange":"24h"}""");
        var data = await DataAsync(client);
        Assert.Equal((JsonValueKind.Null, 0), (data.GetProperty("dataStartTime").ValueKind, data.GetProperty("candles").GetArrayLength()));
    }

    private static async Task<JsonElement> DataAsync(CryExcClient client) => (await client.ReadJsonAsync()).GetProperty("data");

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static (string, string, bool) Cvd(JsonElement data) =>
        (data.GetProperty("value").GetRawText(), data.GetProperty("delta").GetRawText(), data.GetProperty("isClosed").GetBoolean());

    private static (long, decimal) Candle(JsonElement data) =>
        (data.GetProperty("candle").GetProperty("timestamp").GetInt64(), data.GetProperty("candle").GetProperty("volume").GetDecimal());
}
