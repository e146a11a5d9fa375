using System.Text.Json;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Server.Apis.MarketData.Live;
using Omnibook.Server.Pipeline.Demand;
using Omnibook.Tests.Server.Streams;

namespace Omnibook.Tests.Server.Apis.MarketData;

/// <summary><c>/ws/{exchange}/{symbol}/ohlc</c>: each change, and once that a candle is over.</summary>
public sealed class CandleSocketTests
{
    private static readonly CandleInterval Minute = CandleInterval.Parse("1m");

    [Fact]
    public async Task The_candle_of_now_comes_at_once_to_the_first_and_to_those_after()
    {
        await using var host = await MarketDataHost.StartAsync();
        var open = Minute.StartOf(host.Now);
        host.Binance.Candles = [new Candle(open, 100, 200, 50, 150, 10, 1500, 3)];
        using var first = await host.ConnectAsync("/ws/binance/BTCUSDT/ohlc");
        Assert.Equal(
            """{"type":"ohlc","exchange":"binance","symbol":"BTCUSDT","timestamp":"2025-09-22T06:55:00Z","interval":"1m","open":100,"high":200,"low":50,"close":150,"volume":10,"quote_volume":1500,"trades_count":3,"is_closed":false}""",
            await first.ReadTextAsync());
        Assert.Equal(["candles BTCUSDT 1m 1"], host.Binance.Asked);

        await host.CandleAsync("binance", "BTCUSDT", "1m", open, 160, isClosed: false);
        Assert.Equal(160, (await ReadAsync(first)).GetProperty("close").GetDecimal());
        using var second = await host.ConnectAsync("/ws/binance/BTCUSDT/ohlc");
        Assert.Equal(160, (await ReadAsync(second)).GetProperty("close").GetDecimal());
    }

    [Fact]
    public async Task A_venue_that_cannot_be_asked_is_no_reason_to_close()
    {
        await using var host = await MarketDataHost.StartAsync();
        host.Binance.Failure = Omnibook.Venues.RequestFailure.Unreachable;
        using var client = await ConnectAsync(host, "/ws/binance/BTCUSDT/ohlc");
        await host.CandleAsync("binance", "BTCUSDT", "1m", Minute.StartOf(host.Now), 160, isClosed: false);
        Assert.Equal(160, (await ReadAsync(client)).GetProperty("close").GetDecimal());
    }

    [Fact]
    public async Task Every_change_comes_and_the_end_once_where_the_venue_tells_it()
    {
        await using var host = await MarketDataHost.StartAsync();
        using var client = await ConnectAsync(host, "/ws/binance/BTCUSDT/ohlc");
        var open = Minute.StartOf(host.Now);
        await host.CandleAsync("binance", "BTCUSDT", "1m", open, 110, isClosed: false);
        await host.CandleAsync("binance", "BTCUSDT", "1m", open, 120, isClosed: false);
        await host.CandleAsync("binance", "BTCUSDT", "1m", open, 125, isClosed: true);
        await host.CandleAsync("binance", "BTCUSDT", "1m", Minute.EndOf(open), 130, isClosed: false);
        Assert.Equal("110 False, 120 False, 125 True, 130 False", await ReadAsync(client, 4));
    }

    [Fact]
    public async Task Bug_003_3_the_next_candle_ends_the_one_before_where_the_venue_does_not_tell_it()
    {
        await using var host = await MarketDataHost.StartAsync();
        using var client = await ConnectAsync(host, "/ws/hyperliquid/BTC/ohlc");
        var open = Minute.StartOf(host.Now);
        await host.CandleAsync("hyperliquid", "BTC", "1m", open, 110, isClosed: null);
        await host.CandleAsync("hyperliquid", "BTC", "1m", open, 120, isClosed: null);
        await host.CandleAsync("hyperliquid", "BTC", "1m", Minute.EndOf(open), 130, isClosed: null);
        Assert.Equal("110 False, 120 False, 120 True, 130 False", await ReadAsync(client, 4));
    }

    [Fact]
    public async Task A_candle_that_ended_during_a_break_is_asked_for_since_nobody_knows_what_it_became()
    {
        await using var host = await MarketDataHost.StartAsync();
        using var client = await ConnectAsync(host, "/ws/hyperliquid/BTC/ohlc");
        var open = Minute.StartOf(host.Now);
        await host.CandleAsync("hyperliquid", "BTC", "1m", open, 110, isClosed: null);
        Assert.Equal("110 False", await ReadAsync(client, 1));
        host.Following.HasStood = false;
        host.Hyperliquid.Candles = [new Candle(open, 100, 200, 50, 180, 12, null, null)];

        await host.CandleAsync("hyperliquid", "BTC", "1m", Minute.EndOf(open), 190, isClosed: null);
        var frames = (await ReadAsync(client, 2)).Split(", ").Order(StringComparer.Ordinal);
        Assert.Equal(["180 True", "190 False"], frames);
        Assert.Contains($"candles BTC 1m 1 from {open.UnixMilliseconds} to {open.UnixMilliseconds}", host.Hyperliquid.Asked);

        using var late = await host.ConnectAsync("/ws/hyperliquid/BTC/ohlc");
        Assert.Equal("190 False", await ReadAsync(late, 1));
    }

    [Fact]
    public async Task Candles_that_the_venue_does_not_stream_are_asked_for_every_five_seconds_once_for_all()
    {
        await using var host = await MarketDataHost.StartAsync();
        host.Following.Refusal = new DemandRefusedException(DemandRefusal.CandlesNotStreamed, "it streams none");
        var open = Minute.StartOf(host.Now);
        host.Bybit.Candles = [Candle(open, 110)];
        using var first = await ConnectAsync(host, "/ws/bybit/BTCUSDT/ohlc");
        using var second = await host.ConnectAsync("/ws/bybit/BTCUSDT/ohlc");
        Assert.Equal("110 False", await ReadAsync(first, 1));
        Assert.Equal("110 False", await ReadAsync(second, 1));

        host.Bybit.Candles = [Candle(open, 120)];
        for (var looks = 2; host.Now + PolledCandleStream.Pace < Minute.EndOf(open); looks++)
        {
            host.Time.Advance(PolledCandleStream.Pace);
            await StreamHost.UntilAsync(() => host.Bybit.Asked.Count == looks);
        }

        Assert.Equal("120 False", await ReadAsync(first, 1));
        host.Bybit.Candles = [Candle(open, 125), Candle(Minute.EndOf(open), 130)];
        host.Time.Advance(PolledCandleStream.Pace);
        Assert.Equal("125 True, 130 False", await ReadAsync(first, 2));
        Assert.Equal("120 False, 125 True, 130 False", await ReadAsync(second, 3));
        Assert.Equal(["candles BTCUSDT 1m 1", $"candles BTCUSDT 1m 50 from {open.UnixMilliseconds}"], host.Bybit.Asked.Distinct().Take(2));
    }

    [Fact]
    public async Task No_exchange_is_asked_for_more_than_twenty_such_streams()
    {
        await using var host = await MarketDataHost.StartAsync();
        host.Following.Refusal = new DemandRefusedException(DemandRefusal.CandlesNotStreamed, "it streams none");
        var clients = new List<RawClient>();
        foreach (var spelling in new[] { "BTCUSDT", "BTC", "BTC-USDT", "BTC_USDT", "ETHUSDT" })
        {
            foreach (var interval in new[] { "1m", "5m", "1h", "1d" })
            {
                clients.Add(await host.ConnectAsync($"/ws/bybit/{spelling}/ohlc?interval={interval}"));
            }
        }

        await StreamHost.UntilAsync(() => host.OpenStreams == 20);
        using (var refused = await host.ConnectAsync("/ws/bybit/ETH/ohlc"))
        {
            Assert.Equal((1013, "Exchange 'bybit' streams no candles of 1m, and is asked for 20 others already"), await refused.ReadCloseAsync());
        }

        clients.ForEach(client => client.Dispose());
        await StreamHost.UntilAsync(() => host.OpenStreams == 0);
    }

    [Fact]
    public async Task Candles_of_other_lengths_are_of_other_streams()
    {
        await using var host = await MarketDataHost.StartAsync();
        using var client = await ConnectAsync(host, "/ws/binance/BTCUSDT/ohlc?interval=5m");
        await host.CandleAsync("binance", "BTCUSDT", "1m", Minute.StartOf(host.Now), 110, isClosed: false);
        await host.CandleAsync("binance", "BTCUSDT", "5m", CandleInterval.Parse("5m").StartOf(host.Now), 120, isClosed: false);
        Assert.Equal("120 False", await ReadAsync(client, 1));
    }

    private static Candle Candle(Timestamp start, decimal close) => new(start, 100, 200, 50, close, 10, null, null);

    private static async Task<RawClient> ConnectAsync(MarketDataHost host, string path)
    {
        var client = await host.ConnectAsync(path);
        await StreamHost.UntilAsync(() => host.OpenStreams == 1);
        return client;
    }

    private static async Task<string> ReadAsync(RawClient client, int frames)
    {
        var read = new List<string>();
        for (var i = 0; i < frames; i++)
        {
            var frame = await ReadAsync(client);
            read.Add($"{frame.GetProperty("close").GetDecimal()} {frame.GetProperty("is_closed").GetBoolean()}");
        }

        return string.Join(", ", read);
    }

    private static async Task<JsonElement> ReadAsync(RawClient client) => JsonDocument.Parse(await client.ReadTextAsync()).RootElement;
}
