using System.Text.Json;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Venues;

namespace Omnibook.Tests.Server.Apis.Nbbo;

public sealed class BookApiTests
{
    private const string Grouped =
        """{"coin":"merrli:BTC","time":1758524137000,"levels":[[{"px":"113640.0","sz":"0.5","n":2},{"px":"113000.0","sz":"0.00012","n":1}],[{"px":"113700.5","sz":"0.4","n":1}]]}""";

    [Fact]
    public async Task A_followed_book_comes_from_memory_in_the_venues_own_shape()
    {
        await using var host = await NbboHost.StartAsync();
        await host.FeedAsync(host.Merrli, [(113640m, 0.5m, 2)], [(113700.5m, 0.4m, 1)]);

        Assert.Equal(
            """{"success":true,"data":{"coin":"merrli:BTC","time":1758524137481,"levels":[[{"px":"113640.0","sz":"0.5","n":2}],[{"px":"113700.5","sz":"0.4","n":1}]]},"metadata":{"coin":"merrli:BTC","nSigFigs":null,"mantissa":null}}""",
            await host.GetTextAsync("/order-books?coin=merrli:BTC"));
        Assert.Empty(host.Rest.Asked);
    }

    [Fact]
    public async Task A_followed_book_is_reconstructed_from_memory()
    {
        await using var host = await NbboHost.StartAsync();
        await host.FeedAsync(host.Merrli, [(113640m, 0.5m, 2)], [(113700.5m, 0.4m, 1)]);

        Assert.Equal(
            """{"success":true,"data":{"coin":"merrli:BTC","timestamp":1758524137481,"bids":[{"price":113640,"size":0.5,"orders":2}],"asks":[{"price":113700.5,"size":0.4,"orders":1}],"best_bid":113640,"best_ask":113700.5,"spread":60.5,"mid_price":113670.25},"metadata":{"coin":"merrli:BTC","nSigFigs":null,"mantissa":null}}""",
            await host.GetTextAsync("/nbbo/order-books/reconstructed?coin=merrli:BTC"));
    }

    [Fact]
    public async Task A_grouped_book_is_asked_of_the_venue_and_passed_through_byte_for_byte()
    {
        await using var host = await NbboHost.StartAsync();
        host.Rest.Answer = _ => Grouped;

        Assert.Equal(
            $$$"""{"success":true,"data":{{{Grouped}}},"metadata":{"coin":"merrli:BTC","nSigFigs":5,"mantissa":2}}""",
            await host.GetTextAsync("/order-books?coin=merrli:BTC&n_sig_figs=5&mantissa=2"));
        Assert.Equal("""{"type":"l2Book","coin":"merrli:BTC","nSigFigs":5,"mantissa":2}""", Assert.Single(host.Rest.Asked));
    }

    [Fact]
    public async Task A_grouped_book_is_reconstructed_exactly()
    {
        await using var host = await NbboHost.StartAsync();
        host.Rest.Answer = _ => Grouped;

        var answer = await host.GetTextAsync("/order-books/reconstructed?coin=merrli:BTC&n_sig_figs=3");
        Assert.Contains(
            "\"bids\":[{\"price\":113640,\"size\":0.5,\"orders\":2},{\"price\":113000,\"size\":0.00012,\"orders\":1}]", answer, StringComparison.Ordinal);
        Assert.Contains("\"best_bid\":113640,\"best_ask\":113700.5,\"spread\":60.5,\"mid_price\":113670.25", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_book_that_is_not_live_is_asked_of_the_venue()
    {
        await using var host = await NbboHost.StartAsync();
        host.Rest.Answer = _ => Grouped;
        await host.FeedGoldenBooksAsync();
        await host.StatusAsync(host.Merrli, BookState.Connecting, StatusReasons.Disconnected);
        await host.GetAsync("/order-books?coin=merrli:BTC");
        Assert.Single(host.Rest.Asked);
    }

    [Fact]
    public async Task The_same_question_is_asked_once_within_a_second()
    {
        await using var host = await NbboHost.StartAsync();
        host.Rest.Answer = _ => Grouped;
        var gate = new TaskCompletionSource();
        host.Rest.Gate = gate.Task;
        var questions = Enumerable.Range(0, 20).Select(_ => host.GetAsync("/order-books?coin=ETH")).ToList();
        gate.SetResult();
        await Task.WhenAll(questions);
        Assert.Single(host.Rest.Asked);

        host.Time.Advance(TimeSpan.FromSeconds(1));
        await host.GetAsync("/order-books?coin=ETH");
        Assert.Equal(2, host.Rest.Asked.Count);
    }

    [Fact]
    public async Task An_unknown_coin_is_404_with_the_path()
    {
        await using var host = await NbboHost.StartAsync();
        host.Rest.Answer = _ => "null";
        var answer = await host.GetAsync("/order-books?coin=doge", 404);
        Assert.Contains("doge", answer.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("/order-books", answer.GetProperty("path").GetString());
    }

    [Theory]
    [InlineData("", "coin", "missing")]
    [InlineData("?coin=", "coin", "missing")]
    [InlineData("?coin=BTC&n_sig_figs=1", "n_sig_figs", "greater_than_equal")]
    [InlineData("?coin=BTC&n_sig_figs=6", "n_sig_figs", "less_than_equal")]
    [InlineData("?coin=BTC&n_sig_figs=two", "n_sig_figs", "int_parsing")]
    [InlineData("?coin=BTC&n_sig_figs=99999999999999999999", "n_sig_figs", "int_parsing")]
    [InlineData("?coin=BTC&mantissa=2", "mantissa", "value_error")]
    [InlineData("?coin=BTC&n_sig_figs=4&mantissa=2", "mantissa", "value_error")]
    [InlineData("?coin=BTC&n_sig_figs=5&mantissa=3", "mantissa", "value_error")]
    [InlineData("?coin=BTC&n_sig_figs=5&mantissa=9", "mantissa", "less_than_equal")]
    public async Task A_value_that_is_not_allowed_is_422_and_named(string query, string field, string type)
    {
        await using var host = await NbboHost.StartAsync();
        foreach (var path in new[] { "/order-books", "/order-books/reconstructed" })
        {
            var wrong = Assert.Single((await host.GetAsync(path + query, 422)).GetProperty("detail").EnumerateArray());
            Assert.Equal("query", wrong.GetProperty("loc")[0].GetString());
            Assert.Equal(field, wrong.GetProperty("loc")[1].GetString());
            Assert.Equal(type, wrong.GetProperty("type").GetString());
            Assert.NotEmpty(wrong.GetProperty("msg").GetString()!);
        }

        Assert.Empty(host.Rest.Asked);
    }

    [Theory]
    [InlineData(RequestFailure.Unreachable, 503)]
    [InlineData(RequestFailure.TimedOut, 504)]
    [InlineData(RequestFailure.RateLimited, 503)]
    [InlineData(RequestFailure.GeoBlocked, 502)]
    [InlineData(RequestFailure.Rejected, 502)]
    [InlineData(RequestFailure.ServerError, 502)]
    [InlineData(RequestFailure.Unreadable, 502)]
    public async Task Trouble_with_the_venue_is_said_as_such(RequestFailure failure, int status)
    {
        await using var host = await NbboHost.StartAsync();
        host.Rest.Answer = _ => throw new VenueRequestException(failure, "secret inner words") { VenueMessage = "venue words" };
        var detail = (await host.GetAsync("/order-books?coin=ETH", status)).GetProperty("detail").GetString()!;
        Assert.Contains("venue words", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_venue_that_limits_us_is_passed_on_with_Retry_After()
    {
        await using var host = await NbboHost.StartAsync();
        var until = host.Time.GetUtcNow().AddSeconds(7);
        host.Rest.Answer = _ => throw new VenueRequestException(RequestFailure.RateLimited, "limited") { Until = until };
        using var answer = await host.SendAsync(HttpMethod.Get, "/order-books?coin=ETH");
        Assert.Equal(503, (int)answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), answer.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task A_venue_that_never_answers_is_504_after_ten_seconds()
    {
        await using var host = await NbboHost.StartAsync();
        host.Rest.Gate = new TaskCompletionSource().Task;
        var question = host.GetAsync("/order-books?coin=ETH", 504);
        await Streams.StreamHost.UntilAsync(() => host.Rest.Asked.Count == 1);
        host.Time.Advance(TimeSpan.FromSeconds(10));
        await question;
    }

    [Fact]
    public async Task An_answer_that_is_no_book_is_502()
    {
        await using var host = await NbboHost.StartAsync();
        host.Rest.Answer = _ => """{"coin":"ETH","time":1,"levels":[[{"px":"NaN","sz":"1","n":1}],[]]}""";
        await host.GetAsync("/order-books/reconstructed?coin=ETH", 502);
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        await using var host = await NbboHost.StartAsync();
        await host.GetAsync("/order-books?coin=ETH", 503);
        host.Rest.Answer = _ => Grouped;
        Assert.Equal(JsonValueKind.Object, (await host.GetAsync("/order-books?coin=ETH")).GetProperty("data").ValueKind);
    }
}
