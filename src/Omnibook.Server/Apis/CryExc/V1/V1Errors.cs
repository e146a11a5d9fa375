using Omnibook.Server.Apis.CryExc.Past;

namespace Omnibook.Server.Apis.CryExc.V1;

/// <summary>Errors in the form of these routes: <c>{"error":{"code":"invalid_range","message":"start_ms must be before end_ms"}}</c>.</summary>
internal sealed partial class V1Errors(ILogger<V1Errors> log) : IEndpointFilter
{
    /// <summary>An error; its code follows from the status.</summary>
    public static IResult Result(int status, string message) =>
        Results.Json(new V1ErrorBody(new V1Error(CodeOf(status), message)), ApiJson.Readable.V1ErrorBody, statusCode: status);

    /// <summary>404 for paths that do not exist, 405 for methods that are not allowed.</summary>
    public static IResult NoSuchRoute(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        {
            return Result(StatusCodes.Status404NotFound, "there is /v1/info, /v1/trades and /v1/liquidations");
        }

        context.Response.Headers.Allow = "GET, HEAD, OPTIONS";
        return Result(StatusCodes.Status405MethodNotAllowed, "only GET is allowed here");
    }

    /// <inheritdoc />
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (ArchiveUnavailableException unavailable)
        {
            context.HttpContext.Response.Headers.RetryAfter = "5";
            return Result(StatusCodes.Status503ServiceUnavailable, unavailable.Message);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogFault(fault, context.HttpContext.Request.Path);
            return Result(StatusCodes.Status500InternalServerError, "internal error; the server's log says more");
        }
    }

    private static string CodeOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "invalid_range",
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => "unauthorized",
        StatusCodes.Status404NotFound => "not_found",
        _ => "server_error",
    };

    [LoggerMessage(LogLevel.Error, "{Path} failed in our own code.")]
    private partial void LogFault(Exception fault, string path);
}

/// <summary>An error.</summary>
/// <param name="Error">What is wrong.</param>
internal sealed record V1ErrorBody(V1Error Error);

/// <summary>What is wrong.</summary>
/// <param name="Code">A stable code: <c>invalid_range</c>, <c>unauthorized</c>, <c>not_found</c>, <c>server_error</c>.</param>
/// <param name="Message">The same in words.</param>
internal sealed record V1Error(string Code, string Message);
