using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Omnibook.Server.Configuration;

namespace Omnibook.Server.Doctor;

/// <summary>Goes the way to a host step by step: its name, its port, its certificate, its clock.</summary>
internal sealed class HostChecks(TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The header that tells a host's time has whole seconds, and came a moment ago.</summary>
    private static readonly TimeSpan GoodSkew = TimeSpan.FromSeconds(2);

    /// <summary>Looks at both hosts of a venue; after the first step that fails, at nothing more of that host.</summary>
    public async Task<IReadOnlyList<Finding>> RunAsync(VenueOptions venue, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        var (rest, socket) = (venue.Addresses.Rest, venue.Addresses.Socket);
        var isThere = await ReachAsync(venue.Id.Key, rest, findings, cancellationToken);
        if (!string.Equals(rest.Authority, socket.Authority, StringComparison.OrdinalIgnoreCase))
        {
            await ReachAsync(venue.Id.Key, socket, findings, cancellationToken);
        }

        if (isThere)
        {
            findings.Add(await CompareClocksAsync(venue.Id.Key, rest, cancellationToken));
        }

        return findings;
    }

    /// <summary>What a difference between the clocks means.</summary>
    internal static Finding JudgeSkew(string venue, TimeSpan skew) => skew.Duration() <= GoodSkew
        ? new Finding(Verdict.Good, venue, "clock", "ours agrees with the venue's to two seconds")
        : new Finding(
            Verdict.Warning,
            venue,
            "clock",
            $"ours is {skew.Duration().TotalSeconds:0} s {(skew > TimeSpan.Zero ? "ahead of" : "behind")} the venue's",
            "let the clock be set by the network: timedatectl set-ntp true, or chrony. Books do not mind; latencies and candles do");

    private async Task<bool> ReachAsync(string venue, Uri address, List<Finding> findings, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        var step = "dns";
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(address.DnsSafeHost, patience.Token);
            findings.Add(new Finding(Verdict.Good, venue, step, $"{address.Host} is {string.Join(", ", addresses.Take(3).Select(one => one.ToString()))}"));
            step = "connect";
            using var client = new TcpClient();
            var began = time.GetTimestamp();
            await client.ConnectAsync(addresses, address.Port, patience.Token);
            findings.Add(new Finding(Verdict.Good, venue, step, $"{address.Authority} in {time.GetElapsedTime(began).TotalMilliseconds:0} ms"));
            if (address.Scheme is "https" or "wss")
            {
                step = "tls";
                findings.Add(await GreetAsync(venue, address, client, patience.Token));
            }

            return true;
        }
        catch (Exception refused) when (refused is SocketException or IOException or AuthenticationException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var why = refused is OperationCanceledException ? $"no answer within {Patience.TotalSeconds:0} s" : refused.Message;
            findings.Add(new Finding(Verdict.Bad, venue, step, $"{address.Authority}: {why}", FixOf(step, venue)));
            return false;
        }
    }

    private async Task<Finding> GreetAsync(string venue, Uri address, TcpClient client, CancellationToken cancellationToken)
    {
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = address.DnsSafeHost }, cancellationToken);
        var left = DateTime.Parse(tls.RemoteCertificate!.GetExpirationDateString(), null).ToUniversalTime() - time.GetUtcNow().UtcDateTime;
        return new Finding(Verdict.Good, venue, "tls", $"{address.Host} speaks {tls.SslProtocol}; its certificate is good for {left.TotalDays:0} days");
    }

    private async Task<Finding> CompareClocksAsync(string venue, Uri rest, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(rest, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return answer.Headers.Date is { } theirs
                ? JudgeSkew(venue, time.GetUtcNow() - theirs - TimeSpan.FromMilliseconds(500))
                : new Finding(Verdict.Good, venue, "clock", "the host does not tell its time");
        }
        catch (Exception refused) when (refused is HttpRequestException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new Finding(Verdict.Bad, venue, "clock", $"{rest.Authority}: {refused.Message}", FixOf("connect", venue));
        }
    }

    private static string FixOf(string step, string venue) => step switch
    {
        "dns" => "check the network's name server (/etc/resolv.conf), or the spelling of " + VenueSetting.Variable(venue, VenueSetting.Rest),
        "tls" => "check this machine's date and certificates; a proxy that opens TLS needs its certificate installed here",
        _ => $"let a firewall pass it; where the venue is blocked, set {VenueSetting.Variable(venue, VenueSetting.Rest)} and {VenueSetting.Variable(venue, VenueSetting.Socket)}, or switch it off: {VenueSetting.Variable(venue, VenueSetting.Enabled)}=false",
    };
}
