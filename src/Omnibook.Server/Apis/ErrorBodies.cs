namespace Omnibook.Server.Apis;

/// <summary>Gives every error its body: routes that do not exist, methods that are not allowed, and what nobody foresaw.</summary>
internal sealed class ErrorBodies(RequestDelegate next, ILogger<ErrorBodies> log)
{
    /// <summary>Handles one request.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            await ApiErrors.Detail(bad.StatusCode, bad.Message).ExecuteAsync(context);
            return;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort(); // The client went away: there is nobody to answer.
            return;
        }
        catch (OperationCanceledException) when (!context.Response.HasStarted)
        {
            await ApiErrors.Detail(StatusCodes.Status503ServiceUnavailable, "the server is stopping").ExecuteAsync(context);
            return;
        }
        catch (Exception unforeseen) when (!context.Response.HasStarted)
        {
            log.LogError(unforeseen, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
            context.Response.Headers.CacheControl = "no-store";
            await ApiErrors.Detail(StatusCodes.Status500InternalServerError, "internal error; the server's log says more").ExecuteAsync(context);
            return;
        }

        if (Missing(context) is { } body)
        {
            await body.ExecuteAsync(context);
        }
    }

    private static IResult? Missing(HttpContext context) =>
        context.Response.HasStarted || context.Response.ContentLength is not null || context.Response.ContentType is not null
            ? null
            : context.Response.StatusCode switch
            {
                StatusCodes.Status404NotFound => ApiErrors.NotFound(context, "Not Found"),
                StatusCodes.Status405MethodNotAllowed => ApiErrors.Detail(405, "Method Not Allowed"),
                StatusCodes.Status415UnsupportedMediaType => ApiErrors.Detail(415, "Unsupported Media Type"),
                _ => null,
            };
}
