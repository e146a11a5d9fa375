using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Lighter;

/// <summary>
/// Reads the frames that carry no data, and answers them. They are rare, so they may allocate. Answers name no request.
/// <code>
/// {"session_id":"4a1c…","type":"connected"}
/// {"type":"ping"}
/// {"type":"unsubscribed","channel":"order_book:0"}
/// {"error":{"code":30003,"message":"Already Subscribed to : ticker:3"}}
/// {"type":"error","code":23003,"message":"Too many connections"}
/// </code>
/// </summary>
internal sealed class LighterControl(IReadOnlyList<StreamPlan> streams)
{
    // https://github.com/JKorf/Lighter.Net, LighterErrors: 30003 already subscribed.
    private const long AlreadySubscribed = 30003;
    private static readonly ReadOnlyMemory<byte>[] Pong = ["{\"type\":\"pong\"}"u8.ToArray()];

    // Streams are begun anew by whoever watches them, while frames are translated.
    private readonly ConcurrentDictionary<int, bool> _givenUp = [];

    /// <summary>
    /// The first step of beginning a stream anew: a second subscribe alone is answered by 30003 and no snapshot. The stream is
    /// subscribed by the reply to the acknowledgement.
    /// </summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Resubscribe(int stream)
    {
        _givenUp[stream] = true;
        return [LighterChannels.Unsubscribe(streams[stream])];
    }

    /// <summary>What a frame of this type means.</summary>
    public FrameOutcome Translate(scoped in LighterEnvelope envelope, ReadOnlySpan<byte> frame)
    {
        if (envelope.Type.SequenceEqual("ping"u8))
        {
            // Older servers ask, and close with 1008 "no pong" (elliottech/lighter-python#11); newer ones are asked.
            return new FrameOutcome(FrameKind.Heartbeat, Reply: Pong);
        }

        if (envelope.Type.SequenceEqual("pong"u8) || envelope.Type.SequenceEqual("connected"u8))
        {
            return new FrameOutcome(FrameKind.Heartbeat);
        }

        if (envelope.Type.SequenceEqual("unsubscribed"u8))
        {
            return GivenUp(StreamNamed(Encoding.UTF8.GetString(envelope.Channel)), null);
        }

        return envelope.HasError || envelope.Type.SequenceEqual("error"u8) ? Error(frame) : new FrameOutcome(FrameKind.Unknown);
    }

    private FrameOutcome GivenUp(int stream, string? words) =>
        stream >= 0 && _givenUp.TryRemove(stream, out _)
            ? new FrameOutcome(FrameKind.Heartbeat, stream, words, [LighterChannels.Subscribe(streams[stream])])
            : new FrameOutcome(FrameKind.Heartbeat, stream, words);

    private FrameOutcome Error(ReadOnlySpan<byte> frame)
    {
        using var document = Parse(frame);
        var error = document.RootElement.TryGetProperty("error", out var inner) && inner.ValueKind == JsonValueKind.Object
            ? inner
            : document.RootElement;
        var code = JsonField.Text(error, "code") ?? "";
        var message = JsonField.Text(error, "message") ?? "";
        var stream = StreamNamed(message);
        var words = $"{code} {message}".Trim();
        if (stream < 0)
        {
            return new FrameOutcome(FrameKind.Unknown, -1, words);
        }

        if (_givenUp.ContainsKey(stream))
        {
            return GivenUp(stream, words);
        }

        return code == AlreadySubscribed.ToString(CultureInfo.InvariantCulture)
            ? new FrameOutcome(FrameKind.Acknowledged, stream)
            : new FrameOutcome(FrameKind.Refused, stream, words);
    }

    /// <summary>The stream whose channel stands at the end of a text, written either way; -1 when none does.</summary>
    private int StreamNamed(string text)
    {
        var name = text[(text.LastIndexOf(' ') + 1)..].Replace(':', '/').Trim('"', '\'', '.');
        for (var i = 0; i < streams.Count; i++)
        {
            if (streams[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    private static JsonDocument Parse(ReadOnlySpan<byte> frame)
    {
        var reader = new Utf8JsonReader(frame);
        return JsonDocument.ParseValue(ref reader);
    }
}
