using System.Text.Json;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Core.Instruments;
using Omnibook.Tests.Core.Flow;
using Omnibook.Tests.Server.Streams;

namespace Omnibook.Tests.Server.Apis.CryExc;

/// <summary>What was before the server began, or before memory begins, over a real socket.</summary>
public sealed class PastTests
{
    /// <summary>Two hours before the host's time.</summary>
    private const long Earlier = CryExcHost.Start - 7_200_000;

    private const string Btc = """{"symbol":"BTCUSDT","exchanges":["binancef"],"exchange":"binancef","interval":"1m","timeRange":"4h","tickSize":10}""";

    [Fact]
    public async Task Candles_from_before_a_restart_and_after_it_are_one_history()
    {
        await using var host = await CryExcHost.StartAsync(archive: Archive());
        using var client = await host.ConnectAsync();
        await host.TradeAsync(CryExcHost.Start - 1_000, 42_000, 3, TakerSide.Buy);
        await client.SubscribeAsync("footprint", Btc);
        var data = (await client.ReadJsonAsync()).GetProperty("data");

        Assert.Equal(Earlier, data.GetProperty("dataStartTime").GetInt64());
        Assert.Equal(
            [(1_699_992_840_000, 1m, true), (1_699_999_980_000, 1.7m, false), (1_700_000_040_000, 4.3m, false)],
            data.GetProperty("candles").EnumerateArray().Select(Candle));
    }

    [Fact]
    public async Task The_volume_delta_goes_on_from_what_the_archive_has()
    {
        await using var host = await CryExcHost.StartAsync(archive: Archive());
        using var client = await host.ConnectAsync();
        await client.SubscribeAsync("cvd", Btc);
        var points = (await client.ReadJsonAsync()).GetProperty("data").EnumerateArray().Select(point => point.GetProperty("value").GetDecimal());
        Assert.Equal([100m, 54711.87m, 33717.16m], points);
        await host.TradeAsync(CryExcHost.Start, 1_000, 1, TakerSide.Sell);
        await host.TickAsync(CryExcHost.Start + 1_100);
        Assert.Equal(32717.16m, (await client.ReadJsonAsync()).GetProperty("data").GetProperty("value").GetDecimal());
    }

    [Fact]
    public async Task A_ladder_has_what_was_traded_in_the_whole_range()
    {
        await using var host = await CryExcHost.StartAsync(archive: Archive());
        using var client = await host.ConnectAsync();
        await host.BookAsync([(42000.1m, 0.8m)], [(42000.2m, 0.2m)]);
        await client.SubscribeAsync("dom", Btc);
        var data = (await client.ReadJsonAsync()).GetProperty("data");
        Assert.Equal(Earlier, data.GetProperty("dataStartTime").GetInt64());
        Assert.Equal(4.0m, data.GetProperty("levels").EnumerateArray().Sum(level => level.GetProperty("volume").GetDecimal()));
        Assert.Equal((100m, 42020.5m), (data.GetProperty("sessionLow").GetDecimal(), data.GetProperty("sessionHigh").GetDecimal()));
    }

    [Fact]
    public async Task Books_of_before_come_before_those_of_memory()
    {
        var archive = Archive();
        archive.Books.Add(new KeptBook(Timestamp.FromMilliseconds(CryExcHost.Start - 140_000), [Level(42000.1m, 3.1m)], [Level(42009m, 2m)]));
        await using var host = await CryExcHost.StartAsync(archive: archive);
        using var client = await host.ConnectAsync();
        await client.SubscribeAsync("orderbook_heatmap", Btc);
        Assert.Equal(
            """[{"timestamp":1699999920000,"bids":[{"price":42000,"quantity":3.1}],"asks":[{"price":42010,"quantity":2}]}]""",
            (await client.ReadJsonAsync()).GetProperty("data").GetProperty("historical").GetRawText());
    }

    [Fact]
    public async Task An_archive_that_is_out_of_order_costs_history_and_nothing_else()
    {
        var archive = Archive();
        archive.IsBroken = true;
        await using var host = await CryExcHost.StartAsync(archive: archive);
        using var client = await host.ConnectAsync();
        await host.TradeAsync(CryExcHost.Start - 1_000, 42_000, 3, TakerSide.Buy);
        await client.SubscribeAsync("footprint", Btc);
        var data = (await client.ReadJsonAsync()).GetProperty("data");
        Assert.Equal(CryExcHost.Start - 1_000, data.GetProperty("dataStartTime").GetInt64());
        Assert.Equal((1_700_000_040_000, 3m, true), Candle(Assert.Single(data.GetProperty("candles").EnumerateArray().ToArray())));
    }

    [Fact]
    public async Task A_question_ends_with_the_client_who_asked()
    {
        var archive = Archive();
        await using var host = await CryExcHost.StartAsync(archive: archive);
        var client = await host.ConnectAsync();
        await client.SubscribeAsync("trade", Btc);
        await host.TickAsync(CryExcHost.Start + 100);
        archive.Gate = new TaskCompletionSource().Task;
        await client.SendAsync(CryExcClient.Subscription("stream_subscribe", "orderbook_heatmap", Btc));
        await StreamHost.UntilAsync(() => host.OpenStreams == 2);
        client.Dispose();
        await StreamHost.UntilAsync(() => host.OpenStreams == 0 && archive.Cancelled > 0);
    }

    [Fact]
    public async Task Candles_of_the_time_in_which_nobody_followed_the_symbol_say_that_they_lack_trades()
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync();
        await host.TradeAsync(CryExcHost.Start - 200_000, 100, 1, TakerSide.Buy);
        await host.TradeAsync(CryExcHost.Start - 140_000, 100, 1, TakerSide.Buy);
        await host.StatusAsync(BookState.Disabled, StatusReasons.NotFollowed);
        await host.TradeAsync(CryExcHost.Start - 61_000, 100, 1, TakerSide.Buy);
        await host.TradeAsync(CryExcHost.Start, 100, 1, TakerSide.Buy);
        await client.SubscribeAsync("footprint", Btc);
        var candles = (await client.ReadJsonAsync()).GetProperty("data").GetProperty("candles").EnumerateArray();
        Assert.Equal([true, true, true, false], candles.Select(candle => Candle(candle).IsPartial));
    }

    [Theory]
    [InlineData("raw", 1_000)]
    [InlineData("30s", 30_000)]
    public async Task Books_of_shorter_intervals_are_kept_since_somebody_asks_for_them(string interval, int length)
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync();
        var config = Btc.Replace("1m", interval, StringComparison.Ordinal);
        await client.SubscribeAsync("orderbook_heatmap", config, "a");
        Assert.Equal(0, (await client.ReadJsonAsync()).GetProperty("data").GetProperty("historical").GetArrayLength());
        await host.TickAsync(CryExcHost.Start + 100);
        var next = (CryExcHost.Start / length + 1) * length;
        await host.BookAsync([(42000.1m, 3.1m)], [(42009m, 2m)], next - 50);
        await host.TickAsync(next + 60);
        var live = (await client.ReadJsonAsync()).GetProperty("data").GetProperty("live");
        Assert.Equal(next, live.GetProperty("timestamp").GetInt64());
        await client.SubscribeAsync("orderbook_heatmap", config, "b");
        Assert.Equal($"[{live.GetRawText()}]", (await client.ReadJsonAsync()).GetProperty("data").GetProperty("historical").GetRawText());
    }

    /// <summary>The worked trades, and one of two hours before.</summary>
    private static MadeArchive Archive()
    {
        var archive = new MadeArchive();
        archive.Trades.AddRange([MadeTrades.Of(Earlier, 100, 1, TakerSide.Buy), .. MadeTrades.Golden]);
        archive.Before = archive.Trades.Count;
        return archive;
    }

    private static Level Level(decimal price, decimal quantity) => new(new Price((long)(price * 10)), new Quantity((long)(quantity * 1000)));

    private static (long Start, decimal Volume, bool IsPartial) Candle(JsonElement candle) =>
        (candle.GetProperty("timestamp").GetInt64(), candle.GetProperty("volume").GetDecimal(), candle.TryGetProperty("isPartial", out _));
}
