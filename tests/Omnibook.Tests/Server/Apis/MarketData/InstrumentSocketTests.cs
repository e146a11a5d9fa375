using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Server.Apis.MarketData;
using Omnibook.Server.Pipeline.Demand;
using Omnibook.Tests.Server.Streams;

namespace Omnibook.Tests.Server.Apis.MarketData;

/// <summary><c>/ws/{exchange}/{symbol}/{stream}</c>, over a real socket.</summary>
public sealed class InstrumentSocketTests
{
    [Theory]
    [InlineData("binance", "BTCUSDT")]
    [InlineData("bybit", "BTCUSDT")]
    public async Task Bug_003_1_a_liquidation_arrives_with_every_field_of_the_contract(string exchange, string symbol)
    {
        await using var host = await MarketDataHost.StartAsync();
        using var client = await FollowAsync(host, $"/ws/{exchange}/{symbol}/liquidations");
        await host.LiquidateAsync(exchange, symbol, 101500, 2.5m, TakerSide.Sell);
        Assert.Equal(
            $$"""{"type":"liquidation","exchange":"{{exchange}}","symbol":"{{symbol}}","timestamp":"2025-11-06T17:50:12.123Z","side":"sell","price":101500,"quantity":2.5,"value":253750}""",
            await client.ReadTextAsync());
    }

    [Fact]
    public async Task A_large_trade_has_every_field_of_the_contract_in_its_form()
    {
        await using var host = await MarketDataHost.StartAsync();
        using var client = await FollowAsync(host, "/markets/ws/HYPERLIQUID/btc/large_trades");
        await host.TradeAsync("hyperliquid", "BTC", 1, 101800, 3, TakerSide.Buy);
        Assert.Equal(
            """{"type":"large_trade","exchange":"hyperliquid","symbol":"BTC","timestamp":"2025-11-06T17:50:12.123Z","side":"buy","price":101800,"quantity":3,"value":305400,"is_buyer_maker":false}""",
            await client.ReadTextAsync());
    }

    [Theory]
    [InlineData("binance", "BTCUSDT")]
    [InlineData("bybit", "BTCUSDT")]
    [InlineData("hyperliquid", "BTC")]
    public async Task Bug_003_8_one_threshold_holds_on_every_exchange_and_the_maker_is_told_right(string exchange, string symbol)
    {
        await using var host = await MarketDataHost.StartAsync(new MarketDataRules { LargeTradeUsd = 50_000 });
        using var client = await FollowAsync(host, $"/ws/{exchange}/{symbol}/large_trades");
        await host.TradeAsync(exchange, symbol, 1, 100_000, 0.49999m, TakerSide.Sell);
        await host.TradeAsync(exchange, symbol, 2, 100_000, 0.5m, TakerSide.Sell);
        await host.TradeAsync(exchange, symbol, 3, 100_000, 0.6m, TakerSide.Buy);

        var (first, second) = (await ReadAsync(client), await ReadAsync(client));
        Assert.Equal(50_000, first.GetProperty("value").GetDecimal());
        Assert.Equal("sell", first.GetProperty("side").GetString());
        Assert.True(first.GetProperty("is_buyer_maker").GetBoolean());
        Assert.Equal(60_000, second.GetProperty("value").GetDecimal());
        Assert.False(second.GetProperty("is_buyer_maker").GetBoolean());
    }

    [Fact]
    public async Task Each_client_may_have_its_own_threshold_on_the_one_stream()
    {
        await using var host = await MarketDataHost.StartAsync();
        using var modest = await FollowAsync(host, "/ws/binance/BTCUSDT/large_trades?min_value_usd=10");
        using var greedy = await RawClient.ConnectAsync(host.Address, "/ws/binance/BTCUSDT/large_trades");
        await StreamHost.UntilAsync(() => host.Listeners == 2);
        await host.TradeAsync("binance", "BTCUSDT", 1, 100_000, 0.001m, TakerSide.Buy);
        await host.TradeAsync("binance", "BTCUSDT", 2, 100_000, 2, TakerSide.Buy);
        Assert.Equal(100, (await ReadAsync(modest)).GetProperty("value").GetDecimal());
        Assert.Equal(200_000, (await ReadAsync(modest)).GetProperty("value").GetDecimal());
        Assert.Equal(200_000, (await ReadAsync(greedy)).GetProperty("value").GetDecimal());
        Assert.Single(host.Following.Asked);
    }

    [Fact]
    public async Task Bug_003_9_all_clients_of_a_stream_share_one_subscription_and_each_stream_has_its_own()
    {
        await using var host = await MarketDataHost.StartAsync();
        using var first = await FollowAsync(host, "/ws/binance/BTCUSDT/ohlc?interval=1m");
        using var second = await host.ConnectAsync("/ws/BINANCE/btcusdt/ohlc");
        using var third = await host.ConnectAsync("/markets/ws/binance/BTCUSDT/ohlc?interval=1m");
        await host.CandleAsync("binance", "BTCUSDT", "1m", host.Now, 120, isClosed: false);
        foreach (var client in new[] { first, second, third })
        {
            Assert.Equal(120, (await ReadAsync(client)).GetProperty("close").GetDecimal());
        }

        Assert.Equal(["binance-usdm/BTCUSDT 1m"], host.Following.Asked);
        using var other = await FollowAsync(host, "/ws/binance/BTCUSDT/ohlc?interval=5m", streams: 2);
        Assert.Equal(["binance-usdm/BTCUSDT 1m", "binance-usdm/BTCUSDT 5m"], host.Following.Asked);
    }

    [Fact]
    public async Task Bug_003_10_a_client_that_leaves_a_quiet_stream_is_noticed_without_any_event()
    {
        await using var host = await MarketDataHost.StartAsync();
        using var stays = await FollowAsync(host, "/ws/bybit/ETHUSDT/liquidations");
        using (var polite = await FollowAsync(host, "/ws/bybit/BTCUSDT/liquidations", streams: 2))
        {
            await polite.SendAsync(0x88, [0x03, 0xE8]);
            await StreamHost.UntilAsync(() => host.Following.Released == 1);
        }

        (await FollowAsync(host, "/ws/bybit/BTCUSDT/large_trades", streams: 2)).Dispose();
        await StreamHost.UntilAsync(() => host.Following.Released == 2);
        Assert.Equal(1, host.OpenStreams);
    }

    [Theory]
    [InlineData("/ws/kraken/BTCUSDT/ohlc", "Exchange 'kraken' is not supported (binance, hyperliquid, bybit)")]
    [InlineData("/ws/lighter/BTC/ohlc", "Exchange 'lighter' is not followed by this server (binance, hyperliquid, bybit)")]
    [InlineData("/ws/binance/BTCUSDT/candles", "Stream 'candles' does not exist; there is ohlc, large_trades, liquidations")]
    [InlineData("/ws/hyperliquid/BTC/liquidations", "Exchange 'hyperliquid' has no liquidations; there is binance, bybit")]
    [InlineData("/ws/binance/BTCUSDX/ohlc", "Symbol 'BTCUSDX' is not known at exchange 'binance'; there is BTCUSDT, ETHUSDT")]
    [InlineData("/ws/bybit/BTCUSDT/ohlc?interval=8h", "Exchange 'bybit' has no interval '8h'; there is 1m, 5m, 1h, 6h, 1d")]
    [InlineData("/ws/bybit/BTCUSDT/large_trades?min_value_usd=-1", "min_value_usd should be a number from 0, not '-1'")]
    public async Task What_is_not_there_is_accepted_and_closed_with_1008_and_the_reason(string path, string reason)
    {
        await using var host = await MarketDataHost.StartAsync();
        using var client = await host.ConnectAsync(path);
        var close = await client.ReadCloseAsync();
        Assert.Equal(1008, close.Code);
        Assert.Equal(reason, close.Reason);
        Assert.Empty(host.Following.Asked);
    }

    [Fact]
    public async Task A_reason_has_at_most_123_bytes_and_no_half_letter()
    {
        await using var host = await MarketDataHost.StartAsync();
        using var client = await host.ConnectAsync($"/ws/binance/{string.Concat(Enumerable.Repeat("%C3%A4", 60))}/ohlc");
        var close = await client.ReadCloseAsync();
        Assert.Equal(1008, close.Code);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(close.Reason), 100, 123);
        Assert.EndsWith("ä…", close.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_may_be_there_later_is_closed_with_1013()
    {
        await using var host = await MarketDataHost.StartAsync();
        host.Following.Refusal = new DemandRefusedException(DemandRefusal.Full, "bybit: as much as is allowed is followed already");
        using (var full = await host.ConnectAsync("/ws/bybit/BTCUSDT/ohlc"))
        {
            Assert.Equal((1013, "bybit: as much as is allowed is followed already"), await full.ReadCloseAsync());
        }

        host.Following.Refusal = new DemandRefusedException(DemandRefusal.VenueNotFollowed, "bybit is not followed");
        using (var never = await host.ConnectAsync("/ws/bybit/BTCUSDT/large_trades"))
        {
            Assert.Equal((1008, "bybit is not followed"), await never.ReadCloseAsync());
        }

        host.ForgetInstruments("bybit");
        using var pending = await host.ConnectAsync("/ws/bybit/BTCUSDT/ohlc");
        Assert.Equal(1013, (await pending.ReadCloseAsync()).Code);
        Assert.Equal(0, host.OpenStreams);
    }

    [Fact]
    public async Task A_fault_of_ours_is_closed_with_1011()
    {
        await using var host = await MarketDataHost.StartAsync();
        host.Following.Fault = new InvalidOperationException("as the test wants");
        using var client = await host.ConnectAsync("/ws/bybit/BTCUSDT/liquidations");
        Assert.Equal((1011, "internal error; the server's log says more"), await client.ReadCloseAsync());
    }

    [Fact]
    public async Task Whatever_a_client_sends_is_ignored()
    {
        await using var host = await MarketDataHost.StartAsync();
        using var client = await FollowAsync(host, "/ws/binance/BTCUSDT/liquidations");
        await client.SendTextAsync("{\"type\":\"subscribe");
        await client.SendTextAsync("ping");
        await host.LiquidateAsync("binance", "BTCUSDT", 1, 1, TakerSide.Buy);
        Assert.Equal("buy", (await ReadAsync(client)).GetProperty("side").GetString());
    }

    /// <summary>Connects, and waits until the stream is open.</summary>
    private static async Task<RawClient> FollowAsync(MarketDataHost host, string path, int streams = 1)
    {
        var client = await host.ConnectAsync(path);
        await StreamHost.UntilAsync(() => host.OpenStreams == streams);
        return client;
    }

    private static async Task<JsonElement> ReadAsync(RawClient client) => JsonDocument.Parse(await client.ReadTextAsync()).RootElement;
}
