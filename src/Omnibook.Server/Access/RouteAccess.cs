namespace Omnibook.Server.Access;

/// <summary>Says in a route's metadata who may use it. A route that says nothing needs <see cref="Scope.Read"/>.</summary>
internal static class RouteAccess
{
    /// <summary>
    /// Marks a route, or a group of routes, with what its callers need. <see cref="Scope.Trade"/> and <see cref="Scope.Admin"/> need a key
    /// on every server; the others only where keys are required. The last mark counts.
    /// </summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder route, Scope scope)
        where TBuilder : IEndpointConventionBuilder =>
        With(route, new RequiredScope(scope));

    /// <summary>Lets everybody in, also where keys are required: for what tells nothing, such as that the process lives.</summary>
    public static TBuilder OpenToAll<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder =>
        With(route, new RequiredScope(Scope.None));

    /// <summary>Has refusals (401, 403, 429, 503) written in the form that the clients of these routes know.</summary>
    public static TBuilder RefuseWith<TBuilder>(this TBuilder route, Func<int, string, IResult> write)
        where TBuilder : IEndpointConventionBuilder =>
        With(route, new RefusalForm(write));

    private static TBuilder With<TBuilder>(TBuilder route, object metadata)
        where TBuilder : IEndpointConventionBuilder
    {
        route.Add(endpoint => endpoint.Metadata.Add(metadata));
        return route;
    }
}

/// <summary>What the callers of a route need.</summary>
/// <param name="Scope">The scope; <see cref="Scope.None"/> is open to all.</param>
internal sealed record RequiredScope(Scope Scope);

/// <summary>How the refusals of a route are written.</summary>
/// <param name="Write">Makes the answer of the status and what is wrong, in words.</param>
internal sealed record RefusalForm(Func<int, string, IResult> Write);
