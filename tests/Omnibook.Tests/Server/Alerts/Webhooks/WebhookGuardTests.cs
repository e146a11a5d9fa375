using System.Net;
using Omnibook.Server.Alerts;
using Omnibook.Server.Alerts.Webhooks;

namespace Omnibook.Tests.Server.Alerts.Webhooks;

/// <summary>Where a webhook may not lead, however it is written.</summary>
public sealed class WebhookGuardTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://127.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0x7f.0.0.1/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://017700000001/")]
    [InlineData("https://0/")]
    [InlineData("https://0.0.0.0/")]
    [InlineData("https://127.0.0.1:22/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::]/")]
    [InlineData("https://[0:0:0:0:0:0:0:1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[::ffff:7f00:1]/")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    [InlineData("https://[::127.0.0.1]/")]
    [InlineData("https://[64:ff9b::7f00:1]/")]
    [InlineData("https://[64:ff9b:1::a00:1]/")]
    [InlineData("https://[2002:7f00:1::]/")]
    [InlineData("https://[2002:c0a8:101::1]/")]
    [InlineData("https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("https://[fe80::1%25eth0]/")]
    [InlineData("https://[fc00::1]/")]
    [InlineData("https://[fd12:3456::1]/")]
    [InlineData("https://[fec0::1]/")]
    [InlineData("https://[ff02::1]/")]
    [InlineData("https://[2001:db8::1]/")]
    [InlineData("https://[100::1]/")]
    [InlineData("https://10.0.0.1/")]
    [InlineData("https://172.16.0.1/")]
    [InlineData("https://172.31.255.255/")]
    [InlineData("https://192.168.1.1/")]
    [InlineData("https://100.64.0.1/")]
    [InlineData("https://100.127.255.255/")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("https://2852039166/latest/meta-data/")]
    [InlineData("https://0xa9fea9fe/")]
    [InlineData("https://[::ffff:a9fe:a9fe]/")]
    [InlineData("https://198.18.0.1/")]
    [InlineData("https://192.0.2.1/")]
    [InlineData("https://224.0.0.1/")]
    [InlineData("https://255.255.255.255/")]
    [InlineData("https://１２７.０.０.１/")]
    [InlineData("https://127。0。0。1/")]
    [InlineData("https://①②⑦.0.0.1/")]
    [InlineData("https://example.com@127.0.0.1/")]
    [InlineData("https://127.0.0.1#@example.com/")]
    [InlineData("https://127.0.0.1\\@example.com/")]
    [InlineData("https://example.com\r\nHost: 127.0.0.1/")]
    [InlineData("https://user:password@example.com/")]
    [InlineData("http://example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1:6379/_FLUSHALL")]
    [InlineData("ftp://example.com/")]
    [InlineData("//example.com/")]
    [InlineData("example.com")]
    [InlineData("https://")]
    [InlineData("")]
    public void An_address_that_is_no_public_https_host_is_refused_at_once(string text) => Assert.NotNull(Guard().Refusal(text, out _));

    [Theory]
    [InlineData("https://example.com/hook?x=1")]
    [InlineData("https://example.com:8443/hook")]
    [InlineData("https://93.184.216.34/")]
    [InlineData("https://[2606:2800:220:1:248:1893:25c8:1946]/")]
    [InlineData("https://[2002:5db8:d822::1]/")]
    public void A_public_one_is_taken(string text)
    {
        Assert.Null(Guard().Refusal(text, out var address));
        Assert.NotNull(address);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("169.254.169.254")]
    [InlineData("::1")]
    [InlineData("::ffff:192.168.0.1")]
    [InlineData("fd00::1")]
    [InlineData("93.184.216.34", "127.0.0.1")]
    [InlineData("2606:2800:220:1:248:1893:25c8:1946", "fe80::1")]
    public async Task A_name_of_which_any_address_is_not_public_is_refused(params string[] addresses)
    {
        var guard = Guard(resolve: addresses);
        Assert.Null(guard.Refusal("https://localtest.example/", out _));
        var refused = await Assert.ThrowsAsync<WebhookRefusedException>(() => guard.ResolveAsync("localtest.example", 443, Cancel));
        Assert.Contains("ALERT_WEBHOOK_HOSTS", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hooks.lan", "hooks.lan", 443, true)]
    [InlineData("HOOKS.LAN", "hooks.lan", 9000, true)]
    [InlineData("hooks.lan:9000", "hooks.lan", 9000, true)]
    [InlineData("hooks.lan:9000", "hooks.lan", 9001, false)]
    [InlineData("10.0.0.0/8", "hooks.lan", 443, true)]
    [InlineData("10.1.2.3", "hooks.lan", 443, true)]
    [InlineData("192.168.0.0/16", "hooks.lan", 443, false)]
    [InlineData("other.lan", "hooks.lan", 443, false)]
    public async Task A_network_of_ones_own_can_be_allowed(string allowed, string host, int port, bool isTaken)
    {
        var guard = Guard(new AlertOptions { AllowedHosts = [allowed] }, "10.1.2.3");
        var resolving = guard.ResolveAsync(host, port, Cancel);
        if (isTaken)
        {
            Assert.Equal("10.1.2.3", (await resolving).Single().ToString());
        }
        else
        {
            await Assert.ThrowsAsync<WebhookRefusedException>(() => resolving);
        }
    }

    private static WebhookGuard Guard(AlertOptions? options = null, params string[] resolve) =>
        new(options ?? new AlertOptions(), (_, _) => Task.FromResult<IPAddress[]>([.. resolve.Select(IPAddress.Parse)]));
}
