using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Omnibook.Core.Events;
using Omnibook.Server.Apis.MarketData;
using Omnibook.Server.Apis.MarketData.Live;
using Omnibook.Tests.Server.Streams;

namespace Omnibook.Tests.Server.Apis.MarketData;

/// <summary><c>/ws/all/…</c>, over a real socket.</summary>
public sealed class EverythingSocketTests
{
    [Fact]
    public async Task Bug_003_11_the_large_trades_of_every_exchange_come_Hyperliquid_included()
    {
        await using var host = await MarketDataHost.StartAsync();
        using var client = await FollowAsync(host, "/ws/all/large_trades", everything => everything.LargeTrades);
        await host.TradeAsync("binance", "BTCUSDT", 1, 100_000, 1, TakerSide.Buy);
        await host.TradeAsync("hyperliquid", "BTC", 1, 100_000, 0.9m, TakerSide.Sell);
        await host.TradeAsync("hyperliquid", "BTC", 2, 100_000, 2, TakerSide.Sell);

        var (first, second) = (await ReadAsync(client), await ReadAsync(client));
        Assert.Equal("binance", first.GetProperty("exchange").GetString());
        Assert.Equal("large_trade", second.GetProperty("type").GetString());
        Assert.Equal("hyperliquid", second.GetProperty("exchange").GetString());
        Assert.Equal("sell", second.GetProperty("side").GetString());
        Assert.True(second.GetProperty("is_buyer_maker").GetBoolean());
    }

    [Fact]
    public async Task Liquidations_of_every_exchange_come_from_5000_dollars_on_unless_told_otherwise()
    {
        await using var host = await MarketDataHost.StartAsync();
        using var usual = await FollowAsync(host, "/ws/all/liquidations", everything => everything.Liquidations);
        using var all = await FollowAsync(host, "/ws/all/liquidations?min_value_usd=0", everything => everything.Liquidations, clients: 2);
        await host.LiquidateAsync("binance", "BTCUSDT", 1_000, 4.99m, TakerSide.Sell);
        await host.LiquidateAsync("bybit", "BTCUSDT", 1_000, 5, TakerSide.Buy);
        Assert.Equal(4990, (await ReadAsync(all)).GetProperty("value").GetDecimal());
        Assert.Equal(5000, (await ReadAsync(all)).GetProperty("value").GetDecimal());
        Assert.Equal("bybit", (await ReadAsync(usual)).GetProperty("exchange").GetString());
    }

    [Fact]
    public async Task The_usual_symbols_are_followed_while_somebody_listens()
    {
        await using var host = await MarketDataHost.StartAsync(new MarketDataRules { Symbols = ["BTCUSDT", "SOLUSDT"] });
        using (await FollowAsync(host, "/ws/all/large_trades", everything => everything.LargeTrades))
        {
            Assert.Equal(
                ["binance-usdm/BTCUSDT", "binance-usdm/SOLUSDT", "hyperliquid/BTC", "hyperliquid/SOL", "bybit/BTCUSDT"], host.Following.Asked);
        }

        await StreamHost.UntilAsync(() => host.Following.Released == 5);
    }

    [Fact]
    public async Task A_threshold_that_is_no_number_is_closed_with_1008()
    {
        await using var host = await MarketDataHost.StartAsync();
        using var client = await host.ConnectAsync("/ws/all/liquidations?min_value_usd=much");
        Assert.Equal((1008, "min_value_usd should be a number from 0, not 'much'"), await client.ReadCloseAsync());
    }

    private static async Task<RawClient> FollowAsync(
        MarketDataHost host, string path, Func<EverythingStream, Omnibook.Server.Streams.Topic> topic, int clients = 1)
    {
        var client = await host.ConnectAsync(path);
        await StreamHost.UntilAsync(() => topic(host.Services.GetRequiredService<EverythingStream>()).Followers == clients);
        return client;
    }

    private static async Task<JsonElement> ReadAsync(RawClient client) => JsonDocument.Parse(await client.ReadTextAsync()).RootElement;
}
