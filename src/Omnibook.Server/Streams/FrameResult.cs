namespace Omnibook.Server.Streams;

/// <summary>Answers a request with a rendered frame, and lets go of it.</summary>
internal sealed class FrameResult(Frame frame, int status = StatusCodes.Status200OK) : IResult, IStatusCodeHttpResult, IContentTypeHttpResult
{
    /// <inheritdoc />
    public int? StatusCode => status;

    /// <inheritdoc />
    public string ContentType => "application/json; charset=utf-8";

    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        try
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.ContentType = ContentType;
            httpContext.Response.ContentLength = frame.Length;
            httpContext.Response.Headers.CacheControl = "no-store";
            await httpContext.Response.Body.WriteAsync(frame.Text, httpContext.RequestAborted);
        }
        finally
        {
            frame.Release();
        }
    }
}
