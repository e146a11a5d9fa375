using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Apis.CryExc.V1;
using Omnibook.Tests.Core.Flow;

namespace Omnibook.Tests.Server.Apis.CryExc;

/// <summary>The routes that a charting terminal asks for its history.</summary>
public sealed class V1Tests
{
    private const string Trades = "/v1/trades?exchange=binancef&symbol=btcusdt";

    [Fact]
    public async Task What_is_stored_is_told_by_exchange_and_symbol()
    {
        await using var host = await CryExcHost.StartAsync(archive: Archive());
        var text = await host.GetAsync("/v1/info");
        Assert.StartsWith("""{"protocol_version":1,"server":"omnibook/""", text, StringComparison.Ordinal);
        using var info = JsonDocument.Parse(text);
        Assert.Equal(CryExcHost.Start, info.RootElement.GetProperty("server_time_ms").GetInt64());
        Assert.Equal(
            """{"id":"binancef","display_name":"Binance Futures","symbols":[{"symbol":"BTCUSDT","has_trades":true,"has_liquidations":true,"data_start_ms":1700000000000,"data_end_ms":1700000075000}]}""",
            info.RootElement.GetProperty("exchanges")[0].GetRawText());
        Assert.Equal(text, await host.GetAsync("/cryexc/v1/info"));
    }

    [Fact]
    public async Task A_range_is_half_open_and_its_rows_go_from_old_to_new()
    {
        await using var host = await CryExcHost.StartAsync(archive: Archive());
        Assert.Equal(
            """{"trades":[{"trade_id":2,"price":42003.9,"quantity":0.2,"timestamp_ms":1700000010000,"is_buyer_maker":true},{"trade_id":3,"price":42012,"quantity":1,"timestamp_ms":1700000030000,"is_buyer_maker":false}],"truncated":false,"actual_start_ms":1700000010000,"actual_end_ms":1700000030001}""",
            await host.GetAsync($"{Trades}&start_ms=1700000010000&end_ms=1700000059999"));
        Assert.Equal(
            """{"trades":[],"truncated":false,"actual_start_ms":1,"actual_end_ms":2}""", await host.GetAsync($"{Trades}&start_ms=1&end_ms=2"));
    }

    [Fact]
    public async Task Where_there_are_too_many_the_newest_are_told()
    {
        await using var host = await CryExcHost.StartAsync(archive: Archive());
        using var page = JsonDocument.Parse(await host.GetAsync($"{Trades}&start_ms=0&end_ms=1800000000000&limit=2"));
        Assert.Equal([5, 6], page.RootElement.GetProperty("trades").EnumerateArray().Select(trade => trade.GetProperty("trade_id").GetInt32()));
        Assert.True(page.RootElement.GetProperty("truncated").GetBoolean());
        Assert.Equal(1_700_000_060_000, page.RootElement.GetProperty("actual_start_ms").GetInt64());
    }

    [Fact]
    public async Task A_liquidation_names_the_side_that_was_closed()
    {
        await using var host = await CryExcHost.StartAsync(archive: Archive());
        Assert.Equal(
            """{"liquidations":[{"side":"long","price":41950,"quantity":0.3,"timestamp_ms":1700000001000,"notional_usd":12585}],"truncated":false,"actual_start_ms":1700000001000,"actual_end_ms":1700000001001}""",
            await host.GetAsync("/v1/liquidations?exchange=binancef&symbol=BTCUSDT&start_ms=0&end_ms=1800000000000"));
    }

    [Fact]
    public async Task A_large_answer_is_written_as_it_is_made()
    {
        var archive = Archive();
        archive.Trades.AddRange(MadeTrades.Random(1, 5_000));
        await using var host = await CryExcHost.StartAsync(archive: archive);
        using var page = JsonDocument.Parse(await host.GetAsync($"{Trades}&start_ms=0&end_ms=1800000000000"));
        Assert.Equal(5_006, page.RootElement.GetProperty("trades").GetArrayLength());
    }

    [Theory]
    [InlineData(Trades + "&start_ms=2&end_ms=2", 400, "invalid_range", "start_ms must be before end_ms")]
    [InlineData(Trades + "&start_ms=2", 400, "invalid_range", "start_ms and end_ms should be whole numbers of milliseconds since 1970")]
    [InlineData(Trades + "&start_ms=a&end_ms=3", 400, "invalid_range", "start_ms and end_ms should be whole numbers of milliseconds since 1970")]
    [InlineData(Trades + "&start_ms=1&end_ms=99999999999999999", 400, "invalid_range", "start_ms and end_ms should be whole numbers of milliseconds since 1970")]
    [InlineData(Trades + "&start_ms=1&end_ms=2&limit=0", 400, "invalid_range", "limit should be a whole number from 1")]
    [InlineData("/v1/trades?symbol=BTCUSDT&start_ms=1&end_ms=2", 400, "invalid_range", "exchange and symbol are needed")]
    [InlineData("/v1/trades?exchange=kraken&symbol=BTCUSDT&start_ms=1&end_ms=2", 404, "not_found", "Exchange 'kraken' is not supported (binancef, bybit, coinbase)")]
    [InlineData("/v1/candles", 404, "not_found", "there is /v1/info, /v1/trades and /v1/liquidations")]
    public async Task What_cannot_be_answered_is_told_in_the_form_of_these_routes(string path, int status, string code, string message)
    {
        await using var host = await CryExcHost.StartAsync(archive: Archive());
        Assert.Equal($$$"""{"error":{"code":"{{{code}}}","message":"{{{message}}}"}}""", await host.GetAsync(path, status));
    }

    [Fact]
    public async Task Another_method_is_refused_and_an_archive_that_cannot_answer_says_so()
    {
        var archive = Archive();
        archive.IsBroken = true;
        await using var host = await CryExcHost.StartAsync(archive: archive);
        var (status, body, allow) = await host.SendAsync(HttpMethod.Post, "/v1/trades");
        Assert.Equal((405, "GET, HEAD, OPTIONS"), (status, allow));
        Assert.Contains("\"code\":\"server_error\"", body, StringComparison.Ordinal);
        Assert.Equal("""{"error":{"code":"server_error","message":"as the test wants"}}""", await host.GetAsync("/v1/info", 503));
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("wrong", 401)]
    [InlineData("secret-and", 401)]
    [InlineData("secret", 200)]
    public async Task A_token_that_is_configured_has_to_be_shown(string? token, int status)
    {
        await using var host = await CryExcHost.StartAsync(archive: Archive(), v1: new V1Rules("secret"));
        var answer = await host.SendAsync(HttpMethod.Get, "/v1/info", token);
        Assert.Equal(status, answer.Status);
        Assert.Equal(status != 200, answer.Body.Contains("\"code\":\"unauthorized\"", StringComparison.Ordinal));
        Assert.Equal(200, (await host.SendAsync(HttpMethod.Get, "/api/features")).Status);
    }

    private static MadeArchive Archive()
    {
        var archive = new MadeArchive();
        archive.Trades.AddRange(MadeTrades.Golden.Select((trade, i) => trade with { TradeId = i + 1 }));
        archive.Before = archive.Trades.Count;
        var at = Timestamp.FromMilliseconds(1_700_000_001_000);
        archive.Liquidations.Add(new Liquidation(default, TakerSide.Sell, new Price(419_500), new Quantity(300), new EventTimes(at, at)));
        return archive;
    }
}
