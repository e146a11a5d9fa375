using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Omnibook.Server.Access;

namespace Omnibook.Server.Apis.CryExc.V1;

/// <summary>
/// Lets in who shows the token that is configured, or a key of this server that may read. Hashes are compared, in a time that does not depend on what was
/// shown, so that nobody can find the token letter by letter.
/// </summary>
internal sealed class V1Token : IEndpointFilter
{
    private readonly byte[]? _hash;

    /// <summary>Knows the token.</summary>
    public V1Token(V1Rules rules) => _hash = rules.Token is null ? null : Hash(rules.Token);

    /// <inheritdoc />
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        IsLetIn(context.HttpContext)
            ? next(context)
            : ValueTask.FromResult<object?>(Refuse(context.HttpContext));

    private static IResult Refuse(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"omnibook\"";
        context.Response.Headers.CacheControl = "no-store";
        return V1Errors.Result(StatusCodes.Status401Unauthorized, "the token is missing or wrong");
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private bool IsLetIn(HttpContext context) =>
        _hash is null
        || (context.Features.Get<Caller>() is { } caller && caller.May(Scope.Read))
        || (AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var shown)
            && string.Equals(shown.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(_hash, Hash(shown.Parameter ?? string.Empty)));
}
