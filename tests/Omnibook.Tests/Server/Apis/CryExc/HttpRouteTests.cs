using System.Text.Json;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;

namespace Omnibook.Tests.Server.Apis.CryExc;

/// <summary>The dialect's routes over HTTP.</summary>
public sealed class HttpRouteTests
{
    [Fact]
    public async Task C9_and_P1_exchanges_are_a_list_with_symbols_capabilities_and_ticks()
    {
        await using var host = await CryExcHost.StartAsync();
        Assert.Equal(
            """{"name":"binancef","symbols":["BTCUSDT","ETHUSDT"],"capabilities":{"trades":true,"orderbook":true,"liquidations":true,"marketStats":true,"orderbookHeatmap":true,"screener":true},"symbolDetails":{"BTCUSDT":{"tickSize":"0.1"},"ETHUSDT":{"tickSize":"0.1"}}}""",
            (await JsonAsync(host, "/api/exchanges"))[0].GetRawText());
        var coinbase = (await JsonAsync(host, "/cryexc/api/exchanges"))[2];
        Assert.Equal("coinbase", coinbase.GetProperty("name").GetString());
        Assert.Equal(
            """{"trades":true,"orderbook":true,"liquidations":false,"marketStats":false,"orderbookHeatmap":true,"screener":true}""",
            coinbase.GetProperty("capabilities").GetRawText());
        Assert.Equal("""{"pythMarkets":false,"walletCohorts":false,"options":false,"news":false}""", await host.GetAsync("/api/features"));
    }

    [Fact]
    public async Task Candles_have_both_forms()
    {
        await using var host = await CryExcHost.StartAsync();
        host.Data["binance-usdm"].Candles = [new Candle(Timestamp.FromMilliseconds(1_699_999_980_000), 42001.3m, 42012.0m, 42001.3m, 42012.0m, 1.70m, null, null)];
        const string row = """[{"timestamp":1699999980000,"open":42001.3,"high":42012,"low":42001.3,"close":42012,"volume":1.7}]""";
        Assert.Equal(row, await host.GetAsync("/klines?symbol=btcusdt&limit=1"));
        Assert.Equal($$"""{"candles":{{row}},"asOf":1700000080000}""", await host.GetAsync("/api/candles?symbol=BTCUSDT&interval=1m&limit=1"));
        Assert.Equal(["candles BTCUSDT 1m 1"], host.Data["binance-usdm"].Asked);
    }

    [Theory]
    [InlineData("/klines", 422)]
    [InlineData("/klines?symbol=BTCUSDT&limit=0", 422)]
    [InlineData("/klines?symbol=BTCUSDT&interval=7m", 422)]
    [InlineData("/klines?symbol=NOPE", 404)]
    [InlineData("/klines?symbol=BTCUSDT&exchange=kraken", 404)]
    [InlineData("/klines?symbol=BTCUSDT", 502)]
    [InlineData("/api/market-stats?symbol=NOPE", 404)]
    [InlineData("/api/market-stats?exchange=coinbase", 404)]
    [InlineData("/api/market-stats", 502)]
    [InlineData("/screener", 502)]
    [InlineData("/screener?exchange=lighter", 404)]
    public async Task P8_what_cannot_be_answered_is_told_in_detail(string path, int status)
    {
        await using var host = await CryExcHost.StartAsync();
        Assert.True((await JsonAsync(host, path, status)).TryGetProperty("detail", out _));
    }

    [Fact]
    public async Task C8_market_statistics_have_every_figure()
    {
        await using var host = await CryExcHost.StartAsync();
        Fill(host.Data["binance-usdm"]);
        Assert.Equal(
            """[{"exchange":"binancef","symbol":"BTCUSDT","timestamp":1700000080000,"fundingRate":0.0001,"nextFundingTime":1700006400000,"openInterest":80000.5,"openInterestUsd":3360189001.05,"oiTimestamp":1699999900000,"indexPrice":42000,"markPrice":42002.1,"basis":2.1,"basisBps":0.5,"longShortRatio":1.80112,"longAccount":0.643,"shortAccount":0.357}]""",
            await host.GetAsync("/api/market-stats"));
    }

    [Fact]
    public async Task Bug_002_9_what_failed_is_not_kept_and_what_is_kept_is_the_part_that_changes_slowly()
    {
        await using var host = await CryExcHost.StartAsync();
        var venue = host.Data["binance-usdm"];
        await host.GetAsync("/api/market-stats?symbol=BTCUSDT", 502);
        Fill(venue);
        venue.OpenInterest = null;
        Assert.Equal(JsonValueKind.Null, (await JsonAsync(host, "/api/market-stats?symbol=BTCUSDT"))[0].GetProperty("openInterest").ValueKind);
        Fill(venue);
        Assert.Equal(80000.5m, (await JsonAsync(host, "/api/market-stats?symbol=BTCUSDT"))[0].GetProperty("openInterest").GetDecimal());

        host.Time.Advance(TimeSpan.FromSeconds(15));
        venue.Tickers = [venue.Tickers[0] with { Mark = 50_000 }];
        venue.Asked.Clear();
        var later = (await JsonAsync(host, "/api/market-stats?symbol=BTCUSDT"))[0];
        Assert.Equal((50_000m, 1_700_000_095_000), (later.GetProperty("markPrice").GetDecimal(), later.GetProperty("timestamp").GetInt64()));
        Assert.Equal(["tickers BTCUSDT"], venue.Asked);
    }

    [Fact]
    public async Task P7_the_screener_tells_figures_of_up_to_a_minute_ago_where_the_exchange_fails()
    {
        await using var host = await CryExcHost.StartAsync();
        var venue = host.Data["binance-usdm"];
        Fill(venue);
        const string row = """[{"exchange":"binancef","symbol":"BTCUSDT","lastPrice":42000.1,"priceChange":-120.5,"priceChangePercent":-0.2861,"volume24h":250000.1,"quoteVolume24h":10500000000,"high24h":42800,"low24h":41500,"tradeCount":4200000,"timestamp":1700000080000}]""";
        Assert.Equal(row, await host.GetAsync("/screener"));
        venue.Fails = true;
        host.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(row, await host.GetAsync("/screener"));
        host.Time.Advance(TimeSpan.FromSeconds(2));
        await host.GetAsync("/screener", 502);
    }

    [Fact]
    public async Task The_status_tells_symbol_by_symbol_when_something_came()
    {
        await using var host = await CryExcHost.StartAsync();
        await host.TradeAsync(1_700_000_079_900, 42000, 1, TakerSide.Buy);
        await host.BookAsync([(42000m, 1m)], [(42001m, 1m)], 1_700_000_079_950);
        Assert.Equal(
            """{"serverTime":1700000080000,"exchange":"binancef","marketConnected":false,"depthConnected":true,"symbols":{"BTCUSDT":{"lastTradeAt":1700000079900,"lastDepthAt":1700000079950,"lastMarkAt":null,"bookReady":true}},"news":{"connected":false,"lastReceivedAt":null}}""",
            await host.GetAsync("/api/status"));
    }

    private static void Fill(TickerData venue)
    {
        venue.Tickers =
        [
            new DayTicker
            {
                Symbol = "BTCUSDT", Last = 42000.1m, Open = 42120.6m, High = 42800, Low = 41500, BaseVolume = 250000.1m, QuoteVolume = 10_500_000_000,
                Trades = 4_200_000, Mark = 42002.1m, Index = 42000, FundingRate = 0.0001m, NextFundingAt = Timestamp.FromMilliseconds(1_700_006_400_000),
            },
        ];
        venue.OpenInterest = new OpenInterestPoint(Timestamp.FromMilliseconds(1_699_999_900_000), 80000.5m, null);
        venue.Shares = [new LongShortPoint(Timestamp.FromMilliseconds(1_699_999_900_000), 0.643m, 0.357m)];
    }

    private static async Task<JsonElement> JsonAsync(CryExcHost host, string path, int status = 200) => JsonDocument.Parse(await host.GetAsync(path, status)).RootElement;
}
