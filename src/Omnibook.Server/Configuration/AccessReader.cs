using System.Net;

namespace Omnibook.Server.Configuration;

/// <summary>Who has to show a key.</summary>
/// <param name="KeysRequired">Whether every route needs one; otherwise only those that trade or administrate.</param>
/// <param name="IsOpenOnPurpose">Whether other machines may connect without one, as somebody said explicitly.</param>
internal sealed record AccessOptions(bool KeysRequired, bool IsOpenOnPurpose);

/// <summary>Reads who has to show a key: nobody on the loopback, everybody beyond it, unless told otherwise.</summary>
internal static class AccessReader
{
    /// <summary>The rules for a server that listens at this address.</summary>
    public static AccessOptions Read(SettingReader reader, IPAddress address)
    {
        var isOpen = reader.Flag(SettingName.InsecurePublic.Path, otherwise: false);
        var isPublic = !IPAddress.IsLoopback(address);
        var required = reader.Flag(SettingName.AuthRequired.Path, otherwise: isPublic && !isOpen);
        if (isPublic && !required && !isOpen)
        {
            reader.Refuse(
                reader.Find(SettingName.AuthRequired.Path)!,
                $"HOST {address} lets other machines connect: leave AUTH_REQUIRED away or true, or say INSECURE_PUBLIC=true (--insecure-public) to serve everybody who can connect");
        }

        return new AccessOptions(required, isPublic && !required);
    }
}
