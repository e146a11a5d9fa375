using Omnibook.Server.Access;

namespace Omnibook.Server.Apis.CryExc.V1;

/// <summary><c>/v1</c>: what was traded and closed by force, as the charting terminal asks a history server of one's own for it.</summary>
internal static class V1Api
{
    /// <summary>Maps the routes, and answers for everything else below <c>/v1</c> in the same form.</summary>
    public static void MapV1(this RouteGroupBuilder routes)
    {
        var v1 = routes.MapGroup("/v1").AddEndpointFilter<RouteGroupBuilder, V1Errors>().AddEndpointFilter<RouteGroupBuilder, V1Token>();
        v1.RefuseWith(V1Errors.Result);
        if (((IEndpointRouteBuilder)routes).ServiceProvider.GetRequiredService<V1Rules>().Token is not null)
        {
            v1.OpenToAll(); // The token below decides, and keys count as well.
        }

        v1.MapInfo();
        v1.MapStored();
        v1.MapFallback("/{**rest}", V1Errors.NoSuchRoute).ExcludeFromDescription();
    }

    /// <summary>What every route of the group may answer.</summary>
    public static RouteHandlerBuilder AnswersV1Errors(this RouteHandlerBuilder route) =>
        route
            .Answers(StatusCodes.Status401Unauthorized, "The token is missing or wrong.", """{"error":{"code":"unauthorized","message":"the token is missing or wrong"}}""")
            .Answers(StatusCodes.Status503ServiceUnavailable, "Nothing can be read now.", """{"error":{"code":"server_error","message":"the history is being rebuilt"}}""");
}

/// <summary>What is configured of <c>/v1</c>.</summary>
/// <param name="Token">What callers have to show as <c>Authorization: Bearer …</c>; null for nothing.</param>
internal sealed record V1Rules(string? Token = null)
{
    /// <summary>How many rows an answer has at most.</summary>
    public int MaxRows { get; init; } = 1_000_000;

    /// <summary>An answer of no more rows than this is made at once.</summary>
    public int SmallAnswer { get; init; } = 20_000;

    /// <summary>How many larger ones are made at the same time; whoever comes later waits.</summary>
    public int LargeAnswers { get; init; } = 4;
}
