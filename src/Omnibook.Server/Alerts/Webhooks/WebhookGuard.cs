using System.Globalization;
using System.Net;

namespace Omnibook.Server.Alerts.Webhooks;

/// <summary>
/// Decides where a webhook may lead: so that nobody who may create an alert can make this server knock at doors of its own network. A name is
/// looked up and every address of it has to be allowed; the connection then goes to the address that was looked at and to no other.
/// </summary>
internal sealed class WebhookGuard
{
    private const int LongestAddress = 2_048;

    private readonly IReadOnlyList<string> _schemes;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;
    private readonly List<IPNetwork> _networks = [];
    private readonly HashSet<string> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A guard.</summary>
    /// <param name="options">The schemes, and the exceptions for networks of one's own.</param>
    /// <param name="resolve">Looks a name up.</param>
    public WebhookGuard(AlertOptions options, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        (_schemes, _resolve) = (options.Schemes, resolve);
        foreach (var allowed in options.AllowedHosts)
        {
            if (IPNetwork.TryParse(allowed, out var network))
            {
                _networks.Add(network);
            }
            else if (IPAddress.TryParse(allowed, out var address))
            {
                _networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else
            {
                _hosts.Add(allowed);
            }
        }
    }

    /// <summary>What is wrong with an address before anybody is asked; null when nothing is.</summary>
    public string? Refusal(string text, out Uri? address)
    {
        address = null;
        if (text.Length > LongestAddress || text.Any(letter => letter is <= ' ' or '\\' or > '~') || !Uri.TryCreate(text, UriKind.Absolute, out var uri))
        {
            return $"expected an absolute address of at most {LongestAddress} plain characters, such as https://example.com/hook";
        }

        if (!_schemes.Contains(uri.Scheme, StringComparer.Ordinal))
        {
            return $"expected {string.Join(" or ", _schemes)}, not {uri.Scheme} (ALERT_WEBHOOK_SCHEMES)";
        }

        if (uri.UserInfo.Length > 0 || uri.Host.Length == 0 || uri.Port <= 0 || uri.Fragment.Length > 0)
        {
            return "expected a host, without user, password or fragment";
        }

        if (IPAddress.TryParse(uri.IdnHost, out var literal) && Refusal(uri.IdnHost, uri.Port, literal) is { } refusal)
        {
            return refusal;
        }

        address = uri;
        return null;
    }

    /// <summary>Looks a host up, and gives the addresses that may be connected to.</summary>
    /// <exception cref="WebhookRefusedException">One of its addresses is not allowed, or it has none.</exception>
    public async Task<IPAddress[]> ResolveAsync(string host, int port, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await _resolve(host, cancellationToken);
        foreach (var address in addresses)
        {
            if (Refusal(host, port, address) is { } refusal)
            {
                throw new WebhookRefusedException(refusal);
            }
        }

        return addresses.Length > 0 ? addresses : throw new WebhookRefusedException($"{host} has no address");
    }

    private string? Refusal(string host, int port, IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return _hosts.Contains(host) || _hosts.Contains(string.Create(CultureInfo.InvariantCulture, $"{host}:{port}"))
            || _networks.Exists(network => network.Contains(plain)) || WebhookAddresses.IsPublic(address)
            ? null
            : $"{host} is {address}, which is not on the public internet; whoever runs this server can allow it with ALERT_WEBHOOK_HOSTS";
    }
}

/// <summary>A webhook leads where it may not.</summary>
internal sealed class WebhookRefusedException(string message) : Exception(message);
