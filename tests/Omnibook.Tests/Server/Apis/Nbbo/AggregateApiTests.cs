using System.Text.Json;
using Omnibook.Core.Books;
using Omnibook.Core.Events;

namespace Omnibook.Tests.Server.Apis.Nbbo;

public sealed class AggregateApiTests
{
    private const string Path = "/aggregate-order-books";

    private const string Golden = """
        {"success":true,
         "data":{"coin":"BTC","timestamp":1758524137481,
          "bids":[{"price":113690,"size":0.2,"orders":1},{"price":113650,"size":0.3,"orders":1},{"price":113640,"size":0.5,"orders":2},{"price":113600,"size":1.5,"orders":3}],
          "asks":[{"price":113680,"size":0.25,"orders":2},{"price":113700,"size":0.5,"orders":2},{"price":113750,"size":0.6,"orders":3},{"price":113800,"size":1.0,"orders":1}],
          "best_bid":113690,"best_ask":113680,"spread":-10,"mid_price":113685},
         "metadata":{"coins_processed":3,"total_coins":3,
          "individual_exchanges":{
           "merrli:BTC":{"best_bid":113640,"best_ask":113700,"spread":60,"mid_price":113670},
           "sekaw:BTC":{"best_bid":113690,"best_ask":113700,"spread":10,"mid_price":113695},
           "btcx:BTC-FEUSD":{"best_bid":113650,"best_ask":113680,"spread":30,"mid_price":113665}}}}
        """;

    [Theory]
    [InlineData(Path)]
    [InlineData(Path + "/")]
    [InlineData("/nbbo" + Path)]
    [InlineData(Path + "?unknown=parameter")]
    public async Task The_golden_books_give_the_golden_answer(string path)
    {
        await using var host = await NbboHost.StartAsync();
        await host.FeedGoldenBooksAsync();
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(Golden).RootElement, await host.GetAsync(path)));
    }

    [Fact]
    public async Task Bug_000_2_a_request_asks_no_venue()
    {
        await using var host = await NbboHost.StartAsync();
        await host.FeedGoldenBooksAsync();
        await host.GetAsync(Path);
        Assert.Empty(host.Rest.Asked);
    }

    [Fact]
    public async Task A_book_that_is_not_live_is_left_out_and_named_with_the_reason()
    {
        await using var host = await NbboHost.StartAsync();
        await host.FeedGoldenBooksAsync();
        await host.StatusAsync(host.Sekaw, BookState.Connecting, StatusReasons.Disconnected);

        var answer = await host.GetAsync(Path);
        Assert.Equal(113650, answer.GetProperty("data").GetProperty("best_bid").GetDecimal());
        var metadata = answer.GetProperty("metadata");
        Assert.Equal(2, metadata.GetProperty("coins_processed").GetInt32());
        Assert.Equal(3, metadata.GetProperty("total_coins").GetInt32());
        Assert.False(metadata.GetProperty("individual_exchanges").TryGetProperty("sekaw:BTC", out _));
        Assert.Equal(
            "connecting: the connection ended and is being made anew", metadata.GetProperty("errors").GetProperty("sekaw:BTC").GetString());
    }

    [Fact]
    public async Task A_book_older_than_30_s_is_left_out_of_the_levels_too()
    {
        await using var host = await NbboHost.StartAsync();
        await host.FeedGoldenBooksAsync();
        await host.AdvanceAsync(TimeSpan.FromSeconds(20));
        await host.FeedAsync(host.Merrli, [(113640m, 0.5m, 2), (113600m, 1.0m, 1)], [(113700m, 0.4m, 1)]);
        await host.AdvanceAsync(TimeSpan.FromSeconds(11));

        var answer = await host.GetAsync(Path);
        Assert.Equal(1, answer.GetProperty("metadata").GetProperty("coins_processed").GetInt32());
        Assert.Equal([113640m, 113600m], Prices(answer, "bids"));
        Assert.Equal([113700m], Prices(answer, "asks"));
        Assert.Equal(0.4m, answer.GetProperty("data").GetProperty("asks")[0].GetProperty("size").GetDecimal());
        Assert.Equal(2, answer.GetProperty("metadata").GetProperty("errors").EnumerateObject().Count());
    }

    [Fact]
    public async Task When_no_book_can_be_used_the_answer_is_503_with_every_reason()
    {
        await using var host = await NbboHost.StartAsync();
        var detail = (await host.GetAsync(Path, 503)).GetProperty("detail").GetString();
        foreach (var coin in new[] { "merrli:BTC", "sekaw:BTC", "btcx:BTC-FEUSD" })
        {
            Assert.Contains($"{coin} connecting", detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Bug_000_10_and_N4_a_dex_without_one_of_its_four_numbers_is_left_out()
    {
        await using var host = await NbboHost.StartAsync();
        await host.FeedGoldenBooksAsync();
        await host.FeedAsync(host.Btcx, [(113650m, 0.3m, 1)], []);

        var metadata = (await host.GetAsync(Path)).GetProperty("metadata");
        Assert.Equal(3, metadata.GetProperty("coins_processed").GetInt32());
        Assert.Equal("merrli:BTC,sekaw:BTC", string.Join(',', metadata.GetProperty("individual_exchanges").EnumerateObject().Select(dex => dex.Name)));
    }

    [Fact]
    public async Task A_side_that_nobody_has_is_empty_and_its_best_is_null()
    {
        await using var host = await NbboHost.StartAsync();
        await host.FeedAsync(host.Btcx, [(113650m, 0.3m, 1)], []);

        var data = (await host.GetAsync(Path)).GetProperty("data");
        Assert.Equal(0, data.GetProperty("asks").GetArrayLength());
        foreach (var name in new[] { "best_ask", "spread", "mid_price" })
        {
            Assert.Equal(JsonValueKind.Null, data.GetProperty(name).ValueKind);
        }
    }

    [Fact]
    public async Task The_middle_of_an_odd_sum_is_exact()
    {
        await using var host = await NbboHost.StartAsync();
        await host.FeedAsync(host.Btcx, [(0.1m, 0.00001m, 1)], [(0.2m, 0.1m, 1)]);
        Assert.Contains(
            "\"best_bid\":0.1,\"best_ask\":0.2,\"spread\":0.1,\"mid_price\":0.15}", await host.GetTextAsync(Path), StringComparison.Ordinal);
    }

    private static IEnumerable<decimal> Prices(JsonElement answer, string side) =>
        answer.GetProperty("data").GetProperty(side).EnumerateArray().Select(level => level.GetProperty("price").GetDecimal());
}
