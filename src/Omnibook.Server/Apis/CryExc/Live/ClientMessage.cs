using System.Text.Json;

namespace Omnibook.Server.Apis.CryExc.Live;

/// <summary>What a client wants of one stream.</summary>
/// <param name="Stream">The stream's name.</param>
/// <param name="InstanceId">How the client calls this subscription; null where it does not.</param>
/// <param name="Config">The options.</param>
internal sealed record StreamWish(string Stream, string? InstanceId, JsonElement Config)
{
    private const int LongestText = 128;

    /// <summary>What tells the subscriptions of a connection apart: a second one with the same key takes the place of the first.</summary>
    public string Key => InstanceId is null ? Stream : $"{Stream}:{InstanceId}";

    /// <summary>Reads a wish.</summary>
    /// <exception cref="StreamRefusedException">It is none.</exception>
    public static StreamWish Read(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object)
        {
            throw new StreamRefusedException("A subscription should be a JSON object");
        }

        var stream = TextOf(message, "stream") ?? throw new StreamRefusedException("stream is missing");
        if (message.TryGetProperty("config", out var config) && config.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null))
        {
            throw new StreamRefusedException("config should be a JSON object");
        }

        return new StreamWish(stream, TextOf(message, "instanceId"), config);
    }

    /// <summary>A text of a message, as far as it can be read; for error frames.</summary>
    public static string? TryText(JsonElement message, string name) =>
        message.ValueKind == JsonValueKind.Object && message.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: <= LongestText } text ? text : null;

    private static string? TextOf(JsonElement message, string name) =>
        !message.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
        : TryText(message, name) ?? throw new StreamRefusedException($"{name} should be a text of at most {LongestText} characters");
}
