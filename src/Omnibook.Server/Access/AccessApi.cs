using System.Text.Json.Serialization;
using Omnibook.Server.Apis;
using Omnibook.Server.Apis.Health;

namespace Omnibook.Server.Access;

/// <summary><c>/auth/*</c>: short-lived tokens and tickets for those who have a key, and who one is.</summary>
internal static class AccessApi
{
    private const string Example = """{"key":"0123456789ab","name":"dashboard","scope":"read simulate","kind":"key"}""";

    /// <summary>Registers keys, tokens, tickets and the guard.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services, AccessRules rules) =>
        services
            .AddSingleton(rules)
            .AddSingleton(provider => new KeyRing(rules.OpenStore(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<AccessTokens>()
            .AddSingleton<SocketTickets>()
            .AddSingleton<FailedAttempts>();

    /// <summary>Maps the routes.</summary>
    public static void MapAccess(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/auth").WithTags(HealthApi.Tag);
        group.MapPost("/token", (Delegate)Token)
            .Describe("A short-lived token", $"Made of the key that is sent as `Authorization: Bearer`; good for {AccessTokens.Life.TotalMinutes:0} minutes, or until the key is revoked or the server starts anew.")
            .Takes("scope", $"What it may do, some of what the key may: {Scopes.Choices}, separated by blanks. All of it unless given.", example: "read")
            .Answers(StatusCodes.Status200OK, "The token.", """{"access_token":"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.…","token_type":"Bearer","expires_in":900,"scope":"read"}""")
            .AnswersInvalid();
        group.MapPost("/ticket", (Delegate)Ticket)
            .Describe("A ticket for one socket", $"For pages, which cannot send a header with a handshake: `?ticket=…`, once, within {SocketTickets.Life.TotalSeconds:0} seconds.")
            .Answers(StatusCodes.Status200OK, "The ticket.", """{"ticket":"q0Xv…","expires_in":60}""");
        group.MapRead("/me", context => Task.FromResult(Me(context)))
            .Describe("Who I am", "The key that was shown, by its name, and what it may do.")
            .Answers(StatusCodes.Status200OK, "The key.", Example);
    }

    private static IResult Token(HttpContext context)
    {
        if (context.Caller() is not { Kind: CredentialKind.Key } caller)
        {
            return ApiErrors.Detail(StatusCodes.Status401Unauthorized, "a token is made of a key: send the key as Authorization: Bearer …");
        }

        var wanted = context.Request.Query["scope"].ToString();
        if ((wanted.Length == 0 ? caller.Granted : Scopes.Parse(wanted)) is not { } scope || !caller.May(scope))
        {
            return ApiErrors.Invalid([new InvalidValue(["query", "scope"], $"expected some of {Scopes.Format(Scopes.Reach(caller.Granted))}", "value_error", wanted)]);
        }

        context.Response.Headers.CacheControl = "no-store";
        var token = context.RequestServices.GetRequiredService<AccessTokens>().Issue(caller.KeyId, scope);
        return Results.Json(new TokenBody(token, "Bearer", (int)AccessTokens.Life.TotalSeconds, Scopes.Format(scope)), AccessJson.Default.TokenBody);
    }

    private static IResult Ticket(HttpContext context)
    {
        if (context.Caller() is not { } caller)
        {
            return ApiErrors.Detail(StatusCodes.Status401Unauthorized, "a ticket is made of a key or a token: send it as Authorization: Bearer …");
        }

        context.Response.Headers.CacheControl = "no-store";
        return context.RequestServices.GetRequiredService<SocketTickets>().Issue(caller) is { } ticket
            ? Results.Json(new TicketBody(ticket, (int)SocketTickets.Life.TotalSeconds), AccessJson.Default.TicketBody)
            : ApiErrors.Detail(StatusCodes.Status503ServiceUnavailable, "too many tickets are open; come again in a minute");
    }

    private static IResult Me(HttpContext context) =>
        context.Caller() is { } caller
            ? Results.Json(
                new CallerBody(caller.KeyId, caller.Name, Scopes.Format(Scopes.Reach(caller.Granted)), caller.Kind.ToString().ToLowerInvariant()), AccessJson.Default.CallerBody)
            : ApiErrors.Detail(StatusCodes.Status401Unauthorized, "no key was shown");
}

/// <summary>A token, in the form of https://www.rfc-editor.org/rfc/rfc6749#section-5.1.</summary>
internal sealed record TokenBody(string AccessToken, string TokenType, int ExpiresIn, string Scope);

/// <summary>A ticket, and how many seconds it is good.</summary>
internal sealed record TicketBody(string Ticket, int ExpiresIn);

/// <summary>Who asks.</summary>
internal sealed record CallerBody(string Key, string Name, string Scope, string Kind);

/// <summary>Source-generated JSON of these bodies.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TokenBody))]
[JsonSerializable(typeof(TicketBody))]
[JsonSerializable(typeof(CallerBody))]
internal sealed partial class AccessJson : JsonSerializerContext;
