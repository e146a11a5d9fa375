using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Server.Apis.Nbbo;
using Omnibook.Tests.Server.Streams;

namespace Omnibook.Tests.Server.Apis.Nbbo;

/// <summary><c>/ws/prices</c>, read as the known page reads it.</summary>
public sealed class PriceStreamTests
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(4);

    [Theory]
    [InlineData("/ws/prices")]
    [InlineData("/nbbo/ws/prices")]
    public async Task A_client_gets_the_latest_frame_at_once_and_the_next_after_4_s(string path)
    {
        await using var host = await NbboHost.StartAsync();
        await host.FeedGoldenBooksAsync();
        await PushAsync(host);
        using var client = await RawClient.ConnectAsync(host.Address, path);

        var first = await ReadAsync(client);
        await host.FeedAsync(host.Sekaw, [(113695m, 0.2m, 1)], [(113700m, 0.1m, 1)]);
        await host.AdvanceAsync(Pace);
        var second = await ReadAsync(client);

        Assert.Equal(113690, first.GetProperty("data").GetProperty("best_bid").GetDecimal());
        Assert.Equal(113695, second.GetProperty("data").GetProperty("best_bid").GetDecimal());
        Assert.Equal(4000, Timestamp(second) - Timestamp(first));
    }

    [Fact]
    public async Task N1_N2_N3_the_frame_has_what_the_page_reads()
    {
        await using var host = await NbboHost.StartAsync();
        await host.FeedGoldenBooksAsync();
        await PushAsync(host);
        using var client = await RawClient.ConnectAsync(host.Address, "/ws/prices");

        var frame = await ReadAsync(client);
        Assert.Equal("aggregated_order_book", frame.GetProperty("type").GetString());
        var data = frame.GetProperty("data");
        foreach (var level in data.GetProperty("bids").EnumerateArray().Concat(data.GetProperty("asks").EnumerateArray()))
        {
            Assert.Equal(JsonValueKind.Number, level.GetProperty("price").ValueKind);
            Assert.Equal(JsonValueKind.Number, level.GetProperty("size").ValueKind);
        }

        Assert.Equal(113685, data.GetProperty("mid_price").GetDecimal());
        Assert.Equal(113690, data.GetProperty("best_bid").GetDecimal());
        Assert.Equal(113680, data.GetProperty("best_ask").GetDecimal());
        Assert.Equal("BTC", data.GetProperty("coin").GetString());
    }

    [Fact]
    public async Task N4_N5_N6_every_dex_that_is_named_has_four_numbers_and_none_is_zero()
    {
        await using var host = await NbboHost.StartAsync();
        await host.FeedGoldenBooksAsync();
        await host.FeedAsync(host.Merrli, [], [(113700m, 0.4m, 1)]);
        await PushAsync(host);
        using var client = await RawClient.ConnectAsync(host.Address, "/ws/prices");

        var dexes = (await ReadAsync(client)).GetProperty("metadata").GetProperty("individual_exchanges").EnumerateObject().ToList();
        Assert.Equal("sekaw:BTC,btcx:BTC-FEUSD", string.Join(',', dexes.Select(dex => dex.Name)));
        foreach (var dex in dexes)
        {
            Assert.Matches("^[a-z]+:[A-Z-]+$", dex.Name);
            foreach (var name in new[] { "best_bid", "best_ask", "spread", "mid_price" })
            {
                Assert.NotEqual(0, dex.Value.GetProperty(name).GetDecimal());
            }

            Assert.True(dex.Value.GetProperty("mid_price").GetDecimal() >= 1000);
        }
    }

    [Fact]
    public async Task When_every_book_fails_an_error_frame_repeats_the_last_book()
    {
        await using var host = await NbboHost.StartAsync();
        await host.FeedGoldenBooksAsync();
        await PushAsync(host);
        using var client = await RawClient.ConnectAsync(host.Address, "/ws/prices");
        var good = await ReadAsync(client);
        foreach (var member in new[] { host.Merrli, host.Sekaw, host.Btcx })
        {
            await host.StatusAsync(member, BookState.Connecting, StatusReasons.Disconnected);
        }

        host.Time.Advance(Pace);
        var error = await ReadAsync(client);
        Assert.Equal("error", error.GetProperty("type").GetString());
        Assert.Equal("No order book can be used, repeating the last one", error.GetProperty("message").GetString());
        Assert.True(JsonElement.DeepEquals(good.GetProperty("data"), error.GetProperty("data")));
        Assert.True(JsonElement.DeepEquals(good.GetProperty("metadata"), error.GetProperty("metadata")));
    }

    [Fact]
    public async Task Before_there_is_a_book_only_error_frames_come()
    {
        await using var host = await NbboHost.StartAsync();
        using var client = await RawClient.ConnectAsync(host.Address, "/ws/prices");
        var frame = await ReadAsync(client);
        Assert.Equal("error", frame.GetProperty("type").GetString());
        Assert.False(frame.TryGetProperty("data", out _));
    }

    [Fact]
    public async Task A_frame_of_data_is_sent_only_when_both_best_prices_are_there()
    {
        await using var host = await NbboHost.StartAsync();
        await host.FeedAsync(host.Btcx, [(113650m, 0.3m, 1)], []);
        using var client = await RawClient.ConnectAsync(host.Address, "/ws/prices");
        Assert.Equal("error", (await ReadAsync(client)).GetProperty("type").GetString());
        host.Time.Advance(Pace);
        Assert.Equal("The aggregate book has only one side", (await ReadAsync(client)).GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_stopping_server_closes_with_a_code_that_makes_the_page_come_again()
    {
        await using var host = await NbboHost.StartAsync();
        using var client = await RawClient.ConnectAsync(host.Address, "/ws/prices");
        await ReadAsync(client);
        var stopping = host.StopAsync();
        Assert.Equal(1001, (await client.ReadCloseAsync()).Code);
        await client.SendAsync(0x88, [0x03, 0xE9]);
        await stopping;
    }

    [Fact]
    public async Task Whatever_a_client_sends_is_ignored()
    {
        await using var host = await NbboHost.StartAsync();
        using var client = await RawClient.ConnectAsync(host.Address, "/ws/prices");
        await ReadAsync(client);
        await client.SendTextAsync("{\"type\":\"subscribe");
        await host.FeedGoldenBooksAsync();
        host.Time.Advance(Pace);
        Assert.Equal("aggregated_order_book", (await ReadAsync(client)).GetProperty("type").GetString());
    }

    private static async Task<JsonElement> ReadAsync(RawClient client) => JsonDocument.Parse(await client.ReadTextAsync()).RootElement;

    private static long Timestamp(JsonElement frame) => frame.GetProperty("data").GetProperty("timestamp").GetInt64();

    /// <summary>Lets the pace come round and waits until the frame is there.</summary>
    private static async Task PushAsync(NbboHost host)
    {
        var topic = host.Services.GetRequiredService<PriceStream>().Topic;
        await host.AdvanceAsync(Pace);
        await StreamHost.UntilAsync(() =>
        {
            var latest = topic.TakeLatest();
            var text = latest is null ? string.Empty : System.Text.Encoding.UTF8.GetString(latest.Text.Span);
            latest?.Release();
            return text.StartsWith("{\"type\":\"aggregated_order_book\"", StringComparison.Ordinal);
        });
    }
}
