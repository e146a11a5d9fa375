namespace Omnibook.Tests.Campaigns;

/// <summary>
/// As a terminal behaves: everything in one batch, reconnects, and a server that is stopped and started in the middle. History goes on, and what was traded
/// in each second is what the venue's own ledger says: no trade is lost, and none counts twice.
/// </summary>
/// <remarks>The short forms are part of every run; the long one takes an hour: <c>-class "*TerminalCampaign" -explicit only</c>.</remarks>
public sealed class TerminalCampaign
{
    private static readonly (string Exchange, string Venue, string Symbol)[] Markets =
    [
        ("binancef", "binance-usdm", "BTCUSDT"), ("bybit", "bybit", "BTCUSDT"), ("hyperliquid", "hyperliquid", "BTC"),
        ("lighter", "lighter", "BTC"), ("coinbase", "coinbase", "BTC-USD"), ("binance", "binance-spot", "BTCUSDT"),
    ];

    [Fact]
    public Task History_goes_on_over_reconnects_and_every_second_is_that_of_the_ledger() => RunAsync(TimeSpan.FromSeconds(4), reconnects: 2, restarts: 0);

    [Fact]
    public Task History_goes_on_over_a_restart_and_every_second_is_that_of_the_ledger() => RunAsync(TimeSpan.FromSeconds(6), reconnects: 1, restarts: 1);

    [Fact(Explicit = true)]
    public Task The_same_for_an_hour() => RunAsync(TimeSpan.FromMinutes(5), reconnects: 5, restarts: 1);

    private static async Task RunAsync(TimeSpan stretch, int reconnects, int restarts)
    {
        await using var world = await TerminalWorld.StartAsync();
        for (var run = 0; run <= restarts; run++)
        {
            for (var i = 0; i <= reconnects; i++)
            {
                await WatchAsync(world, stretch);
            }

            if (run < restarts)
            {
                await world.StopServerAsync();
                await PassAsync(TimeSpan.FromSeconds(2));
                await world.StartServerAsync();
            }
        }

        await using var client = await world.ConnectAsync();
        foreach (var (exchange, venue, symbol) in Markets)
        {
            await CompareAsync(world, client, exchange, venue, symbol, stretch);
        }
    }

    /// <summary>Subscribes to everything and reads for a while; every stream tells something.</summary>
    private static async Task WatchAsync(TerminalWorld world, TimeSpan stretch)
    {
        await using var client = await world.ConnectAsync();
        foreach (var (exchange, _, symbol) in Markets)
        {
            await client.SubscribeAsync(exchange, symbol);
        }

        var start = TimeProvider.System.GetTimestamp();
        await client.UntilAsync(_ => TimeProvider.System.GetElapsedTime(start) >= stretch);
        string[] expected = ["subscribed", "trade", "orderbook", "dom", "cvd_historical", "cvd", "footprint_historical", "footprint", "orderbook_heatmap", "news_historical"];
        Assert.All(expected, type => Assert.True(client.Seen.ContainsKey(type), $"no {type} among {string.Join(", ", client.Seen)}"));
    }

    /// <summary>Missed trades are fetched a while after a restart: the comparison waits for them, but not for ever.</summary>
    private static async Task CompareAsync(TerminalWorld world, TerminalClient client, string exchange, string venue, string symbol, TimeSpan stretch)
    {
        string[] wrong = [];
        for (var tries = 0; tries < 20; tries++)
        {
            var (since, seconds) = await client.HistoryAsync(exchange, symbol);
            var ledger = world.Ledger(venue, symbol);
            var (first, last) = ((since / 1_000 + 1) * 1_000, ledger.Keys.Max() - 5_000);
            Assert.True(last - first >= stretch.TotalMilliseconds, $"{exchange}: history reaches back to {since} only, until {last}");
            wrong = Differences(seconds, ledger, first, last);
            if (wrong.Length == 0)
            {
                return;
            }

            await PassAsync(TimeSpan.FromSeconds(1));
        }

        Assert.Fail($"{exchange} {symbol}: {string.Join("; ", wrong.Take(5))} ({wrong.Length} seconds)");
    }

    /// <summary>
    /// The fills of one order are one trade at some venues, even where a second ends between them: what one second has too much the next one lacks. So the sums
    /// from the beginning on have to agree again within the next second. At both ends a trade may be cut: it is begun with the first second that agrees by itself.
    /// </summary>
    private static string[] Differences(
        Dictionary<long, (decimal Bought, decimal Sold)> told, Dictionary<long, (decimal Bought, decimal Sold)> ledger, long first, long last)
    {
        List<string> wrong = [];
        var (bought, sold, disagree) = (0m, 0m, 0);
        for (var second = Beginning(told, ledger, first); second <= last; second += 1_000)
        {
            var (one, other) = (told.GetValueOrDefault(second), ledger.GetValueOrDefault(second));
            (bought, sold) = (bought + one.Bought - other.Bought, sold + one.Sold - other.Sold);
            disagree = (bought, sold) == (0, 0) ? 0 : disagree + 1;
            if (disagree > 2)
            {
                wrong.Add($"{second}: {one} instead of {other}, from the beginning on {bought} bought and {sold} sold too much");
            }
        }

        return [.. wrong];
    }

    /// <summary>The first of the first few seconds in which both agree.</summary>
    private static long Beginning(
        Dictionary<long, (decimal Bought, decimal Sold)> told, Dictionary<long, (decimal Bought, decimal Sold)> ledger, long first)
    {
        var second = first;
        while (second < first + 4_000 && told.GetValueOrDefault(second) != ledger.GetValueOrDefault(second))
        {
            second += 1_000;
        }

        return second;
    }

    private static Task PassAsync(TimeSpan span) => Task.Delay(span, TimeProvider.System, TestContext.Current.CancellationToken);
}
