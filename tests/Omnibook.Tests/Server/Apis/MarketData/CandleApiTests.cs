using System.Text.Json;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;

namespace Omnibook.Tests.Server.Apis.MarketData;

public sealed class CandleApiTests
{
    private static readonly CandleInterval FiveMinutes = CandleInterval.Parse("5m");

    [Fact]
    public async Task A_candle_has_every_field_of_the_contract_in_its_form()
    {
        await using var host = await MarketDataHost.StartAsync();
        host.Binance.Candles = [new Candle(Milliseconds(1_758_523_800_000), 101621.7m, 101958.90m, 101619.9m, 101818.8m, 1274.0m, 129689803.5m, 39480)];

        Assert.Equal(
            """[{"exchange":"binance","symbol":"BTCUSDT","timestamp":"2025-09-22T06:50:00Z","interval":"5m","open":101621.7,"high":101958.9,"low":101619.9,"close":101818.8,"volume":1274,"quote_volume":129689803.5,"trades_count":39480,"is_closed":true}]""",
            await host.GetTextAsync("/BINANCE/ohlc/btcusdt/5m"));
    }

    [Fact]
    public async Task Bug_003_3_the_candle_that_is_still_open_says_so()
    {
        await using var host = await MarketDataHost.StartAsync();
        var open = FiveMinutes.StartOf(host.Now);
        host.Binance.Candles = [Candle(open + -FiveMinutes.Length), Candle(open)];

        var candles = await host.GetAsync("/binance/ohlc/BTCUSDT/5m?limit=2");
        Assert.True(candles[0].GetProperty("is_closed").GetBoolean());
        Assert.False(candles[1].GetProperty("is_closed").GetBoolean());
    }

    [Fact]
    public async Task Bug_003_3_a_candle_that_ended_after_the_venue_was_asked_is_not_called_closed()
    {
        await using var host = await MarketDataHost.StartAsync();
        var minute = CandleInterval.Parse("1m");
        var open = minute.StartOf(host.Now);
        host.Binance.Candles = [Candle(open)];
        host.Time.Advance(open + minute.Length - host.Now - TimeSpan.FromMilliseconds(300));
        await host.GetAsync("/binance/ohlc/BTCUSDT/1m");

        host.Time.Advance(TimeSpan.FromMilliseconds(400));
        Assert.False((await host.GetAsync("/binance/ohlc/BTCUSDT/1m"))[0].GetProperty("is_closed").GetBoolean());
        Assert.Single(host.Binance.Asked);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await host.GetAsync("/binance/ohlc/BTCUSDT/1m"))[0].GetProperty("is_closed").GetBoolean());
    }

    [Fact]
    public async Task A_month_is_closed_when_the_calendar_says_so()
    {
        await using var host = await MarketDataHost.StartAsync();
        host.Binance.Candles = [Candle(At("2025-08-01")), Candle(At("2025-09-01"))];
        var months = await host.GetAsync("/binance/ohlc/BTCUSDT/1M");
        Assert.Equal([true, false], months.EnumerateArray().Select(month => month.GetProperty("is_closed").GetBoolean()));
    }

    [Fact]
    public async Task Bug_003_4_an_interval_that_the_exchange_lacks_is_422_with_those_that_it_has()
    {
        await using var host = await MarketDataHost.StartAsync();
        foreach (var interval in new[] { "8h", "3d", "1w", "2", "nonsense" })
        {
            var wrong = (await host.GetAsync($"/bybit/ohlc/BTCUSDT/{interval}", 422)).GetProperty("detail")[0];
            Assert.Equal("""["path","interval"]""", wrong.GetProperty("loc").GetRawText());
            Assert.Equal($"Exchange 'bybit': interval '{interval}' does not exist there; there is 1m, 5m, 1h, 6h, 1d", wrong.GetProperty("msg").GetString());
            Assert.Equal(interval, wrong.GetProperty("input").GetString());
        }

        Assert.Equal(422, (int)(await host.SendAsync("/hyperliquid/ohlc/BTC/6h")).StatusCode);
        Assert.Empty(host.Bybit.Asked);
    }

    [Fact]
    public async Task A_minute_is_not_a_month()
    {
        await using var host = await MarketDataHost.StartAsync();
        await host.GetAsync("/binance/ohlc/BTCUSDT/1m");
        await host.GetAsync("/binance/ohlc/BTCUSDT/1M");
        Assert.Equal(["candles BTCUSDT 1m 500", "candles BTCUSDT 1M 500"], host.Binance.Asked);
    }

    [Theory]
    [InlineData("limit=0", "limit", "from 1 to 1500")]
    [InlineData("limit=1501", "limit", "from 1 to 1500")]
    [InlineData("limit=ten", "limit", "from 1 to 1500")]
    [InlineData("start_time=1758523800", "start_time", "from 1000000000000")]
    [InlineData("start_time=1758523800000&end_time=1758523799999", "end_time", "before start_time")]
    public async Task Values_out_of_bounds_are_422_with_field_value_and_what_is_allowed(string query, string field, string allowed)
    {
        await using var host = await MarketDataHost.StartAsync();
        var wrong = (await host.GetAsync($"/binance/ohlc/BTCUSDT/1m?{query}", 422)).GetProperty("detail")[0];
        Assert.Equal(field, wrong.GetProperty("loc")[1].GetString());
        Assert.Contains(allowed, wrong.GetProperty("msg").GetString(), StringComparison.Ordinal);
        Assert.NotEqual(JsonValueKind.Null, wrong.GetProperty("input").ValueKind);
    }

    [Fact]
    public async Task Everything_wrong_is_told_at_once()
    {
        await using var host = await MarketDataHost.StartAsync();
        Assert.Equal(2, (await host.GetAsync("/binance/ohlc/BTCUSDT/9m?limit=0", 422)).GetProperty("detail").GetArrayLength());
    }

    [Fact]
    public async Task Times_and_limit_reach_the_venue()
    {
        await using var host = await MarketDataHost.StartAsync();
        await host.GetAsync("/binance/ohlc/BTCUSDT/1m?limit=1500&start_time=1758500000000&end_time=1758523800000");
        Assert.Equal(["candles BTCUSDT 1m 1500 from 1758500000000 to 1758523800000"], host.Binance.Asked);
    }

    [Fact]
    public async Task What_the_venue_does_not_tell_is_estimated_or_zero()
    {
        await using var host = await MarketDataHost.StartAsync();
        host.Hyperliquid.Candles = [new Candle(At("2025-09-22"), 1, 2, 1, 1.5m, 10, null, null)];
        var candle = (await host.GetAsync("/hyperliquid/ohlc/BTCUSDT/1d"))[0];
        Assert.Equal(15, candle.GetProperty("quote_volume").GetDecimal());
        Assert.Equal(0, candle.GetProperty("trades_count").GetInt64());
        Assert.Equal("BTCUSDT", candle.GetProperty("symbol").GetString());
    }

    [Theory]
    [InlineData("hyperliquid", "btc", "BTC")]
    [InlineData("hyperliquid", "BTC-USD", "BTC-USD")]
    [InlineData("hyperliquid", "merrli:BTC", "merrli:BTC")]
    [InlineData("binance", "BTC%2FUSDT", "BTC/USDT")]
    public async Task The_symbol_is_echoed_in_upper_case_and_a_coin_of_a_dex_as_its_venue_writes_it(string exchange, string asked, string echoed)
    {
        await using var host = await MarketDataHost.StartAsync();
        host.Hyperliquid.Candles = host.Binance.Candles = [Candle(At("2025-09-22"))];
        Assert.Equal(echoed, (await host.GetAsync($"/{exchange}/ohlc/{asked}/1d"))[0].GetProperty("symbol").GetString());
    }

    [Fact]
    public async Task Everybody_who_asks_the_same_within_a_second_gets_one_answer_of_the_venue()
    {
        await using var host = await MarketDataHost.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.GetAsync("/binance/ohlc/BTCUSDT/1m")));
        await host.GetAsync("/markets/binance/ohlc/BTC/1m");
        Assert.Single(host.Binance.Asked);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        await host.GetAsync("/binance/ohlc/BTCUSDT/1m");
        Assert.Equal(2, host.Binance.Asked.Count);
    }

    [Fact]
    public async Task Candles_of_all_exchanges_stand_side_by_side_and_one_that_fails_is_empty()
    {
        await using var host = await MarketDataHost.StartAsync();
        host.Binance.Candles = [Candle(At("2025-09-21"))];
        host.Hyperliquid.Candles = [Candle(At("2025-09-21"))];
        host.Bybit.Failure = Omnibook.Venues.RequestFailure.Unreachable;

        using var answer = await host.SendAsync("/multi/ohlc/BTCUSDT/1d");
        var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(["binance", "hyperliquid", "bybit"], body.EnumerateObject().Select(exchange => exchange.Name));
        Assert.Equal([1, 1, 0], body.EnumerateObject().Select(exchange => exchange.Value.GetArrayLength()));
        Assert.Equal("hyperliquid", body.GetProperty("hyperliquid")[0].GetProperty("exchange").GetString());
        Assert.Equal("bybit: the venue cannot be reached", answer.Headers.GetValues("X-Left-Out").Single());
        Assert.Equal(["candles BTCUSDT 1d 200"], host.Binance.Asked);
    }

    [Fact]
    public async Task Candles_of_all_exchanges_refuse_what_none_has()
    {
        await using var host = await MarketDataHost.StartAsync();
        Assert.StartsWith("No exchange has candles of 'NOPENOPE'", await host.DetailAsync("/multi/ohlc/NOPENOPE/1d", 404), StringComparison.Ordinal);
        Assert.Equal(422, (int)(await host.SendAsync("/multi/ohlc/BTCUSDT/9m")).StatusCode);
        Assert.Equal(422, (int)(await host.SendAsync("/multi/ohlc/BTCUSDT/1d?limit=1001")).StatusCode);

        using var some = await host.SendAsync("/multi/ohlc/BTCUSDT/8h");
        Assert.Equal(200, (int)some.StatusCode);
        Assert.Contains("binance: it has no '8h'", some.Headers.GetValues("X-Left-Out").Single(), StringComparison.Ordinal);
    }

    private static Candle Candle(Timestamp start) => new(start, 1, 2, 1, 2, 10, 15, 3);

    private static Timestamp Milliseconds(long milliseconds) => Timestamp.FromMilliseconds(milliseconds);

    private static Timestamp At(string date) =>
        Timestamp.From(DateTimeOffset.Parse(date, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal));
}
