using System.Text.Json;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Bybit;

/// <summary>
/// The outside of a frame. The order of its keys differs between topics, so it is read to its end before anything is concluded;
/// <c>data</c> is passed over and read afterwards, when the topic is known.
/// <code>
/// {"topic":"publicTrade.BTCUSDT","type":"snapshot","ts":1672304486868,"data":[…]}
/// {"topic":"orderbook.1.BTCUSDT","ts":1672304484978,"type":"snapshot","data":{…},"cts":1672304484976}
/// {"success":true,"ret_msg":"pong","conn_id":"465772b1-…","req_id":"9","op":"ping"}
/// </code>
/// </summary>
internal ref struct BybitEnvelope
{
    /// <summary>The topic; empty for an answer.</summary>
    public ReadOnlySpan<byte> Topic;

    /// <summary>True for <c>snapshot</c>.</summary>
    public bool IsSnapshot;

    /// <summary>True for <c>delta</c>.</summary>
    public bool IsDelta;

    /// <summary>When the frame was made, in milliseconds; 0 when it does not say.</summary>
    public long SentAt;

    /// <summary>When the matching engine made the change (<c>cts</c>), in milliseconds; 0 when it does not say.</summary>
    public long EngineAt;

    /// <summary>Stands before the value of <c>data</c>.</summary>
    public Utf8JsonReader Data;

    /// <summary>True when there is a <c>data</c>.</summary>
    public bool HasData;

    /// <summary>Reads the whole frame.</summary>
    /// <returns>False when something that is known has not its form.</returns>
    /// <exception cref="JsonException">The frame is not JSON.</exception>
    public static bool TryRead(ReadOnlySpan<byte> frame, out BybitEnvelope envelope)
    {
        envelope = default;
        var read = default(BybitEnvelope);
        var reader = new Utf8JsonReader(frame, JsonRead.Options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!read.TryReadField(ref reader))
            {
                return false;
            }
        }

        // Anything behind the object is not JSON, and the reader says so.
        envelope = read;
        return !reader.Read();
    }

    private bool TryReadField(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("data"u8))
        {
            Data = reader;
            HasData = true;
            reader.Skip();
            return true;
        }

        if (reader.ValueTextEquals("topic"u8))
        {
            reader.Read();
            Topic = JsonRead.Text(reader);
            return !Topic.IsEmpty;
        }

        if (reader.ValueTextEquals("type"u8))
        {
            reader.Read();
            IsSnapshot = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("snapshot"u8);
            IsDelta = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("delta"u8);
            return reader.TokenType == JsonTokenType.String;
        }

        if (reader.ValueTextEquals("ts"u8))
        {
            reader.Read();
            return JsonRead.TryInteger(reader, out SentAt);
        }

        if (reader.ValueTextEquals("cts"u8))
        {
            reader.Read();
            return JsonRead.TryInteger(reader, out EngineAt);
        }

        reader.Skip();
        return true;
    }
}
