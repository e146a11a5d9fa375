using System.Text.Json;
using Omnibook.Tests.Server.Streams;

namespace Omnibook.Tests.Server.Apis.PerpDex;

/// <summary><c>/api/v1/ws/connect</c>, message by message.</summary>
public sealed class PriceSocketTests
{
    [Fact]
    public async Task Bug_004_3_a_client_subscribes_in_any_case_and_gets_the_price_of_now_and_every_change_as_numbers()
    {
        await using var host = await PerpDexHost.StartLiveAsync();
        using var client = await host.ConnectAsync();

        await client.SendTextAsync("""{"action":"subscribe","pair":"btc-usd"}""");

        Assert.Equal("""{"type":"subscribed","pair":"BTC-USD"}""", (await host.ReadAsync(client)).GetRawText());
        var update = await host.ReadAsync(client);
        Assert.Equal("price_update", update.GetProperty("type").GetString());
        var data = update.GetProperty("data");
        Assert.Equal(("BTC-USD", 64992m, 64995m), (data.GetProperty("pair").GetString(), Number(data, "best_bid"), Number(data, "best_ask")));
        Assert.Equal(2, data.GetProperty("sources").GetArrayLength());
        await host.FeedAsync("hyperliquid", "BTC", [(64994m, 1m)], [(65000m, 1m)]);
        JsonElement changed;
        do
        {
            changed = (await host.ReadAsync(client)).GetProperty("data"); // Figures of 24 hours may come in between.
        }
        while (Number(changed, "best_bid") == 64992m);

        Assert.Equal((64994m, "hyperliquid"), (Number(changed, "best_bid"), changed.GetProperty("best_bid_dex").GetString()));
    }

    [Fact]
    public async Task Whoever_comes_second_is_greeted_with_the_price_of_now()
    {
        await using var host = await PerpDexHost.StartLiveAsync();
        using var first = await SubscribedAsync(host);
        await host.ReadAsync(first);
        using var second = await SubscribedAsync(host);

        Assert.Equal("price_update", JsonDocument.Parse(await second.ReadTextAsync()).RootElement.GetProperty("type").GetString());
        var stats = await host.GetAsync("/api/v1/prices/stats");
        Assert.Equal((2, 2), (stats.GetProperty("active_connections").GetInt32(), stats.GetProperty("pair_details").GetProperty("BTC-USD").GetProperty("subscribers").GetInt32()));
        Assert.Equal(["hyperliquid/BTC", "lighter/BTC"], host.Following.Asked);
    }

    [Fact]
    public async Task Unsubscribing_and_leaving_let_the_pair_go()
    {
        await using var host = await PerpDexHost.StartLiveAsync();
        using var first = await SubscribedAsync(host);
        using (var second = await SubscribedAsync(host))
        {
            await first.SendTextAsync("""{"action":"unsubscribe","pair":"BTC-USD"}""");
            await UntilAsync(host, first, "unsubscribed");
            Assert.Equal(0, host.Following.Released);
        }

        await StreamHost.UntilAsync(() => host.Following.Released == 2);
    }

    [Theory]
    [InlineData("""{"action":"ping","timestamp":123}""", """{"type":"pong","timestamp":123}""")]
    [InlineData("""{"action":"ping"}""", """{"type":"pong","timestamp":null}""")]
    [InlineData("""{"action":"dance"}""", """{"type":"error","message":"unknown action 'dance'; there are subscribe, unsubscribe, ping"}""")]
    [InlineData("""[1]""", """{"type":"error","message":"unknown action ''; there are subscribe, unsubscribe, ping"}""")]
    [InlineData("""{"action":"subscribe"}""", """{"type":"error","message":"'' is no pair; pairs are written as BTC-USD"}""")]
    [InlineData("""{"action":"subscribe","pair":"NOPE-USD"}""", """{"type":"error","message":"Pair 'NOPE-USD' is not known at hyperliquid, lighter; there is KPEPE-USD"}""")]
    [InlineData("""{"action":"unsubscribe","pair":"BTC-USD"}""", """{"type":"error","message":"pair 'BTC-USD' is not subscribed"}""")]
    [InlineData("""{"action":""", """{"type":"error","message":"the message is no JSON; an example is {\"action\":\"subscribe\",\"pair\":\"BTC-USD\"}"}""")]
    public async Task Every_message_is_answered(string message, string answer)
    {
        await using var host = await PerpDexHost.StartAsync();
        using var client = await host.ConnectAsync();

        await client.SendTextAsync(message);

        Assert.Equal(answer, await client.ReadTextAsync());
    }

    private static async Task<RawClient> SubscribedAsync(PerpDexHost host)
    {
        var client = await host.ConnectAsync();
        await client.SendTextAsync("""{"action":"subscribe","pair":"BTC-USD"}""");
        Assert.Equal("""{"type":"subscribed","pair":"BTC-USD"}""", await client.ReadTextAsync());
        return client;
    }

    private static async Task UntilAsync(PerpDexHost host, RawClient client, string type)
    {
        while ((await host.ReadAsync(client)).GetProperty("type").GetString() != type)
        {
        }
    }

    private static decimal Number(JsonElement row, string name) => row.GetProperty(name).GetDecimal();
}
