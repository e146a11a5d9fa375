using System.Text.Json;
using Omnibook.History;

namespace Omnibook.Tests.Server.Apis.Nbbo;

public sealed class ChartApiTests
{
    // The clock of the tests stands at 2025-09-22 06:55:37.481 UTC.
    private const long Now = 1_758_524_137_481;
    private const long Minute = 60_000;

    [Fact]
    public async Task Bug_000_5_candles_are_built_from_the_middle_price()
    {
        await using var host = await NbboHost.StartAsync();
        await StoreAsync(host, Now - 2 * Minute, bid: 100, ask: 300);
        Assert.Equal(
            """{"success":true,"data":[{"timestamp":1758523980000,"open":200,"high":200,"low":200,"close":200}],"coin":"BTC","timeframe":"1m","count":1}""",
            await host.GetTextAsync("/chart/BTC?timeframe=1m"));
    }

    [Fact]
    public async Task N7_candles_start_at_whole_seconds_ascending_and_each_once()
    {
        await using var host = await NbboHost.StartAsync();
        foreach (var offset in new[] { 40, 3, 20, 21, 2, 39 })
        {
            await StoreAsync(host, Now - offset * Minute, bid: 100 + offset, ask: 102 + offset);
        }

        foreach (var timeframe in new[] { "1m", "5m", "15m", "1h", "4h", "1d" })
        {
            var answer = await host.GetAsync($"/chart/BTC?timeframe={timeframe}");
            Assert.True(answer.GetProperty("success").GetBoolean());
            var times = answer.GetProperty("data").EnumerateArray().Select(candle => candle.GetProperty("timestamp").GetInt64()).ToList();
            Assert.Equal(times.Order().Distinct(), times);
            Assert.All(times, time => Assert.Equal(0, time % 60_000));
            Assert.Equal(times.Count, answer.GetProperty("count").GetInt32());
        }
    }

    [Fact]
    public async Task A_candle_has_the_first_the_highest_the_lowest_and_the_last_price()
    {
        await using var host = await NbboHost.StartAsync();
        var start = Now / Minute * Minute - Minute;
        foreach (var (second, price) in new[] { (1, 10m), (20, 15m), (40, 5m), (59, 12.5m) })
        {
            await StoreAsync(host, start + second * 1000, price - 1, price + 1);
        }

        var candle = Assert.Single((await host.GetAsync("/chart/BTC?timeframe=1m")).GetProperty("data").EnumerateArray());
        Assert.Equal($$"""{"timestamp":{{start}},"open":10,"high":15,"low":5,"close":12.5}""", candle.GetRawText());
    }

    [Theory]
    [InlineData("", "15min")]
    [InlineData("?timeframe=15min", "15min")]
    [InlineData("?timeframe=15m", "15m")]
    public async Task Bug_000_4_the_default_is_fifteen_minutes_and_what_was_asked_is_echoed(string query, string echoed)
    {
        await using var host = await NbboHost.StartAsync();
        await StoreAsync(host, Now, bid: 1, ask: 3);
        await StoreAsync(host, Now - 15 * Minute, bid: 1, ask: 3);
        var answer = await host.GetAsync("/chart/BTC" + query);
        Assert.Equal(echoed, answer.GetProperty("timeframe").GetString());
        Assert.Equal(2, answer.GetProperty("count").GetInt32());
    }

    [Theory]
    [InlineData("1H")]
    [InlineData("2h")]
    [InlineData("%27%3B--")]
    public async Task Bug_000_4_an_unknown_timeframe_is_422_and_the_known_ones_are_named(string timeframe)
    {
        await using var host = await NbboHost.StartAsync();
        var wrong = Assert.Single((await host.GetAsync($"/chart/BTC?timeframe={timeframe}", 422)).GetProperty("detail").EnumerateArray());
        Assert.Equal("timeframe", wrong.GetProperty("loc")[1].GetString());
        Assert.Contains("1m, 5m, 15m, 15min, 1h, 4h, 1d", wrong.GetProperty("msg").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1h", 23, 1)]
    [InlineData("1h", 26, 0)]
    [InlineData("4h", 26, 1)]
    [InlineData("4h", 24 * 29, 1)]
    [InlineData("1d", 24 * 29, 1)]
    public async Task Bug_000_5_long_candles_look_back_further_than_a_day(string timeframe, int hoursAgo, int candles)
    {
        await using var host = await NbboHost.StartAsync();
        await StoreAsync(host, Now - hoursAgo * 60 * Minute, bid: 1, ask: 3);
        Assert.Equal(candles, (await host.GetAsync($"/chart/BTC?timeframe={timeframe}")).GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task A_chart_without_prices_is_empty_and_no_error()
    {
        await using var host = await NbboHost.StartAsync();
        Assert.Equal(
            """{"success":true,"data":[],"coin":"unknown","timeframe":"1m","count":0}""", await host.GetTextAsync("/chart/unknown?timeframe=1m"));
    }

    [Fact]
    public async Task A_dex_has_a_chart_of_its_own()
    {
        await using var host = await NbboHost.StartAsync();
        await StoreAsync(host, Now, bid: 1, ask: 3);
        await host.Store.InsertAsync(PriceSnapshot.Of("merrli:BTC", "merrli", Now, 5, 7), TestContext.Current.CancellationToken);
        var candle = Assert.Single((await host.GetAsync("/nbbo/chart/merrli:BTC?timeframe=1m")).GetProperty("data").EnumerateArray());
        Assert.Equal(6, candle.GetProperty("close").GetDecimal());
    }

    [Fact]
    public async Task Bug_000_9_a_sample_row_is_in_no_chart()
    {
        await using var host = await NbboHost.StartAsync();
        using var answer = await host.SendAsync(HttpMethod.Post, "/test/db/insert-sample");
        Assert.True(JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("success").GetBoolean());
        Assert.Equal(0, (await host.GetAsync("/chart/BTC?timeframe=1m")).GetProperty("count").GetInt32());
    }

    private static Task<bool> StoreAsync(NbboHost host, long time, decimal bid, decimal ask) =>
        host.Store.InsertAsync(PriceSnapshot.Of("BTC", PriceSnapshot.Aggregated, time, bid, ask));
}
