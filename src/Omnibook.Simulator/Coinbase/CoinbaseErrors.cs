using System.Text.Json;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Coinbase;

/// <summary>The bodies of refusals: <c>{"error":"NOT_FOUND","error_details":"valid product_id is required","message":"valid product_id is required"}</c>.</summary>
internal static class CoinbaseErrors
{
    /// <summary>A parameter that cannot be.</summary>
    public static RestAnswer Invalid(string message) => RestAnswer.Json(400, Body("INVALID_ARGUMENT", message));

    /// <summary>No such product, or no such path.</summary>
    public static RestAnswer NotFound(string message) => RestAnswer.Json(404, Body("NOT_FOUND", message));

    /// <summary>What the venue writes with an HTTP status.</summary>
    public static string BodyOf(int status) => status switch
    {
        429 => "{\"errors\":[{\"id\":\"rate_limit_exceeded\",\"message\":\"Too many requests\"}]}",
        401 => "Unauthorized\n",
        403 or 451 => Body("PERMISSION_DENIED", "Forbidden"),
        404 => Body("NOT_FOUND", "not found"),
        >= 500 => Body("INTERNAL", "internal server error"),
        _ => Body("unknown", "unknown error"),
    };

    private static string Body(string error, string message)
    {
        var text = JsonSerializer.Serialize(message, SimulatorJson.Relaxed);
        return $"{{\"error\":\"{error}\",\"error_details\":{text},\"message\":{text}}}";
    }
}
