using Omnibook.Server.Access;

namespace Omnibook.Server.Apis;

/// <summary>Who may use the interfaces, and how much.</summary>
internal sealed record ApiOptions
{
    /// <summary>
    /// Origins (<c>https://example.org</c>) whose pages may read answers and open sockets; empty or <c>*</c> means any. Setting <c>ALLOWED_ORIGINS</c>.
    /// </summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Whether pages of every origin may use the interfaces.</summary>
    public bool AllowsAnyOrigin => AllowedOrigins.Count == 0 || AllowedOrigins.Contains("*", StringComparer.Ordinal);

    /// <summary>
    /// Names by which the server may be called, besides <c>localhost</c> and literal addresses; <c>*</c> means any. Setting <c>ALLOWED_HOSTS</c>.
    /// Literal addresses cannot be rebound by a hostile name server, so they need no permission.
    /// </summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Whether <c>/test/db/*</c> exists. Setting <c>TEST_ENDPOINTS</c>.</summary>
    public bool TestEndpoints { get; init; } = true;

    /// <summary>Who has to show a key.</summary>
    public AccessRules Access { get; init; } = new();

    /// <summary>REST requests a second that one address may make, in the long run; 0 switches the limiter off.</summary>
    public int RequestsPerSecond { get; init; } = 100;

    /// <summary>REST requests that one address may make at once.</summary>
    public int RequestBurst { get; init; } = 200;
}
