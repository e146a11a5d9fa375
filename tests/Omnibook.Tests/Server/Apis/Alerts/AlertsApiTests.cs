using System.Text.Json;
using Omnibook.Server.Alerts;
using Omnibook.Tests.Server.Alerts.Webhooks;
using Omnibook.Tests.Server.Streams;

namespace Omnibook.Tests.Server.Apis.Alerts;

/// <summary>Alerts as a user has them: created, told, kept, delivered.</summary>
public sealed class AlertsApiTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("omnibook-alerts-");

    [Fact]
    public async Task A_price_that_goes_above_is_told_once_and_again_after_it_went_back()
    {
        await using var host = await AlertHost.StartAsync(_folder);
        await host.CreateAsync(new { symbol = "btc-usd", kind = "price", value = 100.5, hysteresis = 1, note = "sell?" });
        await host.FeedAsync(0, 99, 101);
        await host.FeedAsync(0, 100, 102);
        await host.FeedAsync(0, 101, 103);
        await host.FeedAsync(0, 99, 101);
        await host.FeedAsync(0, 100, 102);
        await host.FeedAsync(0, 98, 100);
        await host.FeedAsync(0, 102, 104);

        var events = await host.EventsAsync(2);

        Assert.Equal(
            """,,"symbol":"BTC-USD","kind":"price","when":"above","threshold":100.5,"value":101,"note":"sell?"}""",
            $",{events[0].GetRawText()[events[0].GetRawText().IndexOf(",\"symbol\"", StringComparison.Ordinal)..]}");
        Assert.Equal([(1, 101m), (2, 103m)], events.Select(told => (told.GetProperty("id").GetInt32(), told.GetProperty("value").GetDecimal())));
    }

    [Fact]
    public async Task A_composite_is_one_book_for_price_spread_depth_and_imbalance()
    {
        await using var host = await AlertHost.StartAsync(_folder);
        await host.CreateAsync(new { symbol = "BTC-USD", kind = "spread", when = "below", value = -10 });
        await host.CreateAsync(new { symbol = "BTC-USD", kind = "depth", value = 6, window_bps = 100 });
        await host.CreateAsync(new { symbol = "BTC-USD", kind = "depth", value = 600, window_bps = 100, unit = "quote" });
        await host.CreateAsync(new { symbol = "BTC-USD", kind = "imbalance", when = "below", value = 0 });
        await host.FeedAsync(0, 100, 101, size: 1);
        await host.FeedAsync(1, 102, 103, size: 2);
        await host.PassAsync(TimeSpan.FromSeconds(2));

        var events = await host.EventsAsync(4);

        // The highest bid is 102, the lowest ask 101: crossed by 1 of 101.5. Both books lie within 100 bps of their own middles.
        Assert.Equal(
            [("depth", 6m), ("depth", 611m), ("imbalance", 0m), ("spread", -98.522167487685m)],
            events.Select(told => (told.GetProperty("kind").GetString()!, told.GetProperty("value").GetDecimal())).OrderBy(told => told));
    }

    [Fact]
    public async Task Funding_liquidations_and_states_are_told_of_each_instrument_by_its_name()
    {
        await using var host = await AlertHost.StartAsync(_folder);
        await host.CreateAsync(new { symbol = "BTC-USD", kind = "funding", value = 0.0001 });
        await host.CreateAsync(new { symbol = "BTC-USD", kind = "liquidation", value = 1_000_000 });
        await host.CreateAsync(new { symbol = "BTC-USD", kind = "state" });
        await host.CreateAsync(new { symbol = "BTC-USD", kind = "state", when = "up" });
        await host.FeedAsync(0, 99, 101);
        await host.FundAsync(0, 0.0002m);
        await host.FundAsync(1, 0.00015m);
        await host.FundAsync(1, 0.00016m);
        await host.LiquidateAsync(1, 100_000, 9);
        await host.LiquidateAsync(1, 100_000, 10);
        await host.LiquidateAsync(1, 100_000, 11);
        await host.DropAsync(0);
        await host.FeedAsync(0, 99, 101);

        var events = await host.EventsAsync(7);

        Assert.Equal(
            [
                "state up binance-spot/BTC-USDT ", "funding above binance-spot/BTC-USDT 0.0002", "funding above coinbase/BTC-USD 0.00015",
                "liquidation above coinbase/BTC-USD 1000000", "liquidation above coinbase/BTC-USD 1100000", "state down binance-spot/BTC-USDT ",
                "state up binance-spot/BTC-USDT ",
            ],
            events.Select(told =>
                $"{Text(told, "kind")} {Text(told, "when")} {Text(told, "instrument")} {(told.TryGetProperty("value", out var value) ? value.GetRawText() : "")}"));
        Assert.Equal(("sell", "disconnected"), (Text(events[3], "detail"), Text(events[5], "detail")));
    }

    [Fact]
    public async Task An_instrument_that_nobody_follows_is_followed_for_its_alert_and_let_go_with_it()
    {
        await using var host = await AlertHost.StartAsync(_folder);
        var alert = await host.CreateAsync(new { symbol = "bybit/ETH", kind = "price", when = "below", value = 3000 });
        Assert.Equal("bybit/ETH-USD", Text(alert, "symbol"));
        Assert.Equal(["ETH-USD"], host.Leases);
        await host.FeedAsync(2, 2999, 3001);
        await host.EventsAsync(1);

        await host.DeleteAsync(Text(alert, "id"));

        Assert.Empty(host.Leases);
        await host.DeleteAsync(Text(alert, "id"), 404);
        Assert.Empty((await host.GetAsync("/api/alerts")).GetProperty("alerts").EnumerateArray());
    }

    [Theory]
    [InlineData("""{"kind":"price","value":1}""", "symbol", "Field required")]
    [InlineData("""{"symbol":"DOGE","kind":"price","value":1}""", "symbol", "there are BTC-USD")]
    [InlineData("""{"symbol":"kraken/BTC","kind":"price","value":1}""", "symbol", "there are binance-spot, coinbase, bybit")]
    [InlineData("""{"symbol":"bybit/ET","kind":"price","value":1}""", "symbol", "near are ETH-USD")]
    [InlineData("""{"symbol":"BTC-USD","value":1}""", "kind", "one of price, spread, depth, imbalance, funding, liquidation, state")]
    [InlineData("""{"symbol":"BTC-USD","kind":"volume","value":1}""", "kind", "not 'volume'")]
    [InlineData("""{"symbol":"BTC-USD","kind":"price","when":"crosses","value":1}""", "when", "above or below, not 'crosses'")]
    [InlineData("""{"symbol":"BTC-USD","kind":"liquidation","when":"below","value":1}""", "when", "should be above")]
    [InlineData("""{"symbol":"BTC-USD","kind":"price"}""", "value", "Field required")]
    [InlineData("""{"symbol":"BTC-USD","kind":"price","value":"1"}""", "value", "should be a number")]
    [InlineData("""{"symbol":"BTC-USD","kind":"price","value":1e40}""", "value", "should be a number")]
    [InlineData("""{"symbol":"BTC-USD","kind":"state","value":1}""", "value", "An alert on state has none")]
    [InlineData("""{"symbol":"BTC-USD","kind":"price","value":1,"window_bps":50}""", "window_bps", "An alert on price has none")]
    [InlineData("""{"symbol":"BTC-USD","kind":"depth","value":1,"window_bps":1001}""", "window_bps", "from 1 to 1000")]
    [InlineData("""{"symbol":"BTC-USD","kind":"price","value":1,"hysteresis":-1}""", "hysteresis", "from 0 to")]
    [InlineData("""{"symbol":"BTC-USD","kind":"price","value":1,"cool_down_seconds":1.5}""", "cool_down_seconds", "a whole number")]
    [InlineData("""{"symbol":"BTC-USD","kind":"price","value":1,"colour":"red"}""", "colour", "There is no such field")]
    [InlineData("""{"symbol":"BTC-USD","kind":"price","value":1,"webhook":"http://127.0.0.1"}""", "url", "an object with a url")]
    [InlineData("""{"symbol":"BTC-USD","kind":"price","value":1,"webhook":{"url":"http://169.254.169.254/"}}""", "url", "not on the public internet")]
    [InlineData("""{"symbol":"BTC-USD","kind":"price","value":1,"webhook":{"url":"https://example.com/"}}""", "url", "expected http, not https")]
    [InlineData("""{"symbol":"BTC-USD","kind":"price","value":1,"webhook":{"url":"http://example.com/","secret":""}}""", "secret", "1 to 256")]
    [InlineData("[]", "body", "JSON object")]
    [InlineData("{", "body", "JSON object")]
    public async Task What_is_wrong_is_named_with_what_is_allowed(string body, string field, string message)
    {
        await using var host = await AlertHost.StartAsync(_folder);
        var wrong = (await host.CreateAsync(body, 422)).GetProperty("detail").EnumerateArray().Single();
        Assert.Equal(field, wrong.GetProperty("loc").EnumerateArray().Last().GetString());
        Assert.Contains(message, Text(wrong, "msg"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_are_as_many_as_there_may_be()
    {
        await using var host = await AlertHost.StartAsync(_folder, new AlertOptions { Most = 1 });
        await host.CreateAsync(new { symbol = "BTC-USD", kind = "price", value = 1 });
        Assert.Contains("ALERTS_MOST", Text(await host.CreateAsync(new { symbol = "BTC-USD", kind = "price", value = 1 }, 409), "detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_restart_an_alert_goes_on_where_it_was()
    {
        string id;
        await using (var host = await AlertHost.StartAsync(_folder))
        {
            id = Text(await host.CreateAsync(new { symbol = "BTC-USD", kind = "price", value = 100, note = "é \"x\"" }), "id");
            await host.FeedAsync(0, 100, 102);
            await host.EventsAsync(1);
        }

        await using var again = await AlertHost.StartAsync(_folder);
        Assert.Equal("é \"x\"", Text(await again.GetAsync($"/api/alerts/{id}"), "note"));
        await again.FeedAsync(0, 100, 102);
        await again.FeedAsync(0, 98, 100);
        await again.FeedAsync(0, 100, 102);

        Assert.Equal([1, 2], (await again.EventsAsync(2)).Select(told => told.GetProperty("id").GetInt32()));
    }

    [Fact]
    public async Task A_socket_is_told_what_happens_and_what_it_has_missed()
    {
        await using var host = await AlertHost.StartAsync(_folder);
        using var client = await RawClient.ConnectAsync(host.Address, "/ws/alerts");
        await client.SendTextAsync("ping");
        Assert.Equal("pong", await client.ReadTextAsync());
        await host.CreateAsync(new { symbol = "BTC-USD", kind = "price", value = 100 });
        await host.FeedAsync(0, 100, 102);

        var told = await client.ReadTextAsync();
        Assert.StartsWith("""{"type":"alert","id":1,"alert":""", told, StringComparison.Ordinal);

        using var late = await RawClient.ConnectAsync(host.Address, "/ws/alerts?after=0");
        Assert.Equal(told, await late.ReadTextAsync());
        using var wrong = await RawClient.ConnectAsync(host.Address, "/ws/alerts?after=x");
        Assert.Contains("after should be the id", await wrong.ReadTextAsync(), StringComparison.Ordinal);
        Assert.Equal(1008, (await wrong.ReadCloseAsync()).Code);
    }

    [Fact]
    public async Task A_webhook_that_fails_is_tried_again_later_and_after_a_restart_until_it_is_taken()
    {
        await using var hook = new HookServer { Answer = number => number < 2 ? "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n" : "HTTP/1.1 204 No Content\r\n\r\n" };
        var time = new ManualTimeProvider();
        await using (var host = await AlertHost.StartAsync(_folder, time: time))
        {
            await host.CreateAsync(new { symbol = "BTC-USD", kind = "price", value = 100, webhook = new { url = hook.Url, secret = "s3cret" } });
            await host.FeedAsync(0, 100, 102);
            await StreamHost.UntilAsync(() => host.Courier.Failed == 1);
            await UntilDueAsync(host, 1_000);
            await StreamHost.UntilAsync(() =>
            {
                // Step by step: the courier may begin to wait only after the first.
                host.Time.Advance(TimeSpan.FromMilliseconds(20));
                return host.Courier.Failed == 2;
            });
            await UntilDueAsync(host, 2_000);
        }

        await using var again = await AlertHost.StartAsync(_folder, time: time);
        await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(2, hook.Requests.Count);
        await StreamHost.UntilAsync(() =>
        {
            again.Time.Advance(TimeSpan.FromSeconds(2));
            return again.Courier.Delivered == 1;
        });

        var bodies = hook.Requests.Select(request => request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]).Distinct();
        Assert.StartsWith("""{"type":"alert","id":1,""", Assert.Single(bodies), StringComparison.Ordinal);
        Assert.Equal(3, hook.Requests.Count);
        Assert.Null(await again.Store.NextDueAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_webhook_that_fails_for_a_day_is_given_up()
    {
        await using var host = await AlertHost.StartAsync(_folder, new AlertOptions { Schemes = ["http"] });
        await host.CreateAsync(new { symbol = "BTC-USD", kind = "price", value = 100, webhook = new { url = "http://localhost:1/" } });
        await host.FeedAsync(0, 100, 102);
        await StreamHost.UntilAsync(() => host.Courier.Failed == 1);
        await StreamHost.UntilAsync(() =>
        {
            host.Time.Advance(TimeSpan.FromHours(25));
            return host.Courier.GivenUp == 1;
        });
        Assert.Null(await host.Store.NextDueAsync(TestContext.Current.CancellationToken));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Waits until the next try is within a span.</summary>
    private static async Task UntilDueAsync(AlertHost host, long milliseconds)
    {
        for (var tries = 0; await host.Store.NextDueAsync(TestContext.Current.CancellationToken) - host.Now.UnixMilliseconds is not { } wait || wait <= 0 || wait > milliseconds; tries++)
        {
            Assert.True(tries < 1_000);
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
