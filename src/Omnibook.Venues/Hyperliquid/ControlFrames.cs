using System.Text.Json;

namespace Omnibook.Venues.Hyperliquid;

/// <summary>
/// Reads the frames that answer subscriptions. They are rare, so they may allocate.
/// <code>
/// {"channel":"subscriptionResponse","data":{"method":"subscribe","subscription":{"type":"l2Book","coin":"BTC","nSigFigs":null,"mantissa":null}}}
/// {"channel":"error","data":"Already subscribed: {\"type\":\"trades\",\"coin\":\"BTC\"}"}
/// </code>
/// </summary>
internal sealed class ControlFrames
{
    private readonly Dictionary<Subscription, int> _streams = [];

    /// <summary>Knows the subscriptions of a plan.</summary>
    public ControlFrames(IReadOnlyList<StreamPlan> streams)
    {
        for (var i = 0; i < streams.Count; i++)
        {
            _streams.TryAdd(Subscription.Of(streams[i]), i);
        }
    }

    /// <summary>An acknowledgement: it echoes the subscription with the venue's defaults filled in.</summary>
    /// <exception cref="JsonException">The frame is not JSON.</exception>
    public FrameOutcome Answer(ref Utf8JsonReader reader)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        FrameJson.Finish(ref reader);
        var data = document.RootElement;
        if (data.ValueKind != JsonValueKind.Object
            || !data.TryGetProperty("method"u8, out var method)
            || !data.TryGetProperty("subscription"u8, out var echo))
        {
            return FrameOutcome.Malformed("subscriptionResponse without method or subscription");
        }

        if (method.ValueKind == JsonValueKind.String && method.ValueEquals("unsubscribe"u8))
        {
            return new FrameOutcome(FrameKind.Heartbeat);
        }

        return StreamOf(echo) is var stream and >= 0
            ? new FrameOutcome(FrameKind.Acknowledged, stream)
            : new FrameOutcome(FrameKind.Unknown, -1, $"acknowledgement of something else: {echo.GetRawText()}");
    }

    /// <summary>An error: a text that embeds the subscription, without a number that would tell which request it answers.</summary>
    /// <exception cref="JsonException">The frame is not JSON.</exception>
    public FrameOutcome Error(ref Utf8JsonReader reader)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        FrameJson.Finish(ref reader);
        var data = document.RootElement;
        var text = data.ValueKind == JsonValueKind.String ? data.GetString()! : data.GetRawText();
        var stream = EmbeddedStream(text);

        // Asked twice, because an acknowledgement was late: the stream runs.
        if (text.StartsWith("Already subscribed", StringComparison.Ordinal) && stream >= 0)
        {
            return new FrameOutcome(FrameKind.Acknowledged, stream);
        }

        if (text.StartsWith("Already unsubscribed", StringComparison.Ordinal))
        {
            return new FrameOutcome(FrameKind.Heartbeat, -1, text);
        }

        return stream >= 0 || text.StartsWith("Invalid subscription", StringComparison.Ordinal)
            ? new FrameOutcome(FrameKind.Refused, stream, text)
            : new FrameOutcome(FrameKind.Unknown, -1, text);
    }

    /// <summary>The stream whose subscription, or whose whole request, stands in the text of an error; -1 when none does.</summary>
    private int EmbeddedStream(string text)
    {
        var from = text.IndexOf('{', StringComparison.Ordinal);
        var to = text.LastIndexOf('}');
        if (from < 0 || to < from)
        {
            return -1;
        }

        try
        {
            using var embedded = JsonDocument.Parse(text.AsMemory(from, to - from + 1));
            return embedded.RootElement.TryGetProperty("subscription"u8, out var inner)
                ? StreamOf(inner)
                : StreamOf(embedded.RootElement);
        }
        catch (JsonException)
        {
            // The venue cuts long texts: then it names no stream, and the caller gets its words.
            return -1;
        }
    }

    private int StreamOf(JsonElement echo) =>
        Subscription.TryRead(echo, out var subscription) ? _streams.GetValueOrDefault(subscription, -1) : -1;
}
