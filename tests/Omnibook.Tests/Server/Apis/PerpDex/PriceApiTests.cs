using System.Text.Json;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Venues;

namespace Omnibook.Tests.Server.Apis.PerpDex;

/// <summary>The prices of pairs, and the pairs that have some.</summary>
public sealed class PriceApiTests
{
    private const string Path = "/api/v1/prices/aggregated/BTC-USD";

    [Theory]
    [InlineData(Path)]
    [InlineData("/api/v1/prices/aggregated/btc-usd/")]
    [InlineData("/perp" + Path)]
    public async Task The_worked_books_give_the_worked_prices_as_numbers(string path)
    {
        await using var host = await PerpDexHost.StartLiveAsync();

        var prices = await host.GetAsync(path);

        Assert.Equal(("BTC-USD", "lighter", "lighter"), (Text(prices, "pair"), Text(prices, "best_bid_dex"), Text(prices, "best_ask_dex")));
        Assert.Equal([64992m, 64995m, 64993.5m, 3m, 0.4616m], Numbers(prices, "best_bid", "best_ask", "mid", "spread", "spread_bps"));
        var sources = prices.GetProperty("sources").EnumerateArray().ToArray();
        Assert.Equal(["hyperliquid", "lighter"], sources.Select(source => Text(source, "dex")));
        string[] names = ["bid", "ask", "last_price", "volume_24h", "funding_rate", "funding_interval_hours"];
        Assert.Equal([64990m, 65000m, 64998m, 2500000000m, 0.0000125m, 1m], Numbers(sources[0], names));
        Assert.Equal([64992m, 64995m, 64994m, 900000000m, 0.00001m, 1m], Numbers(sources[1], names));
        Assert.Equal(0, prices.GetProperty("warnings").GetArrayLength());
        Assert.EndsWith("Z", Text(prices, "timestamp"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_dexes_with_the_same_price_the_first_is_named()
    {
        await using var host = await PerpDexHost.StartAsync();
        await host.FeedAsync("lighter", "BTC", [(100m, 1m)], [(101m, 1m)]);
        await host.FeedAsync("hyperliquid", "BTC", [(100m, 1m)], [(101m, 1m)]);

        var prices = await host.GetAsync(Path);

        Assert.Equal(("hyperliquid", "hyperliquid"), (Text(prices, "best_bid_dex"), Text(prices, "best_ask_dex")));
    }

    [Fact]
    public async Task A_source_older_than_thirty_seconds_is_left_out_and_named()
    {
        await using var host = await PerpDexHost.StartLiveAsync();
        await host.PassAsync(TimeSpan.FromSeconds(20));
        await host.FeedAsync("hyperliquid", "BTC", [(64990m, 1m)], [(65000m, 1m)]);
        await host.PassAsync(TimeSpan.FromSeconds(11));

        var prices = await host.GetAsync(Path);

        Assert.Equal("hyperliquid", Text(Assert.Single(prices.GetProperty("sources").EnumerateArray()), "dex"));
        Assert.StartsWith("lighter: stale: ", Assert.Single(prices.GetProperty("warnings").EnumerateArray()).GetString(), StringComparison.Ordinal);
        await host.PassAsync(TimeSpan.FromSeconds(20));
        Assert.StartsWith("no fresh price of BTC-USD: hyperliquid: stale: ", await host.DetailAsync(Path, 503), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DOGGE-USD", "Pair 'DOGGE-USD' is not known at hyperliquid, lighter")]
    [InlineData("BTC", "'BTC' is no pair; pairs are written as BTC-USD")]
    [InlineData("xyz:GOLD-USD", "Pair 'XYZ:GOLD-USD' is not known at hyperliquid, lighter")]
    public async Task Bug_004_2_an_unknown_pair_is_404(string pair, string detail)
    {
        await using var host = await PerpDexHost.StartAsync();
        Assert.StartsWith(detail, await host.DetailAsync($"/api/v1/prices/aggregated/{pair}", 404), StringComparison.Ordinal);
        Assert.StartsWith(detail, await host.DetailAsync($"/api/v1/prices/history/{pair}", 404), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bug_004_4_a_pair_that_nobody_configured_is_followed_once_somebody_asks()
    {
        await using var host = await PerpDexHost.StartAsync();

        Assert.StartsWith("no fresh price of KPEPE-USD: hyperliquid: ", await host.DetailAsync("/api/v1/prices/aggregated/kpepe-usd", 503), StringComparison.Ordinal);

        Assert.Equal(["hyperliquid/kPEPE"], host.Following.Asked);
        await host.FeedAsync("hyperliquid", "kPEPE", [(1m, 1m)], [(1.01m, 1m)]);
        Assert.Equal(1.005m, Numbers(await host.GetAsync("/api/v1/prices/aggregated/kpepe-usd"), "mid")[0]);
        Assert.Equal(2, host.Following.Released);
    }

    [Fact]
    public async Task A_dex_that_has_not_told_its_instruments_is_named_and_the_other_goes_on()
    {
        await using var host = await PerpDexHost.StartLiveAsync();
        host.ForgetInstruments("lighter");

        var warning = Assert.Single((await host.GetAsync(Path)).GetProperty("warnings").EnumerateArray()).GetString();

        Assert.Equal("lighter: its instruments are not known yet: a connection is being made", warning);
        host.ForgetInstruments("hyperliquid");
        Assert.Contains("hyperliquid: its instruments are not known yet", await host.DetailAsync(Path, 503), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Figures_that_a_dex_does_not_tell_are_null_and_delay_no_price()
    {
        await using var host = await PerpDexHost.StartAsync();
        host.Hyperliquid.Failure = RequestFailure.ServerError;
        await host.FeedAsync("hyperliquid", "BTC", [(100m, 1m)], [(101m, 1m)]);

        var source = (await host.GetAsync(Path)).GetProperty("sources")[0];

        Assert.All(["last_price", "volume_24h", "funding_rate"], name => Assert.Equal(JsonValueKind.Null, source.GetProperty(name).ValueKind));
    }

    [Fact]
    public async Task Pairs_and_stats_tell_what_has_a_fresh_price_now()
    {
        await using var host = await PerpDexHost.StartLiveAsync();
        await host.FeedAsync("hyperliquid", "ETH", [(3000m, 1m)], [(3001m, 1m)]);
        await host.FeedAsync("hyperliquid", "xyz:GOLD", [(3000m, 1m)], [(3001m, 1m)]);

        Assert.Equal("""["BTC-USD","ETH-USD"]""", (await host.GetAsync("/api/v1/prices/pairs")).GetRawText());
        Assert.Equal(
            """{"total_pairs":2,"active_connections":0,"pair_details":{"BTC-USD":{"dex_count":2,"subscribers":0},"ETH-USD":{"dex_count":1,"subscribers":0}}}""",
            (await host.GetAsync("/api/v1/prices/stats")).GetRawText());
        await host.PassAsync(TimeSpan.FromSeconds(31));
        Assert.Equal("[]", (await host.GetAsync("/api/v1/prices/pairs")).GetRawText());
    }

    [Fact]
    public async Task History_is_the_average_of_the_dexes_and_says_so()
    {
        await using var host = await PerpDexHost.StartAsync();
        host.Hyperliquid.Candles = [At(0, 64980m), At(60, 64990m)];
        host.Lighter.Candles = [At(60, 64992m)];

        var history = await host.GetAsync("/api/v1/prices/history/BTC-USD?interval=1m&limit=2");

        Assert.Equal(("BTC-USD", "1m", "average of what was paid at hyperliquid, lighter"), (Text(history, "pair"), Text(history, "interval"), Text(history, "message")));
        Assert.Equal(
            """[{"timestamp":"1970-01-01T00:00:00Z","open":64980,"high":64985,"low":64975,"close":64981,"dexes":1},{"timestamp":"1970-01-01T00:01:00Z","open":64991,"high":64996,"low":64986,"close":64992,"dexes":2}]""",
            history.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task History_tells_which_dex_could_not_be_asked_and_fails_with_all_of_them()
    {
        await using var host = await PerpDexHost.StartAsync();
        host.Lighter.Failure = RequestFailure.TimedOut;
        Assert.Contains("; lighter: the venue did not answer in time", Text(await host.GetAsync("/api/v1/prices/history/BTC-USD"), "message"), StringComparison.Ordinal);
        host.Hyperliquid.Failure = RequestFailure.Unreachable;
        Assert.Contains("cannot be reached", await host.DetailAsync("/api/v1/prices/history/BTC-USD?interval=5m", 503), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("interval=2m", "interval")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    public async Task A_wrong_value_of_history_is_422(string query, string field)
    {
        await using var host = await PerpDexHost.StartAsync();
        var detail = (await host.GetAsync($"/api/v1/prices/history/BTC-USD?{query}", 422)).GetProperty("detail")[0];
        Assert.Equal(field, detail.GetProperty("loc")[1].GetString());
    }

    private static Candle At(int seconds, decimal open) =>
        new(Timestamp.FromMilliseconds(seconds * 1000L), open, open + 5, open - 5, open + 1, 1, null, null);

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;

    private static decimal[] Numbers(JsonElement row, params string[] names) => [.. names.Select(name => row.GetProperty(name).GetDecimal())];
}
