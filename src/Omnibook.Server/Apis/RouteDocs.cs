using System.Diagnostics.CodeAnalysis;

namespace Omnibook.Server.Apis;

/// <summary>Maps reading routes, and puts into their metadata what the API document says of them.</summary>
internal static class RouteDocs
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps a route that is read: GET, and HEAD for its headers alone.</summary>
    public static RouteHandlerBuilder MapRead(
        this IEndpointRouteBuilder routes, [StringSyntax("Route")] string pattern, Func<HttpContext, Task<IResult>> handler) =>
        routes.MapMethods(pattern, Reading, (Delegate)handler);

    /// <summary>What the route is, in a line and in a paragraph.</summary>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string summary, string description) =>
        route.WithSummary(summary).WithDescription(description);

    /// <summary>A value that the route takes out of its query.</summary>
    public static RouteHandlerBuilder Takes(
        this RouteHandlerBuilder route, string name, string description, string type = "string", bool required = false, string? example = null) =>
        route.WithMetadata(new QueryDoc(name, description, type, required, example));

    /// <summary>A value that the route takes out of its path.</summary>
    public static RouteHandlerBuilder TakesPath(this RouteHandlerBuilder route, string name, string description, string example) =>
        route.WithMetadata(new PathDoc(name, description, example));

    /// <summary>A JSON body that the route takes.</summary>
    public static RouteHandlerBuilder TakesBody(this RouteHandlerBuilder route, string description, string example) =>
        route.WithMetadata(new BodyDoc(description, example));

    /// <summary>What the route answers: an example in JSON.</summary>
    public static RouteHandlerBuilder Answers(this RouteHandlerBuilder route, int status, string meaning, string example) =>
        route.WithMetadata(new AnswerDoc(status, meaning, example));

    /// <summary>What a socket sends. OpenAPI has no words for sockets, so it is told as a GET that is upgraded.</summary>
    public static RouteHandlerBuilder DescribeSocket(
        this RouteHandlerBuilder route, string summary, string description, string kind, string example) =>
        route.Describe($"WebSocket: {summary}", description)
            .Answers(StatusCodes.Status101SwitchingProtocols, "Text frames follow.", example)
            .WithMetadata(new SocketDoc(summary, description, kind, example));

    /// <summary>The errors that are the same everywhere.</summary>
    public static RouteHandlerBuilder AnswersInvalid(this RouteHandlerBuilder route) =>
        route.Answers(
            StatusCodes.Status422UnprocessableEntity,
            "A value is missing or not allowed; every wrong one is listed.",
            """{"detail":[{"loc":["query","coin"],"msg":"Field required","type":"missing","input":null}]}""");

    /// <summary>The errors of routes that ask the venue.</summary>
    public static RouteHandlerBuilder AnswersUpstream(this RouteHandlerBuilder route) =>
        route
            .Answers(StatusCodes.Status502BadGateway, "The venue refused, or answered nonsense.", """{"detail":"the venue answered HTTP 500"}""")
            .Answers(StatusCodes.Status503ServiceUnavailable, "The venue cannot be reached, or may not be asked now.", """{"detail":"the venue cannot be reached"}""")
            .Answers(StatusCodes.Status504GatewayTimeout, "The venue did not answer in time.", """{"detail":"the venue did not answer in time"}""");
}

/// <summary>A value in the query.</summary>
internal sealed record QueryDoc(string Name, string Description, string Type, bool Required, string? Example);

/// <summary>A value in the path.</summary>
internal sealed record PathDoc(string Name, string Description, string Example);

/// <summary>A JSON body, by an example.</summary>
internal sealed record BodyDoc(string Description, string Example);

/// <summary>An answer, by an example.</summary>
internal sealed record AnswerDoc(int Status, string Meaning, string Example);

/// <summary>What a socket sends.</summary>
/// <param name="Summary">What it is, in a line.</param>
/// <param name="Description">What comes when.</param>
/// <param name="Kind"><c>state</c>: only the newest frame waits for a slow client; <c>event</c>: frames wait in order, the oldest is dropped when too many do.</param>
/// <param name="Example">A frame.</param>
internal sealed record SocketDoc(string Summary, string Description, string Kind, string Example);
