using System.Net;
using System.Net.Sockets;

namespace Omnibook.Server.Alerts.Webhooks;

/// <summary>Which addresses are the public internet. Everything else is somebody's own network, this machine, or nothing at all.</summary>
/// <remarks>
/// https://www.iana.org/assignments/iana-ipv4-special-registry and https://www.iana.org/assignments/iana-ipv6-special-registry. An IPv6 address
/// that carries an IPv4 address is what it carries.
/// </remarks>
internal static class WebhookAddresses
{
    private static readonly IPNetwork[] NotPublic =
    [
        .. from text in (string[])
           [
               "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
               "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
               "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
               "2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20",
           ]
           select IPNetwork.Parse(text),
    ];

    /// <summary>Everything that is given out to the public so far: https://www.iana.org/assignments/ipv6-unicast-address-assignments</summary>
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    /// <summary>Whether an address is public.</summary>
    public static bool IsPublic(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !IsListed(address),
            AddressFamily.InterNetworkV6 when address.IsIPv4MappedToIPv6 || Translated.Contains(address) => IsPublic(new IPAddress(bytes.AsSpan(12, 4))),
            AddressFamily.InterNetworkV6 when SixToFour.Contains(address) => IsPublic(new IPAddress(bytes.AsSpan(2, 4))),
            AddressFamily.InterNetworkV6 => GlobalUnicast.Contains(address) && !IsListed(address),
            _ => false,
        };
    }

    private static bool IsListed(IPAddress address) => Array.Exists(NotPublic, network => network.Contains(address));
}
