using Omnibook.Server.Apis;
using Omnibook.Tests.Server.Apis.Nbbo;

namespace Omnibook.Tests.Server.Apis;

/// <summary>What every request passes before it reaches its route.</summary>
public sealed class ApiPipelineTests
{
    private static readonly HttpMethod Options = HttpMethod.Options;

    public static TheoryData<string> ClientPaths =>
    [
        "/chart/BTC?timeframe=15m", $"/user-balance?address={NbboHost.Account}&dexs=btcx", $"/user-historical-data?address={NbboHost.Account}",
        $"/user-position?address={NbboHost.Account}", "/health", "/aggregate-order-books", "/no-such-route", "/ws/prices", "/test/db/insert-sample",
    ];

    [Theory]
    [MemberData(nameof(ClientPaths))]
    public async Task N11_the_preflight_of_every_path_succeeds(string path)
    {
        await using var host = await NbboHost.StartAsync();
        using var answer = await host.SendAsync(
            Options,
            path,
            ("Origin", "https://app.example"),
            ("Access-Control-Request-Method", "GET"),
            ("Access-Control-Request-Headers", "content-type"),
            ("Access-Control-Request-Private-Network", "true"));

        Assert.Equal(204, (int)answer.StatusCode);
        Assert.Equal("*", Header(answer, "Access-Control-Allow-Origin"));
        Assert.Equal("GET, POST, DELETE, OPTIONS", Header(answer, "Access-Control-Allow-Methods"));
        Assert.Equal("Content-Type, Authorization", Header(answer, "Access-Control-Allow-Headers"));
        Assert.Equal("true", Header(answer, "Access-Control-Allow-Private-Network"));
    }

    [Theory]
    [MemberData(nameof(ClientPaths))]
    public async Task Every_answer_errors_included_may_be_read_by_pages_of_other_origins(string path)
    {
        await using var host = await NbboHost.StartAsync();
        using var answer = await host.SendAsync(HttpMethod.Get, path, ("Origin", "https://app.example"), ("Content-Type", "application/json"));
        Assert.Equal("*", Header(answer, "Access-Control-Allow-Origin"));
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Contains("default-src 'self'", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_of_origins_narrows_who_may_read()
    {
        await using var host = await NbboHost.StartAsync(new ApiOptions { AllowedOrigins = ["https://app.example"] });
        using var good = await host.SendAsync(HttpMethod.Get, "/health", ("Origin", "https://app.example"));
        using var evil = await host.SendAsync(Options, "/health", ("Origin", "https://evil.example"), ("Access-Control-Request-Method", "GET"));
        Assert.Equal("https://app.example", Header(good, "Access-Control-Allow-Origin"));
        Assert.Equal("Origin", Header(good, "Vary"));
        Assert.False(evil.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False(evil.Headers.Contains("Access-Control-Allow-Methods"));
    }

    [Theory]
    [InlineData("https://evil.example", 403)]
    [InlineData("null", 403)]
    [InlineData("https://app.example", 200)]
    public async Task S7_a_page_that_is_not_on_the_list_changes_nothing_even_without_a_preflight(string origin, int status)
    {
        await using var host = await NbboHost.StartAsync(new ApiOptions { AllowedOrigins = ["https://app.example"] });
        using var answer = await host.SendAsync(HttpMethod.Post, "/test/db/insert-sample", ("Origin", origin), ("Content-Type", "text/plain"));
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example", 403)]
    [InlineData("https://app.example", 426)]
    public async Task S3_a_page_that_is_not_on_the_list_opens_no_socket(string origin, int status)
    {
        await using var host = await NbboHost.StartAsync(new ApiOptions { AllowedOrigins = ["https://app.example"] });
        await using var raw = await Security.RawHttp.ConnectAsync(host.Address);
        var version = status == 403 ? "13" : "12";
        Assert.Equal(status, await raw.AskAsync(
            $"GET /ws/prices HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: {version}\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nOrigin: {origin}\r\n\r\n"));
    }

    [Fact]
    public async Task Our_own_page_needs_not_be_on_the_list()
    {
        await using var host = await NbboHost.StartAsync(new ApiOptions { AllowedOrigins = ["https://app.example"] });
        var own = $"http://{host.Address.Authority}";
        using var answer = await host.SendAsync(HttpMethod.Post, "/test/db/insert-sample", ("Origin", own));
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(own, Header(answer, "Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("localhost", 200)]
    [InlineData("127.0.0.1:8000", 200)]
    [InlineData("[::1]", 200)]
    [InlineData("omnibook.localhost", 200)]
    [InlineData("books.example", 200)]
    [InlineData("evil.example", 400)]
    [InlineData("127.0.0.1.evil.example", 400)]
    public async Task A_name_that_the_server_does_not_have_is_refused(string hostName, int status)
    {
        await using var host = await NbboHost.StartAsync(new ApiOptions { AllowedHosts = ["books.example"] });
        using var answer = await host.SendAsync(HttpMethod.Get, "/health/live", ("Host", hostName));
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("/no-such-route")]
    [InlineData("/nbbo/no-such-route")]
    public async Task A_route_that_does_not_exist_is_404_with_its_path(string path)
    {
        await using var host = await NbboHost.StartAsync();
        var answer = await host.GetAsync(path, 404);
        Assert.Equal("Not Found", answer.GetProperty("detail").GetString());
        Assert.Equal(path, answer.GetProperty("path").GetString());
    }

    [Fact]
    public async Task A_method_that_is_not_allowed_is_405_and_says_which_are()
    {
        await using var host = await NbboHost.StartAsync();
        using var answer = await host.SendAsync(HttpMethod.Delete, "/health");
        Assert.Equal(405, (int)answer.StatusCode);
        Assert.Contains("GET", answer.Content.Headers.Allow);
        Assert.Contains("Method Not Allowed", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/aggregate-order-books")]
    [InlineData("/chart/BTC")]
    [InlineData("/")]
    public async Task HEAD_has_the_headers_of_GET_and_no_body(string path)
    {
        await using var host = await NbboHost.StartAsync();
        await host.FeedGoldenBooksAsync();
        using var answer = await host.SendAsync(HttpMethod.Head, path);
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.NotNull(answer.Content.Headers.ContentType);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task One_address_that_asks_too_much_is_429_with_Retry_After()
    {
        await using var host = await NbboHost.StartAsync(new ApiOptions { RequestsPerSecond = 1, RequestBurst = 3 });
        HttpResponseMessage answer;
        var answered = 0;
        do
        {
            answer = await host.SendAsync(HttpMethod.Get, "/health/live", ("Origin", "https://app.example"));
        }
        while (++answered < 50 && (int)answer.StatusCode == 200);

        using (answer)
        {
            Assert.Equal(429, (int)answer.StatusCode);
            Assert.True(answer.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
            Assert.Equal("*", Header(answer, "Access-Control-Allow-Origin"));
            Assert.Contains("\"detail\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        string.Join(',', answer.Headers.TryGetValues(name, out var values) ? values : []);
}
