using System.Text;
using System.Text.Json;


namespace Omnibook.Simulator.Hyperliquid;

/// <summary>
/// Requests over the socket: <c>{"method":"post","id":12,"request":{"type":"info","payload":{"type":"l2Book","coin":"ETH"}}}</c>.
/// </summary>
internal static class HyperliquidPost
{
    /// <summary><c>{"channel":"post","data":{"id":12,"response":{"type":"info","payload":{"type":"l2Book","data":{…}}}}}</c></summary>
    public static byte[] Answer(HyperliquidVenue venue, JsonElement id, JsonElement request)
    {
        var response = request.ValueKind == JsonValueKind.Object
            && request.TryGetProperty("type", out var kind) && kind.ValueEquals("info")
            && request.TryGetProperty("payload", out var payload)
                ? Info(venue, payload)
                : "{\"type\":\"error\",\"payload\":\"Only info requests are simulated.\"}";
        return Encoding.UTF8.GetBytes($"{{\"channel\":\"post\",\"data\":{{\"id\":{id.GetRawText()},\"response\":{response}}}}}");
    }

    private static string Info(HyperliquidVenue venue, JsonElement payload)
    {
        var answer = venue.Rest.Info(payload);
        var body = Encoding.UTF8.GetString(answer.Body);
        if (answer.Status != 200)
        {
            return $"{{\"type\":\"error\",\"payload\":{JsonSerializer.Serialize($"{answer.Status}: {body}", SimulatorJson.Relaxed)}}}";
        }

        var type = payload.GetProperty("type").GetRawText();
        return $"{{\"type\":\"info\",\"payload\":{{\"type\":{type},\"data\":{body}}}}}";
    }
}
