using System.Text.Json;
using Omnibook.Venues;

namespace Omnibook.Tests.Server.Apis.Nbbo;

/// <summary><c>/user-…</c>, read as the known page reads it.</summary>
public sealed class AccountApiTests
{
    private const string Balance = $"/user-balance?address={NbboHost.Account}&dexs=btcx,merrli,sekaw";

    [Fact]
    public async Task N8_every_dex_and_the_main_one_have_a_balance_and_the_total_is_a_number()
    {
        await using var host = await NbboHost.StartAsync();
        host.Rest.Answer = _ => Account("10.5");

        var data = (await host.GetAsync(Balance)).GetProperty("data");
        Assert.Equal("btcx,merrli,sekaw,,total_account_value", string.Join(',', data.EnumerateObject().Select(entry => entry.Name)));
        Assert.Equal(42.0m, data.GetProperty("total_account_value").GetDecimal());
        var main = data.GetProperty("");
        Assert.Equal("9.5", main.GetProperty("withdrawable").GetString());
        Assert.Equal(JsonValueKind.Array, main.GetProperty("assetPositions").ValueKind);
        Assert.Equal("10.5", main.GetProperty("marginSummary").GetProperty("totalRawUsd").GetString());
    }

    [Fact]
    public async Task The_venues_objects_keep_every_byte()
    {
        await using var host = await NbboHost.StartAsync();
        var odd = Account("1e1", extra: ",\"unknown\": [ 1.50, \"\\u00e9\" ]");
        host.Rest.Answer = _ => odd;
        Assert.Contains($"\"btcx\":{odd},", await host.GetTextAsync(Balance), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bug_000_3_one_dex_that_fails_harms_no_other()
    {
        await using var host = await NbboHost.StartAsync();
        host.Rest.Answer = request => request.GetProperty("dex").GetString() == "merrli"
            ? throw new VenueRequestException(RequestFailure.ServerError, "boom") { StatusCode = 500 }
            : Account("10.5");

        var answer = await host.GetAsync(Balance);
        Assert.True(answer.GetProperty("success").GetBoolean());
        Assert.False(answer.GetProperty("data").TryGetProperty("merrli", out _));
        Assert.Equal(31.5m, answer.GetProperty("data").GetProperty("total_account_value").GetDecimal());
        Assert.Equal("the venue answered HTTP 500", answer.GetProperty("errors").GetProperty("merrli").GetString());
    }

    [Fact]
    public async Task Bug_000_3_the_dexes_are_asked_side_by_side()
    {
        await using var host = await NbboHost.StartAsync();
        var gate = new TaskCompletionSource();
        (host.Rest.Answer, host.Rest.Gate) = (_ => Account("1"), gate.Task);
        var question = host.GetAsync(Balance);
        await Streams.StreamHost.UntilAsync(() => host.Rest.Asked.Count == 4);
        gate.SetResult();
        await question;
    }

    [Fact]
    public async Task N8_a_null_list_of_positions_counts_as_failed_rather_than_breaking_the_page()
    {
        await using var host = await NbboHost.StartAsync();
        host.Rest.Answer = request => request.GetProperty("dex").GetString() == "sekaw" ? Account("1", positions: "null") : Account("1");
        var answer = await host.GetAsync(Balance);
        Assert.False(answer.GetProperty("data").TryGetProperty("sekaw", out _));
        Assert.True(answer.GetProperty("errors").TryGetProperty("sekaw", out _));
    }

    [Fact]
    public async Task When_every_dex_fails_it_is_502_and_success_is_false()
    {
        await using var host = await NbboHost.StartAsync();
        var answer = await host.GetAsync(Balance, 502);
        Assert.False(answer.GetProperty("success").GetBoolean());
        Assert.Equal(0, answer.GetProperty("data").GetProperty("total_account_value").GetDecimal());
        Assert.NotEmpty(answer.GetProperty("detail").GetString()!);
    }

    [Fact]
    public async Task Duplicates_and_blanks_in_the_list_are_ignored_and_answers_are_kept_two_seconds()
    {
        await using var host = await NbboHost.StartAsync();
        host.Rest.Answer = _ => Account("1");
        await host.GetAsync($"/user-balance?address={NbboHost.Account}&dexs=btcx,%20btcx,,");
        Assert.Equal(2, host.Rest.Asked.Count);
        host.Time.Advance(TimeSpan.FromSeconds(1.9));
        await host.GetAsync($"/user-balance?address={NbboHost.Account}&dexs=btcx");
        Assert.Equal(2, host.Rest.Asked.Count);
        host.Time.Advance(TimeSpan.FromSeconds(0.1));
        await host.GetAsync($"/user-balance?address={NbboHost.Account}&dexs=btcx");
        Assert.Equal(4, host.Rest.Asked.Count);
    }

    [Fact]
    public async Task N9_orders_come_as_the_venue_sends_them_newest_first()
    {
        await using var host = await NbboHost.StartAsync();
        var orders = $"[{Order("merrli:BTC", 2)},{Order("sekaw:BTC", 1)}]";
        host.Rest.Answer = _ => orders;
        Assert.Equal(
            $"{{\"success\":true,\"data\":{orders}}}", await host.GetTextAsync($"/user-historical-data?address={NbboHost.Account}"));
        Assert.Contains("\"historicalOrders\"", Assert.Single(host.Rest.Asked), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orders_are_filtered_by_exact_coin()
    {
        await using var host = await NbboHost.StartAsync();
        host.Rest.Answer = _ => $"[{Order("merrli:BTC", 3)},{Order("merrli:btc", 2)},{Order("sekaw:BTC", 1)}]";
        var path = $"/user-historical-data?address={NbboHost.Account}&list_coins=";
        Assert.Equal(
            $"{{\"success\":true,\"data\":[{Order("merrli:BTC", 3)},{Order("sekaw:BTC", 1)}]}}", await host.GetTextAsync(path + "%20sekaw:BTC%20,merrli:BTC"));
        Assert.Equal(3, (await host.GetAsync(path + ",")).GetProperty("data").GetArrayLength());
        Assert.Equal(0, (await host.GetAsync(path + "none")).GetProperty("data").GetArrayLength());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("""[{"name":"sub1","subAccountUser":"0x035605fc2f24d65300227189025e90a0d947f16c"}]""")]
    public async Task N10_positions_are_the_venues_sub_accounts_and_the_addresses_own_positions_beside_them(string accounts)
    {
        await using var host = await NbboHost.StartAsync();
        const string Position = """{"type":"oneWay","position":{"coin":"btcx:BTC-FEUSD","szi":"0.01"}}""";
        host.Rest.Answer = request => request.GetProperty("type").GetString() == "subAccounts" ? accounts
            : Account("1", positions: request.GetProperty("dex").GetString() == "btcx" ? $"[{Position}]" : "[]");

        Assert.Equal(
            $"{{\"success\":true,\"data\":{accounts},\"positions\":[{{\"dex\":\"btcx\",{Position[1..]}]}}",
            await host.GetTextAsync($"/user-position?address={NbboHost.Account}"));
    }

    [Theory]
    [InlineData("/user-position", "address", "missing")]
    [InlineData("/user-position?address=0x12", "address", "value_error")]
    [InlineData("/user-position?address=0x035605fc2f24d65300227189025e90a0d947f16g", "address", "value_error")]
    [InlineData("/user-historical-data?address=035605fc2f24d65300227189025e90a0d947f16c00", "address", "value_error")]
    [InlineData($"/user-balance?address={NbboHost.Account}", "dexs", "missing")]
    public async Task A_bad_address_or_list_is_422(string path, string field, string type)
    {
        await using var host = await NbboHost.StartAsync();
        var wrong = Assert.Single((await host.GetAsync(path, 422)).GetProperty("detail").EnumerateArray());
        Assert.Equal(field, wrong.GetProperty("loc")[1].GetString());
        Assert.Equal(type, wrong.GetProperty("type").GetString());
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        await using var host = await NbboHost.StartAsync();
        Assert.Equal(2, (await host.GetAsync("/user-balance?address=x", 422)).GetProperty("detail").GetArrayLength());
    }

    private static string Account(string value, string positions = "[]", string extra = "") =>
        $$"""{"marginSummary":{"accountValue":"{{value}}","totalNtlPos":"0.0","totalRawUsd":"{{value}}","totalMarginUsed":"0.0"},"withdrawable":"9.5","assetPositions":{{positions}},"time":1758524137481{{extra}}}""";

    private static string Order(string coin, int id) =>
        $$"""{"order":{"coin":"{{coin}}","side":"B","limitPx":"113600.0","sz":"0.0","oid":{{id}},"origSz":"0.01"},"status":"filled","statusTimestamp":175852413800{{id}}}""";
}
