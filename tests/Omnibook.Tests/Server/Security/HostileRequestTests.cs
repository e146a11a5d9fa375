using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Omnibook.Server.Apis;
using Omnibook.Server.Hosting;
using Omnibook.Tests.Server.Apis.Nbbo;

namespace Omnibook.Tests.Server.Security;

/// <summary>Requests that nobody sends by mistake: the server refuses them and goes on serving the others.</summary>
public sealed class HostileRequestTests
{
    private const string Get = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n";
    private const string Post = "POST /api/execute HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    public static TheoryData<string, int> Requests => new()
    {
        // S13: lengths that two servers on the way could read differently.
        { Post + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde", 400 },
        { Post + "Content-Length: -1\r\n\r\n", 400 },
        { Post + "Content-Length: 1e1\r\n\r\n", 400 },
        { Post + "Content-Length: 99999999999999999999\r\n\r\n", 400 },
        { Post + "Transfer-Encoding: gzip\r\n\r\n", 400 },
        { Post + "Transfer-Encoding: identity, chunked, x\r\n\r\n", 400 },
        { Post + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n", 400 },
        { Post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400 },
        { "GET /health/live HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", 400 },
        { "GET /health/live HTTP/1.1\r\n\r\n", 400 },
        { "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n", 400 },
        { Get + "X: a\0b\r\n\r\n", 400 },
        { Get + " X: folded\r\n\r\n", 400 },

        // S14: headers without end.
        { Get + string.Concat(Enumerable.Range(0, 60).Select(number => $"X-{number}: a\r\n")) + "\r\n", 431 },
        { Get + $"X: {new string('a', 20_000)}\r\n\r\n", 431 },
        { $"GET /{new string('a', 5_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n", 414 },

        // S15: a body that is announced too large is refused before it is read.
        { Post + "Content-Length: 1073741824\r\n\r\n", 413 },

        // S16: what is compressed is not unpacked.
        { Post + "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8b\x08\0", 422 },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_malformed_request_is_refused_and_others_are_served(string request, int status)
    {
        await using var host = await NbboHost.StartAsync();
        await using (var raw = await RawHttp.ConnectAsync(host.Address))
        {
            Assert.Equal(status, await raw.AskAsync(request));
        }

        using var good = await host.SendAsync(HttpMethod.Get, "/health/live");
        Assert.Equal(200, (int)good.StatusCode);
    }

    /// <summary>HTTP/2 is spoken only over TLS, which is a proxy's: there are no streams to reset.</summary>
    [Fact]
    public async Task S12_HTTP_2_is_refused_with_the_connection()
    {
        await using var host = await NbboHost.StartAsync();
        await using var raw = await RawHttp.ConnectAsync(host.Address);
        await raw.SendAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        Assert.DoesNotContain("200", await raw.ReadToEndAsync(), StringComparison.Ordinal);
    }

    /// <summary>RFC 9112 section 6.1 lets a server take the transfer encoding, if it closes the connection then: nothing may be left for a second request.</summary>
    [Fact]
    public async Task S13_two_lengths_leave_no_second_request()
    {
        await using var host = await NbboHost.StartAsync();
        await using var raw = await RawHttp.ConnectAsync(host.Address);
        await raw.SendAsync(Post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.DoesNotContain("\"live\"", await raw.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/../../etc/passwd")]
    [InlineData("/..%2f..%2fetc/passwd")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/..\\..\\windows\\win.ini")]
    [InlineData("/docs/../../appsettings.json")]
    [InlineData("/docs/..%2f..%2fomnibook.dll")]
    [InlineData("/page.js/../../omnibook.dll")]
    [InlineData("/page.js%00.html")]
    [InlineData("/redoc/....//....//omnibook.dll")]
    [InlineData("/hyperliquid/funding/..%2f..%2faccess.db")]
    [InlineData("/C:/windows/win.ini")]
    [InlineData("//etc/passwd")]
    [InlineData("/access.db")]
    [InlineData("/prices.db")]
    public async Task S17_no_path_leads_out_of_the_routes(string path)
    {
        await using var host = await NbboHost.StartAsync();
        await using var raw = await RawHttp.ConnectAsync(host.Address);
        Assert.Contains(await raw.AskAsync($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"), (int[])[400, 404, 422, 503]);
    }

    [Theory]
    [InlineData("BTC'; DROP TABLE price_snapshots; --")]
    [InlineData("BTC' OR '1'='1")]
    [InlineData("BTC\" OR \"\"=\"")]
    [InlineData("BTC' UNION SELECT name FROM sqlite_master --")]
    [InlineData("BTC'); ATTACH DATABASE '/tmp/evil.db' AS evil; --")]
    [InlineData("%' AND 1=randomblob(1000000000) --")]
    [InlineData("$coin")]
    [InlineData("BTC\0")]
    public async Task S18_a_text_is_never_a_statement(string coin)
    {
        await using var host = await NbboHost.StartAsync();
        await host.SendAsync(HttpMethod.Post, "/test/db/insert-sample");
        using var answer = await host.SendAsync(HttpMethod.Get, $"/chart/{Uri.EscapeDataString(coin)}?timeframe={Uri.EscapeDataString("1m' OR '1'='1")}");
        using var other = await host.SendAsync(HttpMethod.Get, $"/chart/{Uri.EscapeDataString(coin)}");
        Assert.DoesNotContain("sqlite", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
        Assert.True((int)answer.StatusCode is 404 or 422 or 400 && (int)other.StatusCode < 500);
        Assert.Equal(1, (await host.GetAsync("/test/db/head")).GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task S26_an_address_that_is_only_claimed_does_not_count()
    {
        await using var host = await NbboHost.StartAsync(new ApiOptions { RequestsPerSecond = 1, RequestBurst = 3 });
        var refused = 0;
        for (var number = 1; number <= 20; number++)
        {
            using var answer = await host.SendAsync(
                HttpMethod.Get, "/health/live", ("X-Forwarded-For", $"10.0.0.{number}"), ("Forwarded", $"for=10.0.0.{number}"), ("X-Real-IP", $"10.0.0.{number}"));
            refused += (int)answer.StatusCode == 429 ? 1 : 0;
        }

        Assert.True(refused > 10, $"{refused} of 20 were refused");
    }

    [Fact]
    public async Task The_limits_of_the_web_server_are_the_hardened_ones()
    {
        await using var host = await NbboHost.StartAsync();
        var options = host.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value;
        var limits = options.Limits;
        Assert.False(options.AddServerHeader);
        Assert.False(options.AllowSynchronousIO);
        Assert.Equal((20_000, 10_000), (limits.MaxConcurrentConnections, limits.MaxConcurrentUpgradedConnections));
        Assert.Equal((64 * 1024, 16 * 1024, 50, 4 * 1024), (limits.MaxRequestBodySize, limits.MaxRequestHeadersTotalSize, limits.MaxRequestHeaderCount, limits.MaxRequestLineSize));
        Assert.Equal((TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)), (limits.RequestHeadersTimeout, limits.KeepAliveTimeout));
        Assert.Equal((240, TimeSpan.FromSeconds(5)), (limits.MinRequestBodyDataRate!.BytesPerSecond, limits.MinRequestBodyDataRate.GracePeriod));
        Assert.Equal((240, TimeSpan.FromSeconds(5)), (limits.MinResponseDataRate!.BytesPerSecond, limits.MinResponseDataRate.GracePeriod));
        Assert.Equal(100, limits.Http2.MaxStreamsPerConnection);
    }

    [Fact]
    public void One_address_holds_no_more_connections_than_it_may()
    {
        var connections = new AddressConnections(2, NullLogger<AddressConnections>.Instance);
        var (one, other) = (IPAddress.Parse("192.0.2.1"), IPAddress.Parse("192.0.2.2"));
        Assert.True(connections.TryEnter(one));
        Assert.True(connections.TryEnter(one));
        Assert.False(connections.TryEnter(one));
        Assert.True(connections.TryEnter(other));
        connections.Leave(one);
        Assert.True(connections.TryEnter(one));
        Assert.All(Enumerable.Range(0, 100), _ => Assert.True(connections.TryEnter(IPAddress.Loopback)));
        Assert.True(new AddressConnections(0, NullLogger<AddressConnections>.Instance).TryEnter(one));
    }
}
