using System.Globalization;
using System.Text.Json;
using Omnibook.Core.Events;

namespace Omnibook.Server.Apis.Liquidity.Recorded;

/// <summary>What a client of <c>/ws/replay</c> asks for.</summary>
/// <param name="From">From when.</param>
/// <param name="To">To when, included.</param>
/// <param name="Speed">How many times as fast as it was.</param>
internal sealed record ReplayRequest(Timestamp From, Timestamp To, decimal Speed)
{
    /// <summary>The slowest.</summary>
    public const decimal Slowest = 0.1m;

    /// <summary>The fastest.</summary>
    public const decimal Fastest = 1_000;

    /// <summary>Reads a moment: ISO 8601, or milliseconds since the Unix epoch.</summary>
    public static Timestamp? Moment(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? milliseconds is > 0 and < 9_000_000_000_000 ? Timestamp.FromMilliseconds(milliseconds) : null
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) && moment.Year is > 1970 and < 2200
                ? Timestamp.From(moment)
                : null;

    /// <summary>Reads a speed.</summary>
    public static decimal? SpeedOf(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var speed) && speed is >= Slowest and <= Fastest ? speed : null;
}

/// <summary>What a client says to a running replay.</summary>
/// <param name="Pause">True pauses, false goes on; null leaves it.</param>
/// <param name="SeekTo">Where to go on from; null leaves it.</param>
/// <param name="Speed">How fast; null leaves it.</param>
internal sealed record ReplayControl(bool? Pause, Timestamp? SeekTo, decimal? Speed)
{
    /// <summary>What there is to say.</summary>
    public const string Choices = """{"op":"pause"}, {"op":"resume"}, {"op":"seek","to":"2026-11-20T12:00:00Z"} or {"op":"speed","value":10}""";

    /// <summary>Reads it; null for what is none.</summary>
    public static ReplayControl? Read(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("op", out var op) && op.ValueKind == JsonValueKind.String
                ? Read(op.GetString()!, root)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ReplayControl? Read(string op, JsonElement root) => op switch
    {
        "pause" => new ReplayControl(true, null, null),
        "resume" => new ReplayControl(false, null, null),
        "seek" when root.TryGetProperty("to", out var to) && ReplayRequest.Moment(Text(to)) is { } moment => new ReplayControl(null, moment, null),
        "speed" when root.TryGetProperty("value", out var value) && ReplayRequest.SpeedOf(Text(value)) is { } speed => new ReplayControl(null, null, speed),
        _ => null,
    };

    private static string Text(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText();
}
