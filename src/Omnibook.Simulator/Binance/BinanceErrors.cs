using System.Text.Json;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Binance;

/// <summary>Binance's error bodies: <c>{"code":-1121,"msg":"Invalid symbol."}</c>. Texts from the venue's page of error codes.</summary>
internal static class BinanceErrors
{
    /// <summary>A 400 with a code.</summary>
    public static RestAnswer Bad(int code, string text) => RestAnswer.Json(400, Body(code, text));

    /// <summary>A parameter is missing.</summary>
    public static RestAnswer Missing(string name) =>
        Bad(-1102, $"Mandatory parameter '{name}' was not sent, was empty/null, or malformed.");

    /// <summary>A parameter has a value that is not allowed.</summary>
    public static RestAnswer Invalid(string name) => Bad(-1130, $"Data sent for parameter '{name}' is not valid.");

    /// <summary>No such symbol.</summary>
    public static RestAnswer InvalidSymbol() => Bad(-1121, "Invalid symbol.");

    /// <summary>What the venue writes with an HTTP status.</summary>
    public static string BodyOf(int status, long now, BinanceLimits limits) => status switch
    {
        403 => "<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body>\r\n<center><h1>403 Forbidden</h1></center>\r\n</body>\r\n</html>\r\n",
        418 => Body(-1003, limits.Banned(now + 120_000)),
        429 => Body(-1003, limits.TooMany),
        451 => Body(0, "Service unavailable from a restricted location according to 'b. Eligibility' in https://www.binance.com/en/terms. Please contact customer service if you believe you received this message in error."),
        401 => Body(-2014, "API-key format invalid."),
        408 => Body(-1007, "Timeout waiting for response from backend server. Send status unknown; execution status unknown."),
        503 => Body(-1008, "Server is currently overloaded with other requests. Please try again in a few minutes."),
        _ => Body(-1000, "An unknown error occured while processing the request."),
    };

    /// <summary>The body of a code.</summary>
    public static string Body(int code, string text) =>
        $"{{\"code\":{code},\"msg\":{JsonSerializer.Serialize(text, SimulatorJson.Relaxed)}}}";
}
