using System.Net;
using Omnibook.Server.Alerts;

namespace Omnibook.Server.Configuration;

/// <summary>Reads how many alerts there may be, and where their webhooks may lead.</summary>
internal static class AlertSettingReader
{
    /// <summary>Reads it, and refuses schemes and hosts that are none.</summary>
    public static AlertOptions Read(SettingReader reader)
    {
        var schemes = reader.List(SettingName.WebhookSchemes.Path);
        if (schemes.Any(scheme => scheme is not ("http" or "https")))
        {
            reader.Refuse(reader.Find(SettingName.WebhookSchemes.Path)!, "expected https, http or both");
        }

        var hosts = reader.List(SettingName.WebhookHosts.Path);
        if (hosts.FirstOrDefault(host => !IsHost(host)) is { } wrong)
        {
            reader.Refuse(
                reader.Find(SettingName.WebhookHosts.Path)!, $"\"{wrong}\" is no host: expected names, names with a port, addresses or networks, such as hooks.lan, hooks.lan:9000, 10.0.0.0/8");
        }

        return new AlertOptions { Most = reader.Number(SettingName.AlertsMost, 0, 10_000), Schemes = schemes, AllowedHosts = hosts };
    }

    private static bool IsHost(string text) =>
        IPNetwork.TryParse(text, out _) || IPAddress.TryParse(text, out _)
        || (Uri.TryCreate($"https://{text}/", UriKind.Absolute, out var uri) && uri.AbsolutePath == "/" && uri.UserInfo.Length == 0
            && Uri.CheckHostName(uri.Host) == UriHostNameType.Dns);
}
