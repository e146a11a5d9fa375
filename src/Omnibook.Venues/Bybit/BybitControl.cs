using System.Text.Json;

namespace Omnibook.Venues.Bybit;

/// <summary>
/// Reads the frames that carry no topic: answers to requests, pongs. They are rare, so they may allocate. A pong of this socket has
/// the operation <c>ping</c>; other sockets of the venue say <c>pong</c>, and some answer without the number of the request.
/// <code>
/// {"success":true,"ret_msg":"","conn_id":"3cd84cb1-…","req_id":"s-0-2","op":"subscribe"}
/// {"success":true,"ret_msg":"pong","conn_id":"465772b1-…","req_id":"","op":"ping"}
/// {"success":false,"ret_msg":"error:already subscribed,topic:publicTrade.BTCUSDT","conn_id":"…","req_id":"s-0-2","op":"subscribe"}
/// </code>
/// https://bybit-exchange.github.io/docs/v5/ws/connect
/// </summary>
internal static class BybitControl
{
    /// <summary>What the frame means.</summary>
    /// <exception cref="JsonException">The frame is not JSON.</exception>
    public static FrameOutcome Translate(ReadOnlySpan<byte> frame, BybitSubscriptions subscriptions)
    {
        var reader = new Utf8JsonReader(frame);
        using var document = JsonDocument.ParseValue(ref reader);
        var answer = document.RootElement;
        var operation = Text(answer, "op");
        return operation switch
        {
            "ping" or "pong" => new FrameOutcome(FrameKind.Heartbeat),
            "subscribe" or "unsubscribe" => subscriptions.Answered(
                Text(answer, "req_id"), answer.TryGetProperty("success", out var success) && success.ValueKind == JsonValueKind.True, Text(answer, "ret_msg")),
            _ => new FrameOutcome(FrameKind.Unknown, -1, Text(answer, "ret_msg")),
        };
    }

    private static string Text(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
