using System.Globalization;
using System.Text.Json;
using Omnibook.Core.Derived;

namespace Omnibook.Tests.Server.Apis.MarketData;

/// <summary>
/// Every route and socket of the dialect for every exchange, against the demo: what an exchange has is answered with data that agree with each other, and what it
/// lacks is refused with what is possible.
/// </summary>
public sealed class DemoRouteTests(DemoServer demo) : IClassFixture<DemoServer>
{
    private static readonly Dictionary<string, string> Symbols = new(StringComparer.Ordinal)
    {
        ["binance"] = "BTCUSDT",
        ["hyperliquid"] = "BTC",
        ["bybit"] = "BTCUSDT",
        ["lighter"] = "BTC",
        ["binance-spot"] = "BTCUSDT",
        ["coinbase"] = "BTC-USD",
        ["hyperliquid-testnet"] = "merrli:BTC",
    };

    /// <summary>Some of all lengths: to ask for every one would use up what Hyperliquid allows in a minute.</summary>
    private static readonly string[] Asked = ["1m", "15m", "4h", "1d", "1w", "1M"];

    public static TheoryData<string> Names => [.. Symbols.Keys];

    [Fact]
    public void Every_venue_is_simulated_and_served() =>
        Assert.Equal(Symbols.Keys.Order(StringComparer.Ordinal), demo.Exchanges.Select(exchange => exchange.GetProperty("name").GetString()!).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Candles_are_whole_and_intervals_that_lack_are_refused_with_those_that_there_are(string exchange)
    {
        var intervals = Texts(Find(exchange).GetProperty("intervals"));
        Assert.NotEmpty(intervals);
        foreach (var interval in CandleInterval.All.Where(interval => !intervals.Contains(interval.Name) || Asked.Contains(interval.Name)))
        {
            var (status, body) = await demo.GetAsync($"/{exchange}/ohlc/{Symbols[exchange]}/{interval}?limit=5");
            if (intervals.Contains(interval.Name))
            {
                Assert.True(status == 200, $"{interval}: {status} {body}");
                AssertCandles(exchange, interval, [.. body.EnumerateArray()]);
            }
            else
            {
                Assert.Equal(422, status);
                Assert.EndsWith($"there is {string.Join(", ", intervals)}", body.GetProperty("detail")[0].GetProperty("msg").GetString(), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_long_list_of_candles_has_no_hole_and_none_twice(string exchange)
    {
        var minutes = (await ListAsync($"/{exchange}/ohlc/{Symbols[exchange]}/1m?limit=400")).Select(candle => Time(candle, "timestamp")).ToList();
        Assert.InRange(minutes.Count, 100, 400);
        Assert.All(minutes.Zip(minutes.Skip(1)), pair => Assert.Equal(TimeSpan.FromMinutes(1), pair.Second - pair.First));
        var (from, to) = (minutes[10].ToUnixTimeMilliseconds(), minutes[20].ToUnixTimeMilliseconds());
        var window = await ListAsync($"/{exchange}/ohlc/{Symbols[exchange]}/1m?start_time={from}&end_time={to}&limit=20");
        Assert.Equal(minutes[10..21], window.Select(candle => Time(candle, "timestamp")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Open_interest_of_now_agrees_with_that_of_the_past(string exchange)
    {
        if (!await OffersAsync(exchange, "open_interest", $"/{exchange}/oi/{Symbols[exchange]}"))
        {
            return;
        }

        var now = (await demo.GetAsync($"/{exchange}/oi/{Symbols[exchange]}")).Body;
        Assert.Equal(exchange, now.GetProperty("exchange").GetString());
        Assert.InRange(Number(now, "open_interest_value") / Number(now, "open_interest"), 10_000, 1_000_000);
        var periods = Texts(Find(exchange).GetProperty("open_interest_periods"));
        var (status, past) = await demo.GetAsync($"/{exchange}/oi-hist/{Symbols[exchange]}?limit=4");
        Assert.Equal(periods.Count > 0 ? 200 : 404, status);
        foreach (var period in periods)
        {
            var rows = await ListAsync($"/{exchange}/oi-hist/{Symbols[exchange]}?limit=4&period={period}");
            Assert.Equal(4, rows.Count);
            AssertAscending(rows, "timestamp");
            Assert.InRange(Number(rows[^1], "open_interest") / Number(now, "open_interest"), 0.5m, 2);
        }

        if (periods.Count == 0)
        {
            Assert.Contains("there is binance, bybit", past.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Bug_003_2_the_last_funding_is_the_newest_of_the_past_and_not_weeks_old(string exchange)
    {
        if (!await OffersAsync(exchange, "funding_rate", $"/{exchange}/funding/{Symbols[exchange]}"))
        {
            Assert.Equal(404, (await demo.GetAsync($"/{exchange}/funding-hist/{Symbols[exchange]}")).Status);
            return;
        }

        var last = (await demo.GetAsync($"/{exchange}/funding/{Symbols[exchange]}")).Body;
        Assert.InRange(TimeProvider.System.GetUtcNow() - Time(last, "funding_time"), TimeSpan.Zero, TimeSpan.FromHours(8.1));
        var rows = await ListAsync($"/{exchange}/funding-hist/{Symbols[exchange]}?limit=120");
        AssertAscending(rows, "funding_time");
        Assert.InRange(rows.Count, 2, 120);
        Assert.Equal(Time(last, "funding_time"), Time(rows[^1], "funding_time"));
        Assert.Equal(Number(last, "funding_rate"), Number(rows[^1], "funding_rate"));
        Assert.Equal(Number(rows[^1], "funding_rate"), Number(rows[^2], "next_funding_rate"));
        Assert.InRange(Number(last, "next_funding_rate"), -0.01m, 0.01m);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Unknown_symbols_are_404_everywhere(string exchange)
    {
        foreach (var path in new[] { $"/{exchange}/ohlc/NOPENOPE/1m", $"/{exchange}/oi/NOPENOPE", $"/{exchange}/oi-hist/NOPENOPE", $"/{exchange}/funding/NOPENOPE", $"/{exchange}/funding-hist/NOPENOPE" })
        {
            var (status, body) = await demo.GetAsync(path);
            Assert.Equal(404, status);
            Assert.Equal(path, body.GetProperty("path").GetString());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Trades_come_on_every_exchange_in_one_shape(string exchange)
    {
        var trades = await demo.ReadAsync($"/ws/{exchange}/{Symbols[exchange]}/large_trades?min_value_usd=1", frames: 3);
        Assert.All(trades, trade =>
        {
            Assert.Equal("large_trade", trade.GetProperty("type").GetString());
            Assert.Equal(exchange, trade.GetProperty("exchange").GetString());
            Assert.Equal(trade.GetProperty("side").GetString() == "sell", trade.GetProperty("is_buyer_maker").GetBoolean());
            Assert.Equal(Number(trade, "price") * Number(trade, "quantity"), Number(trade, "value"));
            Assert.InRange(Number(trade, "price"), 10_000, 1_000_000);
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_candle_of_now_comes_over_the_socket_and_agrees_with_the_one_that_is_asked_for(string exchange)
    {
        var frames = await demo.ReadAsync($"/ws/{exchange}/{Symbols[exchange]}/ohlc?interval=1h", frames: 2);
        var asked = (await ListAsync($"/{exchange}/ohlc/{Symbols[exchange]}/1h?limit=2")).Single(candle => Time(candle, "timestamp") == Time(frames[1], "timestamp"));
        Assert.Equal("ohlc", frames[0].GetProperty("type").GetString());
        Assert.Equal("1h", frames[0].GetProperty("interval").GetString());
        Assert.Equal(Number(asked, "open"), Number(frames[0], "open"));
        Assert.True(Number(frames[1], "volume") >= Number(frames[0], "volume"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Liquidations_come_or_are_refused_with_the_exchanges_that_have_them(string exchange)
    {
        if (Find(exchange).GetProperty("capabilities").GetProperty("liquidations").GetBoolean())
        {
            Assert.Equal(1008, (await demo.ReadCloseAsync($"/ws/{exchange}/NOPENOPE/liquidations")).Code);
            return;
        }

        var (code, reason) = await demo.ReadCloseAsync($"/ws/{exchange}/{Symbols[exchange]}/liquidations");
        Assert.Equal(1008, code);
        Assert.Equal($"Exchange '{exchange}' has no liquidations; there is binance, bybit, lighter", reason);
    }

    [Fact]
    public async Task Bug_003_1_liquidations_arrive_from_the_exchanges_that_have_them()
    {
        var seen = await demo.ReadAsync("/ws/all/liquidations?min_value_usd=0", frames: 3);
        Assert.All(seen, liquidation => Assert.Equal(Number(liquidation, "price") * Number(liquidation, "quantity"), Number(liquidation, "value")));
    }

    [Fact]
    public async Task Candles_of_all_exchanges_are_of_one_market()
    {
        var (status, body) = await demo.GetAsync("/multi/ohlc/BTC/1h?limit=2");
        Assert.Equal(200, status);
        Assert.Equal(Symbols.Count - 1, body.EnumerateObject().Count());
        Assert.All(body.EnumerateObject(), exchange => Assert.True(exchange.Value.GetArrayLength() == 2, $"{exchange.Name}: {exchange.Value}"));
        var closes = body.EnumerateObject().Select(exchange => Number(exchange.Value[1], "close")).ToList();
        Assert.InRange(closes.Max() / closes.Min(), 1, 1.02m);
    }

    [Fact]
    public async Task The_answers_of_single_venues_are_there()
    {
        var predicted = (await demo.GetAsync("/hyperliquid/predicted-funding?coin=BTC")).Body[0];
        Assert.Equal("BTC", predicted.GetProperty("coin").GetString());
        Assert.Contains(predicted.GetProperty("venues").EnumerateArray(), venue => venue.GetProperty("venue").GetString() == "HlPerp");
        foreach (var path in new[] { "/binance/tickers/24hr", "/binance/mark-prices", "/binance/klines/BTCUSDT/1m?limit=3" })
        {
            Assert.Equal(3, (await ListAsync(path)).Count);
        }

        Assert.Equal("BTCUSDT", (await demo.GetAsync("/binance/tickers/24hr?symbol=btc")).Body.GetProperty("symbol").GetString());
    }

    [Fact]
    public async Task Changes_of_open_interest_are_told_of_the_exchanges_that_keep_them()
    {
        var changes = await demo.ReadAsync("/ws/oi-vol?timeframes=5m&min_z=0", frames: 6);
        Assert.Equal(
            ["binance BTCUSDT", "binance ETHUSDT", "binance SOLUSDT", "bybit BTCUSDT", "bybit ETHUSDT", "bybit SOLUSDT"],
            changes.Select(change => $"{change.GetProperty("exchange").GetString()} {change.GetProperty("symbol").GetString()}"));
    }

    private static void AssertCandles(string exchange, CandleInterval interval, IReadOnlyList<JsonElement> candles)
    {
        Assert.InRange(candles.Count, 1, 5);
        AssertAscending(candles, "timestamp");
        foreach (var candle in candles)
        {
            Assert.Equal((exchange, interval.Name), (candle.GetProperty("exchange").GetString(), candle.GetProperty("interval").GetString()));
            Assert.InRange(Number(candle, "open"), Number(candle, "low"), Number(candle, "high"));
            Assert.InRange(Number(candle, "close"), Number(candle, "low"), Number(candle, "high"));
            Assert.InRange(Number(candle, "quote_volume"), Number(candle, "low") * Number(candle, "volume") * 0.999m, Number(candle, "high") * Number(candle, "volume") * 1.001m);
        }

        Assert.All(candles.SkipLast(1), candle => Assert.True(candle.GetProperty("is_closed").GetBoolean()));
    }

    private static void AssertAscending(IReadOnlyList<JsonElement> rows, string time) =>
        Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.True(Time(pair.First, time) < Time(pair.Second, time)));

    private async Task<bool> OffersAsync(string exchange, string capability, string path)
    {
        var offers = Find(exchange).GetProperty("capabilities").GetProperty(capability).GetBoolean();
        var (status, body) = await demo.GetAsync(path);
        Assert.True(status == (offers ? 200 : 404), $"{path}: {status} {body}");
        return offers;
    }

    private async Task<IReadOnlyList<JsonElement>> ListAsync(string path)
    {
        var (status, body) = await demo.GetAsync(path);
        Assert.True(status == 200, $"{path}: {status} {body}");
        return [.. body.EnumerateArray()];
    }

    private JsonElement Find(string exchange) => demo.Exchanges.Single(candidate => candidate.GetProperty("name").GetString() == exchange);

    private static IReadOnlyList<string> Texts(JsonElement list) => [.. list.EnumerateArray().Select(text => text.GetString()!)];

    private static decimal Number(JsonElement row, string name) => row.GetProperty(name).GetDecimal();

    private static DateTimeOffset Time(JsonElement row, string name) =>
        DateTimeOffset.Parse(row.GetProperty(name).GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
