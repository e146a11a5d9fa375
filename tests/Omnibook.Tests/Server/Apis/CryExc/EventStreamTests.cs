using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Tests.Server.Apis.CryExc;

/// <summary>Trades, liquidations, candles, books and news, over a real socket.</summary>
public sealed class EventStreamTests
{
    private const string Btc = """{"symbol":"btcusdt","exchanges":["binancef"]}""";

    [Fact]
    public async Task A_trade_has_the_form_of_the_contract()
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync();
        await client.SubscribeAsync("trade", Btc);
        await host.TradeAsync(1_700_000_000_000, 42001.3m, 0.5m, TakerSide.Buy);
        Assert.Equal(
            """{"type":"trade","data":{"exchange":"binancef","symbol":"BTCUSDT","price":42001.3,"quantity":0.5,"quoteQty":21000.65,"isBuyerMaker":false,"timestamp":1700000000000}}""",
            await client.ReadAsync());
    }

    [Fact]
    public async Task Trades_are_chosen_by_side_and_worth()
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync();
        await client.SubscribeAsync("trade", """{"symbol":"BTCUSDT","exchanges":["binancef"],"minNotional":1000,"side":"sell"}""");
        await host.TradeAsync(CryExcHost.Start, 1000, 2, TakerSide.Buy);
        await host.TradeAsync(CryExcHost.Start, 999, 1, TakerSide.Sell);
        await host.TradeAsync(CryExcHost.Start, 1000, 1, TakerSide.Sell);
        var data = (await client.ReadJsonAsync()).GetProperty("data");
        Assert.Equal((1000m, true), (data.GetProperty("quoteQty").GetDecimal(), data.GetProperty("isBuyerMaker").GetBoolean()));
    }

    [Fact]
    public async Task Bug_002_1_a_liquidation_arrives_with_both_names_of_its_worth()
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync();
        await client.SubscribeAsync("liquidation", """{"symbol":"BTCUSDT","exchanges":["binancef"],"minNotional":12585}""");
        await host.LiquidateAsync(41949.9m, 0.3m, TakerSide.Sell);
        await host.LiquidateAsync(41950m, 0.3m, TakerSide.Sell);
        Assert.Equal(
            """{"type":"liquidation","data":{"exchange":"binancef","symbol":"BTCUSDT","side":"SELL","price":41950,"quantity":0.3,"notionalUsd":12585,"quoteQty":12585,"timestamp":1700000001000}}""",
            await client.ReadAsync());
    }

    [Fact]
    public async Task Bug_002_13_every_frame_of_a_named_subscription_has_its_name_and_others_have_none()
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync();
        await client.SubscribeAsync("trade", Btc, "with \\\"quotes\\\"");
        await client.SubscribeAsync("liquidation", Btc);
        await host.TradeAsync(CryExcHost.Start, 1, 1, TakerSide.Buy);
        await host.LiquidateAsync(1, 1, TakerSide.Buy);
        Assert.Equal("with \"quotes\"", (await client.ReadJsonAsync()).GetProperty("instanceId").GetString());
        Assert.False((await client.ReadJsonAsync()).TryGetProperty("instanceId", out _));
    }

    [Fact]
    public async Task Bug_002_4_a_regrouped_book_keeps_its_best_prices_and_never_crosses()
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync();
        await host.BookAsync([(42000.1m, 1.2m), (41999.9m, 1m)], [(42000.2m, 0.7m), (42011m, 1m)], 1_700_000_000_100);
        await client.SubscribeAsync("orderbook", """{"symbol":"BTCUSDT","exchanges":["binancef"],"tickSize":10}""");
        Assert.Equal(
            """{"type":"orderbook","data":{"exchange":"binancef","symbol":"BTCUSDT","timestamp":1700000000100,"bestBid":42000.1,"bestAsk":42000.2,"midPrice":42000.15,"bids":[{"price":42000,"quantity":1.2},{"price":41990,"quantity":1}],"asks":[{"price":42010,"quantity":0.7},{"price":42020,"quantity":1}]}}""",
            await client.ReadAsync());
    }

    [Fact]
    public async Task C6_a_book_is_told_whole_at_once_and_after_every_change_and_depth_cuts_it()
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync();
        await host.BookAsync([(100m, 1m), (99m, 2m)], [(101m, 1m), (102m, 2m)]);
        await client.SubscribeAsync("orderbook", """{"symbol":"BTCUSDT","exchanges":["binancef"],"depth":0}""", "all");
        Assert.Equal(2, (await client.ReadJsonAsync()).GetProperty("data").GetProperty("bids").GetArrayLength());
        await client.SubscribeAsync("orderbook", """{"symbol":"BTCUSDT","exchanges":["binancef"],"depth":1}""", "one");
        Assert.Equal(1, (await client.ReadJsonAsync()).GetProperty("data").GetProperty("asks").GetArrayLength());
        await host.BookAsync([(100m, 3m)], [(101m, 1m)], CryExcHost.Start + 150);
        await host.TickAsync(CryExcHost.Start + 300);
        var frames = new[] { await client.ReadJsonAsync(), await client.ReadJsonAsync() };
        Assert.Equal(["all", "one"], frames.Select(frame => frame.GetProperty("instanceId").GetString()).Order());
        Assert.All(frames, frame => Assert.Equal(3m, frame.GetProperty("data").GetProperty("bids")[0].GetProperty("quantity").GetDecimal()));
    }

    [Fact]
    public async Task T2_the_figures_of_a_book_have_the_form_of_the_contract()
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync();
        await host.BookAsync([(999.9m, 1m), (995m, 2m), (980m, 4m), (900m, 8m), (800m, 16m)], [(1000.1m, 1m), (1005m, 2m), (1020m, 4m), (1100m, 8m), (1200m, 16m)]);
        await client.SubscribeAsync("orderbook_stats", Btc);
        Assert.Equal(
            """{"type":"orderbook_stats","data":{"exchange":"binancef","symbol":"BTCUSDT","timestamp":1700000080000,"bestBid":999.9,"bestAsk":1000.1,"midPrice":1000,"spread":0.2,"bidQuantity_0_5pct":3,"askQuantity_0_5pct":3,"bidQuantity_2pct":7,"askQuantity_2pct":7,"bidQuantity_10pct":15,"askQuantity_10pct":15,"totalBidQuantity":31,"totalAskQuantity":31}}""",
            await client.ReadAsync());
    }

    [Fact]
    public async Task P5_a_candle_of_the_venue_has_the_form_of_the_contract()
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync();
        await client.SubscribeAsync("kline", """{"symbol":"BTCUSDT","interval":"1m"}""", "1:kline");
        Assert.Equal(["binance-usdm/BTCUSDT 1m"], host.Following.Asked);
        await host.CandleAsync("5m", 1_699_999_800_000, 1);
        await host.CandleAsync("1m", 1_699_999_980_000, 42012.0m);
        Assert.Equal(
            """{"instanceId":"1:kline","type":"kline","data":{"exchange":"binancef","symbol":"BTCUSDT","interval":"1m","timestamp":1700000080000,"candle":{"timestamp":1699999980000,"open":42001.3,"high":42012,"low":42001.3,"close":42012,"volume":1.7}}}""",
            await client.ReadAsync());
    }

    [Fact]
    public async Task A_candle_that_no_venue_streams_is_made_of_trades()
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync();
        await client.SubscribeAsync("kline", """{"symbol":"BTCUSDT","interval":"30s"}""");
        await host.TradeGoldenAsync();
        await host.TickAsync(CryExcHost.Start + 600);
        var last = new[] { await client.ReadJsonAsync(), await client.ReadJsonAsync(), await client.ReadJsonAsync() }[^1].GetProperty("data");
        Assert.Equal(1_700_000_040_000, last.GetProperty("candle").GetProperty("timestamp").GetInt64());
    }

    [Fact]
    public async Task News_of_before_come_first_oldest_first_and_a_post_is_its_own_title()
    {
        await using var host = await CryExcHost.StartAsync();
        using var client = await host.ConnectAsync();
        await host.NewsAsync(News("2", 2) with { Title = "Second" });
        await host.NewsAsync(News("1", 1) with { Title = "First", Body = "More", Source = "Blogs", Symbols = ["BTCUSDT"], Url = "https://example.org/a" });
        await client.SubscribeAsync("news", "{}");
        Assert.Equal(
            """{"type":"news_historical","data":[{"id":"1","source":"Blogs","title":"First","body":"More","url":"https://example.org/a","timestamp":1700000000001,"symbols":["BTCUSDT"]},{"id":"2","source":"treeofalpha","title":"Second","body":"","url":"","timestamp":1700000000002,"symbols":[]}]}""",
            await client.ReadAsync());
        await host.NewsAsync(News("3", 3) with { Body = "A post" });
        var data = (await client.ReadJsonAsync()).GetProperty("data");
        Assert.Equal(("A post", ""), (data.GetProperty("title").GetString(), data.GetProperty("body").GetString()));
    }

    private static NewsItem News(string id, int at) => new()
    {
        Venue = new VenueId("treeofalpha"),
        Id = id,
        Times = new EventTimes(Timestamp.FromMilliseconds(1_700_000_000_000 + at), Timestamp.FromMilliseconds(CryExcHost.Start)),
    };
}
