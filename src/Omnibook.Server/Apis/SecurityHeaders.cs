namespace Omnibook.Server.Apis;

/// <summary>Headers that keep browsers from guessing, framing and phoning.</summary>
/// <remarks>https://owasp.org/www-project-secure-headers/</remarks>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string Pages = "default-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'; object-src 'none'";

    // The bundled documentation viewers style themselves inline, draw with data: images and work in blob: workers; still nothing leaves the host.
    private const string Viewers = Pages + "; style-src 'self' 'unsafe-inline'; img-src 'self' data:; worker-src 'self' blob:";

    /// <summary>Handles one request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        var path = context.Request.Path;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = IsViewer(path, "/docs") || IsViewer(path, "/redoc") ? Viewers : Pages;
        return next(context);
    }

    private static bool IsViewer(PathString path, string viewer) => path.StartsWithSegments(viewer, StringComparison.OrdinalIgnoreCase);
}
