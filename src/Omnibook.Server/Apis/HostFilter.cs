using System.Net;

namespace Omnibook.Server.Apis;

/// <summary>
/// Refuses requests that call the server by a name it does not have. A hostile page whose name is made to point at this machine
/// (DNS rebinding) would otherwise count as the same origin and could read everything.
/// </summary>
internal sealed class HostFilter(RequestDelegate next, ApiOptions options)
{
    /// <summary>Handles one request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var host = context.Request.Host.Host;
        return IsAllowed(host)
            ? next(context)
            : ApiErrors.Detail(StatusCodes.Status400BadRequest, $"this server is not called '{host}'; ALLOWED_HOSTS names what it is called").ExecuteAsync(context);
    }

    private bool IsAllowed(string host) =>
        host is "localhost" or ""
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || IPAddress.TryParse(host.Trim('[', ']'), out _)
        || options.AllowedHosts.Any(allowed => allowed == "*" || string.Equals(allowed, host, StringComparison.OrdinalIgnoreCase));
}
