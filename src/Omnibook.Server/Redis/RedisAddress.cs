using System.Globalization;

namespace Omnibook.Server.Redis;

/// <summary>Where Redis is and how one is let in. Its text never shows the password.</summary>
/// <param name="host">Name or address.</param>
/// <param name="port">The port.</param>
/// <param name="database">The database, selected where it is not 0.</param>
/// <param name="isTls">Whether the connection is encrypted.</param>
internal sealed class RedisAddress(string host, int port, int database, bool isTls)
{
    private const int DefaultPort = 6379;
    private const int MostDatabases = 1_000_000;

    /// <summary>Name or address.</summary>
    public string Host => host;

    /// <summary>The port.</summary>
    public int Port => port;

    /// <summary>The database.</summary>
    public int Database => database;

    /// <summary>Whether the connection is encrypted, and the certificate checked.</summary>
    public bool IsTls => isTls;

    /// <summary>The user, where one is named.</summary>
    public string? User { get; private init; }

    /// <summary>The password, where there is one.</summary>
    public string? Password { get; private init; }

    /// <summary>
    /// Reads <c>redis://[[user]:password@]host[:port][/database]</c>, or <c>rediss://</c> for TLS. User and password are percent-encoded.
    /// Null for anything else.
    /// </summary>
    /// <remarks>https://www.iana.org/assignments/uri-schemes/prov/redis</remarks>
    public static RedisAddress? Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("redis" or "rediss") || uri.Host.Length == 0
            || uri.Query.Length > 0 || uri.Fragment.Length > 0 || DatabaseOf(uri.AbsolutePath) is not { } database)
        {
            return null;
        }

        var colon = uri.UserInfo.IndexOf(':', StringComparison.Ordinal);
        var (user, password) = colon < 0 ? ("", uri.UserInfo) : (uri.UserInfo[..colon], uri.UserInfo[(colon + 1)..]);
        return new RedisAddress(uri.IdnHost.Trim('[', ']'), uri.Port > 0 ? uri.Port : DefaultPort, database, uri.Scheme == "rediss")
        {
            User = user.Length == 0 ? null : Uri.UnescapeDataString(user),
            Password = password.Length == 0 ? null : Uri.UnescapeDataString(password),
        };
    }

    /// <inheritdoc />
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(IsTls ? "rediss" : "redis")}://{(Password is null ? "" : "***@")}{Host}:{Port}/{Database}");

    private static int? DatabaseOf(string path)
    {
        var text = path.Trim('/');
        return text.Length == 0 ? 0
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < MostDatabases ? number
            : null;
    }
}
