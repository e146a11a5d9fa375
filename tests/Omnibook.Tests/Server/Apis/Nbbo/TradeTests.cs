using System.Text.Json;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Tests.Server.Streams;

namespace Omnibook.Tests.Server.Apis.Nbbo;

/// <summary><c>/ws/trades</c> and <c>/trades/latest…</c>.</summary>
public sealed class TradeTests
{
    private const long Time = 1_758_524_137_000;

    [Fact]
    public async Task A_trade_is_pushed_in_the_dialects_shape()
    {
        await using var host = await NbboHost.StartAsync();
        using var client = await RawClient.ConnectAsync(host.Address, "/ws/trades");
        await host.TradeAsync(host.Merrli, 123456789, 113690m, 0.01m, TakerSide.Buy, Time);
        Assert.Equal(
            """{"success":true,"data":{"merrli:BTC":{"coin":"merrli:BTC","price":113690,"size":0.01,"side":"B","timestamp":1758524137000,"tid":123456789}},"timestamp":1758524137000}""",
            await client.ReadTextAsync());
        await host.TradeAsync(host.Sekaw, 1, 113690m, 0.01m, TakerSide.Sell, Time);
        Assert.Contains("\"side\":\"A\"", await client.ReadTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bug_000_7_trades_of_the_same_millisecond_and_older_ones_are_all_pushed_once()
    {
        await using var host = await NbboHost.StartAsync();
        using var client = await RawClient.ConnectAsync(host.Address, "/nbbo/ws/trades");
        await host.TradeAsync(host.Merrli, 1, 100, 1, TakerSide.Buy, Time);
        await host.TradeAsync(host.Merrli, 2, 100, 1, TakerSide.Buy, Time);
        await host.TradeAsync(host.Sekaw, 2, 100, 1, TakerSide.Buy, Time - 500);
        await host.TradeAsync(host.Merrli, 2, 100, 1, TakerSide.Buy, Time);
        await host.TradeAsync(host.Merrli, 3, 100, 1, TakerSide.Buy, Time + 1);

        var seen = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            var trade = JsonDocument.Parse(await client.ReadTextAsync()).RootElement.GetProperty("data").EnumerateObject().Single();
            seen.Add($"{trade.Name} {trade.Value.GetProperty("tid").GetInt64()}");
        }

        Assert.Equal("merrli:BTC 1,merrli:BTC 2,sekaw:BTC 2,merrli:BTC 3", string.Join(',', seen));
    }

    [Fact]
    public async Task Bug_000_8_trades_go_on_after_the_connection_to_the_venue_was_made_anew()
    {
        await using var host = await NbboHost.StartAsync();
        using var client = await RawClient.ConnectAsync(host.Address, "/ws/trades");
        await host.TradeAsync(host.Merrli, 1, 100, 1, TakerSide.Buy, Time);
        await host.StatusAsync(host.Merrli, BookState.Connecting, StatusReasons.Disconnected);
        await host.StatusAsync(host.Merrli, BookState.Buffering, StatusReasons.None);
        await host.TradeAsync(host.Merrli, 1, 100, 1, TakerSide.Buy, Time); // The venue repeats what it sent before.
        await host.TradeAsync(host.Merrli, 2, 100, 1, TakerSide.Buy, Time + 1);

        Assert.Contains("\"tid\":1}", await client.ReadTextAsync(), StringComparison.Ordinal);
        Assert.Contains("\"tid\":2}", await client.ReadTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_comes_gets_the_newest_trade_by_time()
    {
        await using var host = await NbboHost.StartAsync();
        await host.TradeAsync(host.Merrli, 1, 100, 1, TakerSide.Buy, Time);
        await host.TradeAsync(host.Sekaw, 2, 100, 1, TakerSide.Buy, Time - 1);
        using var early = await RawClient.ConnectAsync(host.Address, "/ws/trades");
        await host.TradeAsync(host.Btcx, 3, 100, 1, TakerSide.Buy, Time + 1);
        Assert.Contains("\"tid\":1}", await ReadUntilAsync(early, "\"tid\":1}"), StringComparison.Ordinal);
        Assert.Contains("\"tid\":3}", await ReadUntilAsync(early, "\"tid\":3}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_newest_trade_is_repeated_every_minute()
    {
        await using var host = await NbboHost.StartAsync();
        using var client = await RawClient.ConnectAsync(host.Address, "/ws/trades");
        host.Time.Advance(TimeSpan.FromSeconds(60));
        await host.TradeAsync(host.Merrli, 1, 100, 1, TakerSide.Buy, Time);
        var first = await client.ReadTextAsync();
        host.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(first, await client.ReadTextAsync());
        host.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(first, await client.ReadTextAsync());
    }

    [Fact]
    public async Task The_latest_trades_are_told_over_REST()
    {
        await using var host = await NbboHost.StartAsync();
        Assert.Equal("""{"success":false,"error":"no trade has come yet"}""", await host.GetTextAsync("/trades/latest"));
        await host.TradeAsync(host.Merrli, 1, 100, 1, TakerSide.Buy, Time);
        await host.TradeAsync(host.Sekaw, 2, 101, 2, TakerSide.Sell, Time - 1);

        var latest = await host.GetAsync("/trades/latest");
        Assert.Equal("merrli:BTC,sekaw:BTC", string.Join(',', latest.GetProperty("data").EnumerateObject().Select(trade => trade.Name)));
        Assert.Equal(Time, latest.GetProperty("timestamp").GetInt64());
        var overall = await host.GetAsync("/trades/latest-overall");
        Assert.Equal("merrli:BTC", Assert.Single(overall.GetProperty("data").EnumerateObject()).Name);
        var one = await host.GetAsync("/nbbo/trades/latest/sekaw:BTC");
        Assert.Equal(2, one.GetProperty("data").GetProperty("sekaw:BTC").GetProperty("tid").GetInt64());
        Assert.False((await host.GetAsync("/trades/latest/btcx:BTC-FEUSD")).GetProperty("success").GetBoolean());
        Assert.Contains("merrli:BTC", (await host.GetAsync("/trades/latest/MERRLI:BTC", 404)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static async Task<string> ReadUntilAsync(RawClient client, string part)
    {
        string text;
        do
        {
            text = await client.ReadTextAsync();
        }
        while (!text.Contains(part, StringComparison.Ordinal));

        return text;
    }
}
