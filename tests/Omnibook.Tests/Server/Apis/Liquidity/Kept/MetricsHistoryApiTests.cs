using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Omnibook.Server.Apis.Liquidity.Kept;
using Omnibook.Tests.Server.Streams;

namespace Omnibook.Tests.Server.Apis.Liquidity.Kept;

/// <summary><c>GET /api/metrics/history</c>, and what it is made of.</summary>
public sealed class MetricsHistoryApiTests
{
    private static readonly string[] Figures = ["ts", "mid", "spread_bps", "depth", "depth_usd", "bid_depth", "ask_depth", "hhi", "imbalance", "status"];

    [Theory]
    [InlineData("050bps")]
    [InlineData("025bps")]
    public async Task A_kept_row_is_the_frame_that_was_sent_live(string window)
    {
        await using var host = await StartAsync();
        using var client = await RawClient.ConnectAsync(host.Address, $"/ws/stream?window={window}");
        await client.ReadTextAsync();

        await host.TickAsync();
        var frame = JsonDocument.Parse(Encoding.UTF8.GetBytes(await client.ReadTextAsync())).RootElement;
        var answer = await AnswerAsync(host, 1, $"&window={window}");

        var row = Assert.Single(answer.GetProperty("rows").EnumerateArray());
        Assert.Equal(Figures.Select(name => frame.GetProperty(name).GetRawText()), Figures.Select(name => row.GetProperty(name).GetRawText()));
        Assert.Equal(Shares(frame), Shares(row));
        Assert.Equal(("BTC-USD", window, false), (answer.GetProperty("symbol").GetString(), answer.GetProperty("window").GetString(), answer.GetProperty("truncated").GetBoolean()));
    }

    [Fact]
    public async Task Windows_that_nobody_follows_are_kept_once_a_second_and_in_order()
    {
        await using var host = await StartAsync();
        for (var i = 0; i < 6; i++)
        {
            await host.TickAsync();
        }

        var rows = (await AnswerAsync(host, 3, "&window=100bps&symbol=btc-usd")).GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal(rows.Select(Moment).Order(), rows.Select(Moment));
        Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.Equal(TimeSpan.FromSeconds(1), Moment(pair.Second) - Moment(pair.First)));
        Assert.All(rows, row => Assert.Equal(18.8m, row.GetProperty("depth").GetDecimal()));
    }

    [Fact]
    public async Task A_limit_tells_where_to_go_on_and_a_resolution_gives_the_last()
    {
        await using var host = await StartAsync();
        for (var i = 0; i < 6; i++)
        {
            await host.TickAsync();
        }

        var all = (await AnswerAsync(host, 3)).GetProperty("rows").EnumerateArray().Select(Moment).ToArray();
        var cut = await host.GetAsync("/liquidity/api/metrics/history?limit=2");
        var rest = await host.GetAsync($"/api/metrics/history?from={Uri.EscapeDataString(cut.GetProperty("next_from").GetString()!)}");
        var coarse = await host.GetAsync("/api/metrics/history?resolution=1h");

        Assert.True(cut.GetProperty("truncated").GetBoolean());
        Assert.Equal(all, cut.GetProperty("rows").EnumerateArray().Concat(rest.GetProperty("rows").EnumerateArray()).Select(Moment).ToArray());
        Assert.Equal(all[^1], Moment(coarse.GetProperty("rows").EnumerateArray().Last()));
        Assert.Equal(3_600, coarse.GetProperty("resolution_seconds").GetInt32());
    }

    [Theory]
    [InlineData("symbol=DOGE", "symbol", "Input should be one of BTC-USD, OTHER, MISSING", "DOGE")]
    [InlineData("window=51", "window", "Input should be one of 010bps, 025bps, 050bps, 100bps", "51")]
    [InlineData("from=yesterday", "from", "Input should be a moment after 2001 as ISO 8601, or milliseconds since 1970", "yesterday")]
    [InlineData("to=1736942400", "to", "Input should be a moment after 2001 as ISO 8601, or milliseconds since 1970", "1736942400")]
    [InlineData("from=1736942400000&to=1736942400000", "from", "Input should be before to", "1736942400000")]
    [InlineData("from=1736942400000&to=1737942400000", "from", "Input should be at most 7 days before to; ask for more in parts", "1736942400000")]
    [InlineData("resolution=0", "resolution", "Input should be 1 to 86400 seconds, as 30, 30s, 5m or 1h", "0")]
    [InlineData("resolution=25h", "resolution", "Input should be 1 to 86400 seconds, as 30, 30s, 5m or 1h", "25h")]
    [InlineData("limit=5001", "limit", "Input should be from 1 to 5000, not 5001", "5001")]
    public async Task What_is_not_allowed_is_told_with_field_value_and_choices(string query, string field, string message, string input)
    {
        await using var host = await StartAsync();
        using var http = new HttpClient { BaseAddress = host.Address };

        using var answer = await http.GetAsync(new Uri($"/api/metrics/history?{query}", UriKind.Relative), TestContext.Current.CancellationToken);
        var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var wrong = Assert.Single(body.GetProperty("detail").EnumerateArray());
        Assert.Equal((field, message, input), (wrong.GetProperty("loc")[1].GetString(), wrong.GetProperty("msg").GetString(), wrong.GetProperty("input").GetString()));
    }

    [Fact]
    public async Task Where_nothing_is_kept_there_is_nothing_to_ask()
    {
        await using var host = await LiquidityHost.StartAsync();
        using var http = new HttpClient { BaseAddress = host.Address };

        using var answer = await http.GetAsync(new Uri("/api/metrics/history", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_disk_that_refuses_is_told_live_metrics_go_on_and_it_recovers()
    {
        DirectoryInfo? data = null;
        await using var host = await StartAsync(folder => Path.Combine((data = folder).FullName, "later", "metrics.db"));
        using var client = await RawClient.ConnectAsync(host.Address, "/ws/stream");
        await client.ReadTextAsync();
        using var http = new HttpClient { BaseAddress = host.Address };

        await host.TickAsync();
        Assert.Contains("\"metrics\"", await client.ReadTextAsync(), StringComparison.Ordinal);
        var keeper = host.Services.GetRequiredService<MetricsKeeper>();
        await StreamHost.UntilAsync(() => keeper.Degraded is not null);
        using (var refused = await http.GetAsync(new Uri("/api/metrics/history", UriKind.Relative), TestContext.Current.CancellationToken))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        }

        data!.CreateSubdirectory("later");
        await StreamHost.UntilAsync(() =>
        {
            host.Time.Advance(TimeSpan.FromSeconds(2));
            return keeper.Degraded is null;
        });
        Assert.NotEqual(0, keeper.Written);
        Assert.Equal(0, keeper.Dropped);
    }

    [Fact]
    public async Task What_does_not_fit_into_the_queue_is_counted()
    {
        await using var host = await StartAsync(folder => Path.Combine(folder.FullName, "missing", "metrics.db"));
        var keeper = host.Services.GetRequiredService<MetricsKeeper>();
        var readings = host.Board.Symbols.Select(symbol => symbol.Reading).ToArray();

        for (var i = 0; i < MetricsKeeper.QueueCapacity + 100; i++)
        {
            keeper.Take(readings);
        }

        // At most one batch of 60 is out of the queue.
        Assert.InRange(keeper.Dropped, 40, 100);
    }

    private static async Task<LiquidityHost> StartAsync(Func<DirectoryInfo, string>? file = null)
    {
        var host = await LiquidityHost.StartAsync(more: (services, folder) => services.AddSingleton(new MetricsHistoryOptions
        {
            File = file?.Invoke(folder) ?? Path.Combine(folder.FullName, "metrics.db"),
        }));
        await host.FeedGoldenBooksAsync();
        await host.TickAsync(TimeSpan.FromMilliseconds(55));
        return host;
    }

    /// <summary>The answer, as soon as it has as many rows.</summary>
    private static async Task<JsonElement> AnswerAsync(LiquidityHost host, int rows, string query = "")
    {
        for (var tries = 0; ; tries++)
        {
            var answer = await host.GetAsync($"/api/metrics/history?limit=5000{query}");
            if (answer.GetProperty("count").GetInt32() >= rows || tries == 200)
            {
                return answer;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private static DateTimeOffset Moment(JsonElement row) => row.GetProperty("ts").GetDateTimeOffset();

    private static string[] Shares(JsonElement frame) =>
        [.. frame.GetProperty("venues").EnumerateArray().Select(venue => $"{venue.GetProperty("venue").GetString()} {venue.GetProperty("share").GetRawText()}")];
}
