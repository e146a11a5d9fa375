using System.Globalization;
using System.Net;
using Omnibook.History;
using Omnibook.Server.Apis;

namespace Omnibook.Server.Access;

/// <summary>
/// Stands between routing and the routes: compares what a route needs (<see cref="RouteAccess"/>) with what the caller shows. A wrong key is refused on
/// every route, also on those that need none, so that nobody believes for long that it works.
/// </summary>
internal sealed partial class AccessGuard(
    RequestDelegate next, AccessRules rules, KeyRing keys, AccessTokens tokens, SocketTickets tickets, FailedAttempts failures, ILogger<AccessGuard> log)
{
    /// <summary>Handles one request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var needed = context.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>()?.Scope ?? Scope.Read;
        var mustShow = Scopes.AlwaysNeedsKey(needed) || (rules.KeysRequired && needed != Scope.None);
        return Credential.Of(context) is { } shown ? CheckAsync(context, shown, mustShow ? needed : Scope.None)
            : mustShow ? RefuseAsync(context, StatusCodes.Status401Unauthorized, "a key is needed: send it as Authorization: Bearer …; omnibook keys add makes one")
            : next(context);
    }

    private Task CheckAsync(HttpContext context, Credential shown, Scope needed)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (failures.Wait(address) is var wait && wait > TimeSpan.Zero)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return RefuseAsync(context, StatusCodes.Status429TooManyRequests, "too many wrong keys came from this address; come again later");
        }

        Caller? caller;
        try
        {
            caller = Know(shown);
        }
        catch (KeyStoreException broken)
        {
            LogBroken(broken);
            return RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "the keys cannot be read; the server's log says why");
        }

        if (caller is null && needed == Scope.None && shown.Kind != CredentialKind.Key)
        {
            return next(context); // Nothing is needed here, and it may be a token for somebody else on the way.
        }

        if (caller is null)
        {
            failures.Note(address);
            LogWrong(shown.Kind, address);
            return RefuseAsync(context, StatusCodes.Status401Unauthorized, $"this {shown.Kind.ToString().ToLowerInvariant()} is wrong, was used, has expired or was revoked");
        }

        context.Features.Set(caller);
        return caller.May(needed)
            ? next(context)
            : RefuseAsync(context, StatusCodes.Status403Forbidden, $"this needs the scope {Scopes.Format(needed)}; the key has {Scopes.Format(caller.Granted)}");
    }

    /// <summary>Who shows this; null when it is not right. A token and a ticket are worth no more than the key that they were made of.</summary>
    private Caller? Know(Credential shown) => shown.Kind switch
    {
        CredentialKind.Key => keys.Find(shown.Text) is { } key ? new Caller(key.Id, key.Name, ScopesOf(key), CredentialKind.Key) : null,
        CredentialKind.Token => tokens.Read(shown.Text) is { } token && keys.Standing(token.KeyId) is { } key
            ? new Caller(key.Id, key.Name, token.Granted & Scopes.Reach(ScopesOf(key)), CredentialKind.Token)
            : null,
        _ => tickets.Redeem(shown.Text) is { } caller && keys.Standing(caller.KeyId) is not null ? caller : null,
    };

    private static Scope ScopesOf(ApiKeyRow key) => Scopes.Parse(key.Scopes) ?? Scope.None;

    private static Task RefuseAsync(HttpContext context, int status, string why)
    {
        if (status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"omnibook\"";
        }

        context.Response.Headers.CacheControl = "no-store";
        var form = context.GetEndpoint()?.Metadata.GetMetadata<RefusalForm>();
        return (form?.Write(status, why) ?? ApiErrors.Detail(status, why)).ExecuteAsync(context);
    }

    [LoggerMessage(LogLevel.Warning, "A wrong {Kind} came from {Address}")]
    private partial void LogWrong(CredentialKind kind, IPAddress address);

    [LoggerMessage(LogLevel.Error, "The keys cannot be read")]
    private partial void LogBroken(Exception why);
}
