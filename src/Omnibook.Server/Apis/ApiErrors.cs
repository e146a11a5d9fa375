using System.Text.Json.Serialization;

namespace Omnibook.Server.Apis;

/// <summary>The one style of error bodies: <c>{"detail": …}</c>, where detail is a sentence, or for a wrong value the list of what is wrong.</summary>
internal static class ApiErrors
{
    /// <summary>An error in a sentence.</summary>
    public static IResult Detail(int status, string detail) =>
        Results.Json(new ErrorBody(detail), ApiJson.Readable.ErrorBody, statusCode: status);

    /// <summary>404 with the path that was asked for.</summary>
    public static IResult NotFound(HttpContext context, string detail) =>
        Results.Json(new ErrorBody(detail, context.Request.Path), ApiJson.Readable.ErrorBody, statusCode: StatusCodes.Status404NotFound);

    /// <summary>422 with everything that is wrong with the request.</summary>
    public static IResult Invalid(IReadOnlyList<InvalidValue> wrong) =>
        Results.Json(new InvalidBody(wrong), ApiJson.Readable.InvalidBody, statusCode: StatusCodes.Status422UnprocessableEntity);
}

/// <summary>An error in a sentence.</summary>
/// <param name="Detail">What is wrong, and what can be done.</param>
/// <param name="Path">The path that was asked for; only in 404.</param>
internal sealed record ErrorBody(
    string Detail, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Path = null);

/// <summary>What is wrong with the values of a request, in the form that FastAPI made common.</summary>
/// <param name="Detail">One entry a wrong value.</param>
internal sealed record InvalidBody(IReadOnlyList<InvalidValue> Detail);

/// <summary>One wrong value.</summary>
/// <param name="Loc">Where it is: <c>["query","limit"]</c>.</param>
/// <param name="Msg">What is wrong, with what was given and what is allowed.</param>
/// <param name="Type">A stable code: <c>missing</c>, <c>int_parsing</c>, <c>value_error</c>.</param>
/// <param name="Input">What was given; null when nothing was.</param>
internal sealed record InvalidValue(IReadOnlyList<string> Loc, string Msg, string Type, string? Input);
