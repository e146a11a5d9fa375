using System.Text.Json;
using Omnibook.History;
using Omnibook.Server.Apis;

namespace Omnibook.Tests.Server.Apis.Nbbo;

public sealed class SnapshotApiTests
{
    [Fact]
    public async Task The_head_shows_the_oldest_rows_with_readable_times_in_UTC()
    {
        await using var host = await NbboHost.StartAsync();
        await host.Store.InsertAsync(PriceSnapshot.Of("BTC", "AGGREGATED", 1758437301106, 115830, 113640), TestContext.Current.CancellationToken);
        await host.Store.InsertAsync(PriceSnapshot.Of("BTC", "AGGREGATED", 1758437302106, 5, 7), TestContext.Current.CancellationToken);

        var answer = await host.GetAsync("/test/db/head?limit=1");
        Assert.Equal(1, answer.GetProperty("count").GetInt32());
        Assert.Equal(
            """["id","coin","dex","timestamp","best_ask","best_bid","spread","mid_price","created_at"]""",
            answer.GetProperty("table").GetProperty("headers").GetRawText());
        var cells = answer.GetProperty("table").GetProperty("rows")[0];
        Assert.Equal("1758437301106 (2025-09-21 06:48:21)", cells[3].GetString());
        Assert.Equal([113640m, 115830m, -2190m, 114735m], cells.EnumerateArray().Skip(4).Take(4).Select(cell => cell.GetDecimal()));
        Assert.Equal("1758524137 (2025-09-22 06:55:37)", cells[8].GetString());
        var row = answer.GetProperty("raw_data")[0];
        Assert.Equal(1758437301106, row.GetProperty("timestamp").GetInt64());
        Assert.Equal(1758524137, row.GetProperty("created_at").GetInt64());
        Assert.Equal("AGGREGATED", row.GetProperty("dex").GetString());
    }

    [Fact]
    public async Task An_empty_store_has_an_empty_head()
    {
        await using var host = await NbboHost.StartAsync();
        var answer = await host.GetAsync("/nbbo/test/db/head");
        Assert.True(answer.GetProperty("success").GetBoolean());
        Assert.Equal(0, answer.GetProperty("raw_data").GetArrayLength());
        Assert.Equal(0, answer.GetProperty("table").GetProperty("rows").GetArrayLength());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1001")]
    [InlineData("ten")]
    public async Task A_limit_that_is_not_1_to_1000_is_422(string limit)
    {
        await using var host = await NbboHost.StartAsync();
        var wrong = Assert.Single((await host.GetAsync($"/test/db/head?limit={limit}", 422)).GetProperty("detail").EnumerateArray());
        Assert.Contains("1 to 1000", wrong.GetProperty("msg").GetString(), StringComparison.Ordinal);
        Assert.Contains(limit, wrong.GetProperty("msg").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sample_is_stored_once_a_millisecond_under_its_own_dex()
    {
        await using var host = await NbboHost.StartAsync();
        var first = await InsertAsync(host);
        Assert.True(first.GetProperty("success").GetBoolean());
        Assert.Equal(1758524137481, first.GetProperty("timestamp").GetInt64());
        var book = first.GetProperty("data").GetProperty("data");
        Assert.Equal(1758524137481, book.GetProperty("timestamp").GetInt64());
        Assert.Equal(113695, book.GetProperty("mid_price").GetDecimal());

        var second = await InsertAsync(host);
        Assert.False(second.GetProperty("success").GetBoolean());
        Assert.False(second.TryGetProperty("data", out _));
        var stored = Assert.Single((await host.GetAsync("/test/db/head")).GetProperty("raw_data").EnumerateArray());
        Assert.Equal("SAMPLE", stored.GetProperty("dex").GetString());
    }

    [Fact]
    public async Task Without_test_endpoints_both_are_404()
    {
        await using var host = await NbboHost.StartAsync(new ApiOptions { TestEndpoints = false });
        await host.GetAsync("/test/db/head", 404);
        using var answer = await host.SendAsync(HttpMethod.Post, "/test/db/insert-sample");
        Assert.Equal(404, (int)answer.StatusCode);
    }

    private static async Task<JsonElement> InsertAsync(NbboHost host)
    {
        using var answer = await host.SendAsync(HttpMethod.Post, "/test/db/insert-sample");
        Assert.Equal(200, (int)answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }
}
