using System.Text.Json;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Bybit;

/// <summary>Bybit's errors: the usual envelope with a code, mostly under HTTP 200. Codes from the venue's page of error codes.</summary>
internal static class BybitErrors
{
    /// <summary>What an address that asks too often is told with HTTP 403, for ten minutes.</summary>
    public const string AccessTooFrequent = "403, access too frequent";

    /// <summary>A parameter is wrong.</summary>
    public static RestAnswer Parameter(string what, long now) => RestAnswer.Json(200, Body(10001, $"params error: {what}", now));

    /// <summary>What the venue writes with an HTTP status.</summary>
    public static string BodyOf(int status, long now) => status switch
    {
        200 or 429 => Body(10006, "Too many visits!", now),
        403 => AccessTooFrequent,
        404 => Body(10017, "Path not found or route not found", now),
        408 or 504 => Body(10000, "Server Timeout", now),
        451 => Body(10009, "IP has been banned", now),
        _ => Body(10016, "Internal System Error.", now),
    };

    /// <summary>The envelope of a code.</summary>
    public static string Body(int code, string text, long now) =>
        $"{{\"retCode\":{code},\"retMsg\":{JsonSerializer.Serialize(text, SimulatorJson.Relaxed)},\"result\":{{}},\"retExtInfo\":{{}},\"time\":{now}}}";
}
