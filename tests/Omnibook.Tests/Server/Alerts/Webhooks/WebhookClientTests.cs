using System.Net;
using Omnibook.Server.Alerts;
using Omnibook.Server.Alerts.Webhooks;
using Omnibook.Tests.Server.Streams;

namespace Omnibook.Tests.Server.Alerts.Webhooks;

/// <summary>How an event is posted, and what a host can do to us meanwhile: nothing.</summary>
public sealed class WebhookClientTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_is_posted_with_its_id_and_a_signature_over_time_and_body()
    {
        await using var host = new HookServer();
        using var client = Client("127.0.0.1");

        Assert.Null(await client.PostAsync(new AlertWebhook(host.Url, "s3cret"), 12, "{\"id\":12}"u8.ToArray(), Cancel));

        var request = Assert.Single(host.Requests);
        Assert.StartsWith("POST /hook HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/json\r\n", request, StringComparison.Ordinal);
        Assert.Contains("X-Omnibook-Event: 12\r\n", request, StringComparison.Ordinal);

        Assert.Contains($"X-Omnibook-Signature: {WebhookClient.Sign("s3cret", 1795176000, "{\"id\":12}"u8)}\r\n", request, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n{\"id\":12}", request, StringComparison.Ordinal);
    }

    /// <summary><c>printf '1795176000.{"id":12}' | openssl dgst -sha256 -hmac s3cret</c></summary>
    [Fact]
    public void The_signature_is_an_hmac_of_time_and_body() => Assert.Equal(
        "t=1795176000,v1=ebc71b4e4f5806d6448fcc3bbc2e298486ccb65b878bee2b6d876898c8b6f4d1", WebhookClient.Sign("s3cret", 1795176000, "{\"id\":12}"u8));

    [Theory]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest/meta-data/\r\nContent-Length: 0\r\n\r\n", "redirects are not followed")]
    [InlineData("HTTP/1.1 307 Temporary Redirect\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n", "redirects are not followed")]
    [InlineData("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n", "HTTP 500")]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "HTTP 404")]
    public async Task What_is_no_success_is_told_and_followed_nowhere(string answer, string why)
    {
        await using var host = new HookServer { Answer = _ => answer };
        using var client = Client("127.0.0.1");
        Assert.Contains(why, await client.PostAsync(new AlertWebhook(host.Url, null), 1, [], Cancel), StringComparison.Ordinal);
        Assert.Single(host.Requests);
    }

    [Fact]
    public async Task An_answer_is_read_to_64_kB_and_no_further()
    {
        await using var host = new HookServer { Answer = number => $"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{new string('x', (64 * 1024) + number)}" };
        using var client = Client("127.0.0.1");
        Assert.Null(await client.PostAsync(new AlertWebhook(host.Url, null), 1, [], Cancel));
        Assert.Contains("more than 65536 bytes", await client.PostAsync(new AlertWebhook(host.Url, null), 1, [], Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_says_nothing_is_left_after_five_seconds()
    {
        await using var host = new HookServer { Answer = _ => null };
        var time = new ManualTimeProvider();
        using var client = Client("127.0.0.1", time);
        var posting = client.PostAsync(new AlertWebhook(host.Url, null), 1, [], Cancel);
        await StreamHost.UntilAsync(() => !host.Requests.IsEmpty);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("no answer within 5 s", await posting);
    }

    [Fact]
    public async Task A_name_that_is_looked_up_anew_leads_to_what_was_looked_at()
    {
        // The name is public when the alert is made and this machine when it is called: the address that is checked is the one that is connected to.
        await using var host = new HookServer();
        var answers = new Queue<string>(["93.184.216.34", "127.0.0.1"]);
        var guard = new WebhookGuard(new AlertOptions { Schemes = ["http"] }, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(answers.Dequeue())]));
        Assert.Equal("93.184.216.34", (await guard.ResolveAsync("rebinding.example", host.Port, Cancel))[0].ToString());

        using var client = new WebhookClient(guard, new ManualTimeProvider());
        var why = await client.PostAsync(new AlertWebhook(new Uri($"http://rebinding.example:{host.Port}/hook"), null), 1, [], Cancel);

        Assert.Contains("not on the public internet", why, StringComparison.Ordinal);
        Assert.Empty(host.Requests);
        Assert.Empty(answers);
    }

    [Fact]
    public async Task A_name_is_looked_up_for_each_delivery_once()
    {
        await using var host = new HookServer();
        var lookups = 0;
        var options = new AlertOptions { Schemes = ["http"], AllowedHosts = ["127.0.0.0/8"] };
        var guard = new WebhookGuard(options, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(++lookups > 2 ? "10.0.0.1" : "127.0.0.1")]));
        using var client = new WebhookClient(guard, new ManualTimeProvider());
        var hook = new AlertWebhook(new Uri($"http://hooks.example:{host.Port}/hook"), null);

        Assert.Null(await client.PostAsync(hook, 1, [], Cancel));
        Assert.Null(await client.PostAsync(hook, 2, [], Cancel));
        Assert.Contains("10.0.0.1", await client.PostAsync(hook, 3, [], Cancel), StringComparison.Ordinal);
        Assert.Equal((3, 2), (lookups, host.Requests.Count));
    }

    [Fact]
    public async Task A_host_that_is_not_there_is_told()
    {
        int port;
        await using (var gone = new HookServer())
        {
            port = gone.Port;
        }

        using var client = Client("127.0.0.1");
        Assert.NotNull(await client.PostAsync(new AlertWebhook(new Uri($"http://127.0.0.1:{port}/"), null), 1, [], Cancel));
    }

    private static WebhookClient Client(string allowed, ManualTimeProvider? time = null) => new(
        new WebhookGuard(new AlertOptions { Schemes = ["http"], AllowedHosts = [allowed] }, Dns.GetHostAddressesAsync), time ?? new ManualTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1795176000)));
}
