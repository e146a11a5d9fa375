using Omnibook.Core.Events;
using Omnibook.Server.Apis.CryExc;
using Omnibook.Server.Pipeline.Demand;
using Omnibook.Tests.Server.Streams;

namespace Omnibook.Tests.Server.Apis.CryExc;

/// <summary>The protocol of <c>/ws</c>: what is answered to what.</summary>
public sealed class SocketProtocolTests
{
    private const string Btc = """{"symbol":"BTCUSDT","exchanges":["binancef"]}""";

    [Theory]
    [InlineData("/ws")]
    [InlineData("/cryexc/ws")]
    public async Task C1_a_ping_is_answered(string path)
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync(path);
        await client.SendAsync("""{"type":"ping"}""");
        Assert.Equal("""{"type":"pong"}""", await client.ReadAsync());
    }

    [Theory]
    [InlineData("nonsense", "This is no JSON")]
    [InlineData("[1,2]", "A message should be a JSON object with a type")]
    [InlineData("\"ping\"", "A message should be a JSON object with a type")]
    [InlineData("{\"type\":7}", "A message should be a JSON object with a type")]
    [InlineData("{\"type\":\"subscribe\"}", "Unknown type 'subscribe'")]
    [InlineData("{\"type\":\"stream_subscribe\"}", "stream is missing")]
    [InlineData("{\"type\":\"stream_subscribe\",\"stream\":\"x\"}", "Unknown stream")]
    [InlineData("{\"type\":\"stream_subscribe\",\"stream\":\"trade\"}", "config.symbol is missing")]
    [InlineData("{\"type\":\"stream_subscribe\",\"stream\":\"trade\",\"config\":[]}", "config should be a JSON object")]
    [InlineData("{\"type\":\"stream_subscribe\",\"stream\":\"trade\",\"instanceId\":3,\"config\":{}}", "instanceId should be a text")]
    [InlineData("{\"type\":\"stream_subscribe_batch\",\"subscriptions\":{}}", "subscriptions should be a list")]
    [InlineData("{\"type\":\"stream_subscribe_batch\",\"subscriptions\":[4]}", "A subscription should be a JSON object")]
    public async Task Bug_002_12_bad_input_is_answered_and_ends_nothing(string message, string error)
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync();
        Assert.StartsWith(error, await client.RefusedAsync(message), StringComparison.Ordinal);
        await client.SendAsync("""{"type":"ping"}""");
        Assert.Equal("""{"type":"pong"}""", await client.ReadAsync());
    }

    [Fact]
    public async Task P8_an_error_names_the_stream_and_the_subscription()
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync();
        await client.SendAsync("""{"type":"stream_subscribe","stream":"x","instanceId":"y","config":{}}""");
        var error = await client.ReadJsonAsync();
        Assert.Equal(("x", "y"), (error.GetProperty("stream").GetString(), error.GetProperty("instanceId").GetString()));
    }

    [Theory]
    [InlineData("footprint", """{"symbol":"BTCUSDT","interval":"2m"}""", "config.interval should be one of raw, 30s, 1m, 5m, 15m, 30m, 1h, 4h, not '2m'")]
    [InlineData("cvd", """{"symbol":"BTCUSDT","timeRange":"2h"}""", "config.timeRange should be one of 15m, 30m, 1h, 4h, 12h, 24h, not '2h'")]
    [InlineData("trade", """{"symbol":"BTCUSDT","side":"long"}""", "config.side should be buy or sell, not 'long'")]
    [InlineData("trade", """{"symbol":"BTCUSDT","minNotional":"1"}""", "config.minNotional should be a number from 0")]
    [InlineData("trade", """{"symbol":"BTCUSDT","exchanges":["kraken"]}""", "Exchange 'kraken' is not supported (binancef, bybit, coinbase)")]
    [InlineData("trade", """{"symbol":"BTCUSDT","exchanges":["lighter"]}""", "Exchange 'lighter' is not followed by this server (binancef, bybit, coinbase)")]
    [InlineData("trade", """{"symbol":"DOGEUSDX","exchanges":["binancef"]}""", "Symbol 'DOGEUSDX' is not known at exchange 'binancef'")]
    [InlineData("liquidation", """{"symbol":"BTCUSDT","exchanges":["coinbase"]}""", "Exchange 'coinbase' has no liquidations")]
    [InlineData("dom", """{"symbol":"BTCUSDT","tickSize":0}""", "config.tickSize should be a positive multiple of 0.1 for BTCUSDT")]
    [InlineData("orderbook", """{"symbol":"BTCUSDT","tickSize":0.25}""", "config.tickSize should be a positive multiple of 0.1 for BTCUSDT")]
    [InlineData("orderbook", """{"symbol":"BTCUSDT","depth":1.5}""", "config.depth should be a whole number from 0")]
    [InlineData("orderbook_heatmap", """{"symbol":"BTCUSDT","interval":"10s"}""", "config.interval should be one of raw, 30s, 1m, 5m, 15m, 30m, 1h, 4h, not '10s'")]
    public async Task A_value_that_is_not_allowed_is_refused_with_what_is(string stream, string config, string error)
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync();
        Assert.StartsWith(error, await client.RefusedAsync(CryExcClient.Subscription("stream_subscribe", stream, config)), StringComparison.Ordinal);
        Assert.Empty(host.Following.Asked);
    }

    [Fact]
    public async Task Bug_002_10_a_symbol_is_followed_when_it_is_first_asked_for_and_let_go_with_the_last_client()
    {
        await using var host = await CryExcHost.StartAsync();
        using var stays = await host.ConnectAsync();
        await stays.SubscribeAsync("trade", """{"symbol":"ethusdt","exchanges":["binancef"]}""");
        using (var leaves = await host.ConnectAsync())
        {
            await leaves.SubscribeAsync("trade", """{"symbol":"ETHUSDT","exchanges":["binancef"]}""", "t");
            await leaves.SubscribeAsync("orderbook", """{"symbol":"ETHUSDT","exchanges":["binancef"]}""");
            Assert.Equal(["binance-usdm/ETHUSDT", "binance-usdm/ETHUSDT"], host.Following.Asked);
        }

        await StreamHost.UntilAsync(() => host.Following.Released == 1);
        await stays.SendAsync("""{"type":"stream_unsubscribe","stream":"trade"}""");
        Assert.Equal("""{"type":"unsubscribed","stream":"trade"}""", await stays.ReadAsync());
        Assert.Equal((0, 2), (host.OpenStreams, host.Following.Released));
    }

    [Fact]
    public async Task Bug_002_13_a_socket_that_dies_without_a_word_holds_nothing_any_more()
    {
        await using var host = await CryExcHost.StartAsync();
        var client = await host.ConnectAsync();
        await client.SubscribeAsync("cvd", Btc);
        await client.ReadAsync();
        await client.SubscribeAsync("dom", """{"symbol":"BTCUSDT","exchange":"binancef"}""");
        Assert.Equal(2, host.OpenStreams);
        client.Dispose();
        await StreamHost.UntilAsync(() => host.OpenStreams == 0 && host.Following.Released == 2);
    }

    [Fact]
    public async Task No_exchange_named_means_every_one_that_has_the_symbol()
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync();
        await client.SubscribeAsync("trade", """{"symbol":"BTCUSDT","exchanges":[]}""");
        await client.SubscribeAsync("liquidation", """{"symbol":"BTCUSDT"}""");
        Assert.Equal(
            ["binance-usdm/BTCUSDT", "bybit/BTCUSDT", "coinbase/BTC-USDT", "binance-usdm/BTCUSDT", "bybit/BTCUSDT"], host.Following.Asked);
    }

    [Fact]
    public async Task A_second_subscription_of_the_same_key_takes_the_place_of_the_first_and_an_update_is_acknowledged()
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync();
        await client.SubscribeAsync("trade", Btc, "a");
        await client.SendAsync(CryExcClient.Subscription("stream_update", "trade", """{"symbol":"ETHUSDT","exchanges":["binancef"]}""", "a"));
        Assert.Equal(
            """{"type":"subscribed","stream":"trade","config":{"symbol":"ETHUSDT","exchanges":["binancef"]},"instanceId":"a"}""", await client.ReadAsync());
        Assert.Equal(1, host.OpenStreams);
        await host.TradeAsync(CryExcHost.Start, 1, 1, TakerSide.Buy);
        await host.TradeAsync(CryExcHost.Start, 2, 1, TakerSide.Buy, symbol: "ETHUSDT");
        Assert.Equal("ETHUSDT", (await client.ReadJsonAsync()).GetProperty("data").GetProperty("symbol").GetString());
    }

    [Fact]
    public async Task An_update_that_is_refused_leaves_what_was_there()
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync();
        await client.SubscribeAsync("trade", Btc, "a");
        await client.RefusedAsync(CryExcClient.Subscription("stream_update", "trade", """{"symbol":"NOPE","exchanges":["binancef"]}""", "a"));
        await host.TradeAsync(CryExcHost.Start, 1, 1, TakerSide.Buy);
        Assert.Equal("trade", (await client.ReadJsonAsync()).GetProperty("type").GetString());
    }

    [Fact]
    public async Task Unsubscribing_from_nothing_is_acknowledged()
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync();
        await client.SendAsync("""{"type":"stream_unsubscribe","stream":"footprint","instanceId":"f1"}""");
        Assert.Equal("""{"type":"unsubscribed","stream":"footprint","instanceId":"f1"}""", await client.ReadAsync());
    }

    [Fact]
    public async Task There_is_a_bound_on_batches_and_on_connections()
    {
        await using var host = await CryExcHost.StartAsync(new CryExcRules { MaxSubscriptions = 2 });
        using var client = await host.ConnectAsync();
        var three = string.Join(",", Enumerable.Range(0, 3).Select(i => CryExcClient.Subscription("", "trade", Btc, $"{i}")));
        Assert.StartsWith("A batch may have 2", await client.RefusedAsync($$"""{"type":"stream_subscribe_batch","subscriptions":[{{three}}]}"""), StringComparison.Ordinal);
        Assert.Equal(0, host.OpenStreams);
        await client.SubscribeAsync("trade", Btc, "1");
        await client.SubscribeAsync("trade", Btc, "2");
        Assert.StartsWith(
            "A connection may have 2", await client.RefusedAsync(CryExcClient.Subscription("stream_subscribe", "trade", Btc, "3")), StringComparison.Ordinal);
        await client.SubscribeAsync("trade", Btc, "2");
        Assert.Equal(1, host.OpenStreams);
    }

    [Fact]
    public async Task A_venue_without_room_refuses_in_words()
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync();
        host.Following.Refusal = new DemandRefusedException(DemandRefusal.Full, "binance-usdm is full");
        Assert.Equal("binance-usdm is full", await client.RefusedAsync(CryExcClient.Subscription("stream_subscribe", "trade", Btc)));
        Assert.Equal(0, host.OpenStreams);
    }

    [Fact]
    public async Task P2_one_batch_subscribes_to_everything_and_each_entry_is_acknowledged_in_order()
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync();
        string[] streams = ["trade", "kline", "orderbook", "dom", "cvd", "footprint", "orderbook_heatmap", "liquidation", "news"];
        const string config = """{"symbol":"BTCUSDT","exchange":"binancef","exchanges":["binancef"],"interval":"1m","tickSize":10,"timeRange":"1h","depth":30}""";
        var entries = string.Join(",", streams.Select(stream => CryExcClient.Subscription("", stream, config, $"1:{stream}")));
        await client.SendAsync($$"""{"type":"stream_subscribe_batch","subscriptions":[{{entries}}]}""");
        List<string> acknowledged = [];
        while (acknowledged.Count < streams.Length)
        {
            var frame = await client.ReadJsonAsync();
            Assert.StartsWith("1:", frame.GetProperty("instanceId").GetString(), StringComparison.Ordinal);
            if (frame.GetProperty("type").GetString() == "subscribed")
            {
                acknowledged.Add(frame.GetProperty("stream").GetString()!);
            }
        }

        Assert.Equal(streams, acknowledged);
    }
}
