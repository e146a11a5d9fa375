using System.Text.Json;
using Omnibook.Server.Apis.Health;
using Omnibook.Server.Apis.MarketData;
using Omnibook.Venues;

namespace Omnibook.Tests.Server.Apis.MarketData;

/// <summary>Which exchanges there are, and how everything else is refused.</summary>
public sealed class ExchangeApiTests
{
    [Theory]
    [InlineData("/exchanges")]
    [InlineData("/markets/exchanges")]
    public async Task Every_exchange_says_what_it_has(string path)
    {
        await using var host = await MarketDataHost.StartAsync();
        var exchanges = (await host.GetAsync(path)).GetProperty("exchanges").EnumerateArray().ToList();

        Assert.Equal(["binance", "hyperliquid", "bybit"], exchanges.Select(exchange => exchange.GetProperty("name").GetString()));
        foreach (var name in new[] { "ohlc", "funding_rate", "open_interest", "liquidations", "large_trades" })
        {
            Assert.True(exchanges[0].GetProperty("capabilities").GetProperty(name).GetBoolean());
        }

        Assert.False(exchanges[1].GetProperty("capabilities").GetProperty("liquidations").GetBoolean());
        Assert.Equal("binance-usdm", exchanges[0].GetProperty("venue").GetString());
        Assert.Equal(["1m", "5m", "1h", "6h", "1d"], exchanges[2].GetProperty("intervals").EnumerateArray().Select(name => name.GetString()));
        Assert.Empty(exchanges[1].GetProperty("open_interest_periods").EnumerateArray());
    }

    [Fact]
    public void Binance_is_the_futures_market_in_this_dialect()
    {
        Assert.Equal("binance-usdm", ExchangeName.All.Single(exchange => exchange.Name == "binance").Venue.Key);
        Assert.Equal("binance", ExchangeName.Of("binance-usdm"));
        Assert.Equal("treeofalpha", ExchangeName.Of("treeofalpha"));
    }

    [Fact]
    public void Every_exchange_is_a_known_venue_and_every_market_has_a_name()
    {
        var venues = KnownVenues.All.Select(venue => venue.Id.Key).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(ExchangeName.All.Select(exchange => exchange.Venue.Key).Except(venues));
        Assert.Empty(KnownVenues.All.Where(venue => venue.Create(venue.Defaults).Data.Capabilities.Candles.Count > 0)
            .Select(venue => venue.Id.Key).Except(ExchangeName.All.Select(exchange => exchange.Venue.Key)));
    }

    [Fact]
    public async Task Bug_003_7_a_404_says_what_is_not_there_and_what_is_and_names_the_path()
    {
        await using var host = await MarketDataHost.StartAsync();
        var error = await host.GetAsync("/kraken/oi/BTCUSDT", 404);
        Assert.Equal("Exchange 'kraken' is not supported (binance, hyperliquid, bybit)", error.GetProperty("detail").GetString());
        Assert.Equal("/kraken/oi/BTCUSDT", error.GetProperty("path").GetString());
        Assert.Equal(
            "Exchange 'hyperliquid' has no history of open interest; there is binance, bybit",
            await host.DetailAsync("/hyperliquid/oi-hist/BTC", 404));
        Assert.Equal(
            "Exchange 'lighter' is not followed by this server (binance, hyperliquid, bybit)",
            await host.DetailAsync("/lighter/oi/BTC", 404));
        Assert.Equal("/binance/nothing/BTCUSDT", (await host.GetAsync("/binance/nothing/BTCUSDT", 404)).GetProperty("path").GetString());
    }

    [Theory]
    [InlineData("/binance/ohlc/BTCUSDX/1m")]
    [InlineData("/binance/oi/BTCUSDX")]
    [InlineData("/binance/oi-hist/BTCUSDX")]
    [InlineData("/binance/funding/BTCUSDX")]
    [InlineData("/binance/funding-hist/BTCUSDX")]
    [InlineData("/bybit/oi/BTCUSDX")]
    [InlineData("/hyperliquid/oi/BTCX")]
    public async Task Bug_003_5_an_unknown_symbol_is_404_with_candidates_on_every_exchange(string path)
    {
        await using var host = await MarketDataHost.StartAsync();
        var detail = await host.DetailAsync(path, 404);
        Assert.Contains("is not known at exchange", detail, StringComparison.Ordinal);
        Assert.Contains("there is BTC", detail, StringComparison.Ordinal);
        Assert.Empty(host.Binance.Asked);
    }

    [Fact]
    public async Task A_symbol_that_is_like_nothing_or_too_long_is_404_as_well()
    {
        await using var host = await MarketDataHost.StartAsync();
        Assert.EndsWith("nothing there is like it", await host.DetailAsync("/binance/oi/QQQQQQQQQQQQQQQQQQ", 404), StringComparison.Ordinal);
        Assert.True((await host.DetailAsync("/binance/oi/" + new string('B', 500), 404)).Length < 200);
    }

    [Fact]
    public async Task An_exchange_that_has_not_told_its_instruments_is_503_with_the_reason()
    {
        await using var host = await MarketDataHost.StartAsync();
        host.ForgetInstruments("bybit");
        Assert.Equal(
            "The instruments of exchange 'bybit' are not known yet: a connection is being made", await host.DetailAsync("/bybit/oi/BTCUSDT", 503));
    }

    [Theory]
    [InlineData(RequestFailure.Unreachable, 503)]
    [InlineData(RequestFailure.RateLimited, 503)]
    [InlineData(RequestFailure.OverBudget, 503)]
    [InlineData(RequestFailure.TimedOut, 504)]
    [InlineData(RequestFailure.Rejected, 502)]
    [InlineData(RequestFailure.Unreadable, 502)]
    public async Task Trouble_upstream_is_502_503_or_504(RequestFailure failure, int status)
    {
        await using var host = await MarketDataHost.StartAsync();
        host.Binance.Failure = failure;
        foreach (var path in new[] { "/binance/ohlc/BTCUSDT/1m", "/binance/oi/BTCUSDT", "/binance/oi-hist/BTCUSDT", "/binance/funding/BTCUSDT", "/binance/funding-hist/BTCUSDT" })
        {
            Assert.StartsWith("the venue", await host.DetailAsync(path, status), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_root_and_the_health_have_the_names_of_this_dialect()
    {
        await using var host = await MarketDataHost.StartAsync(venues: [Venue("binance-usdm"), Venue("bybit"), Venue("treeofalpha")]);
        var about = await host.GetAsync("/markets");
        Assert.Equal(["binance", "hyperliquid", "bybit"], Texts(about.GetProperty("exchanges")));
        Assert.Equal("operational", about.GetProperty("status").GetString());
        Assert.Equal("/docs", about.GetProperty("docs").GetString());

        Assert.Equal("""{"status":"degraded","exchanges":{"binance":false,"bybit":false}}""", await host.GetTextAsync("/markets/health"));
        var health = await host.GetAsync("/health");
        Assert.Equal(["binance", "bybit", "treeofalpha"], health.GetProperty("exchanges").EnumerateObject().Select(exchange => exchange.Name));
        Assert.True(health.GetProperty("venues").TryGetProperty("binance-usdm", out _));
        Assert.Equal(["binance", "bybit", "treeofalpha"], Texts((await host.GetAsync("/")).GetProperty("exchanges")));
    }

    private static VenueHealth Venue(string key) => new(key, "a connection is being made", null, [], []);

    private static IEnumerable<string?> Texts(JsonElement list) => list.EnumerateArray().Select(text => text.GetString());
}
