using Microsoft.Extensions.Primitives;

namespace Omnibook.Server.Apis;

/// <summary>
/// Lets pages of other origins use the interfaces: answers the preflight of every path, and marks every answer, errors included.
/// No cookies are used, so any origin may read; <see cref="ApiOptions.AllowedOrigins"/> narrows it.
/// </summary>
/// <remarks>https://fetch.spec.whatwg.org/#http-cors-protocol, https://wicg.github.io/private-network-access/</remarks>
internal sealed class CrossOrigin(RequestDelegate next, ApiOptions options)
{
    private const string Methods = "GET, POST, DELETE, OPTIONS";
    private const string Headers = "Content-Type, Authorization";

    /// <summary>Handles one request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var allowed = AllowedOrigin(context.Request);
        if (!options.AllowsAnyOrigin)
        {
            context.Response.Headers.Append("Vary", "Origin");
        }

        if (allowed is not null)
        {
            context.Response.Headers.AccessControlAllowOrigin = allowed;
            context.Response.Headers.AccessControlExposeHeaders = "Retry-After";
        }

        if (HttpMethods.IsOptions(context.Request.Method))
        {
            AnswerOptions(context, allowed is not null);
            return Task.CompletedTask;
        }

        // Neither a socket nor a form has a preflight: an origin that is not on the list is turned away here.
        return allowed is null && (context.WebSockets.IsWebSocketRequest || !IsReading(context.Request.Method))
            ? ApiErrors.Detail(StatusCodes.Status403Forbidden, "this origin is not in ALLOWED_ORIGINS").ExecuteAsync(context)
            : next(context);
    }

    private static void AnswerOptions(HttpContext context, bool allowed)
    {
        var headers = context.Response.Headers;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        headers.Allow = Methods;
        if (!allowed)
        {
            return;
        }

        headers.AccessControlAllowMethods = Methods;
        headers.AccessControlAllowHeaders = Headers;
        headers.AccessControlMaxAge = "7200";
        if (context.Request.Headers["Access-Control-Request-Private-Network"] == "true")
        {
            headers["Access-Control-Allow-Private-Network"] = "true";
        }
    }

    private static bool IsReading(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    /// <summary>What may be allowed: everything, the one that asks, or nothing. A program that sends no origin is no page.</summary>
    private string? AllowedOrigin(HttpRequest request)
    {
        var origin = request.Headers.Origin;
        return options.AllowsAnyOrigin || StringValues.IsNullOrEmpty(origin) ? "*"
            : IsOurs(origin.ToString(), request.Host) ? origin.ToString()
            : options.AllowedOrigins.FirstOrDefault(allowed => string.Equals(allowed, origin, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Our own page. The host was checked before; the scheme may be that of a proxy.</summary>
    private static bool IsOurs(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page) && string.Equals(page.Authority, host.Value, StringComparison.OrdinalIgnoreCase);
}
