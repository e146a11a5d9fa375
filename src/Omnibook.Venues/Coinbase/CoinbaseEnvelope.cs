using System.Text.Json;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Coinbase;

/// <summary>
/// The outside of a frame, read to its end before anything is concluded; the events are passed over and read afterwards.
/// <code>
/// {"channel":"l2_data","client_id":"","timestamp":"2026-04-07T14:30:00.123456Z","sequence_num":2,"events":[{"type":"update","product_id":"BTC-USD","updates":[…]}]}
/// {"type":"error","message":"authentication failure"}
/// </code>
/// </summary>
internal ref struct CoinbaseEnvelope
{
    /// <summary>The channel; empty when there is none.</summary>
    public ReadOnlySpan<byte> Channel;

    /// <summary>When the frame was sent; empty when it does not say.</summary>
    public ReadOnlySpan<byte> SentAt;

    /// <summary>The number of the frame on its connection; -1 when it has none.</summary>
    public long Number;

    /// <summary>Stands before the array of events.</summary>
    public Utf8JsonReader Events;

    /// <summary>Whether there are events.</summary>
    public bool HasEvents;

    /// <summary>Whether the frame is an error.</summary>
    public bool IsError;

    /// <summary>The words of an error.</summary>
    public string? Message;

    /// <summary>Reads the whole frame.</summary>
    /// <returns>False when it is no object, or its number cannot be one.</returns>
    /// <exception cref="JsonException">The frame is not JSON.</exception>
    public static bool TryRead(ReadOnlySpan<byte> frame, out CoinbaseEnvelope envelope)
    {
        envelope = default;
        var read = new CoinbaseEnvelope { Number = -1 };
        var reader = new Utf8JsonReader(frame, JsonRead.Options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var isGood = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            isGood &= read.TryReadField(ref reader);
        }

        // Anything behind the object is not JSON, and the reader says so.
        envelope = read;
        return !reader.Read() && isGood;
    }

    private bool TryReadField(ref Utf8JsonReader reader)
    {
        var isNumber = reader.ValueTextEquals("sequence_num"u8);
        if (reader.ValueTextEquals("events"u8))
        {
            Events = reader;
            HasEvents = true;
            reader.Skip();
        }
        else if (reader.ValueTextEquals("channel"u8))
        {
            reader.Read();
            Channel = JsonRead.Text(reader);
        }
        else if (reader.ValueTextEquals("timestamp"u8))
        {
            reader.Read();
            SentAt = JsonRead.Text(reader);
        }
        else if (reader.ValueTextEquals("type"u8))
        {
            reader.Read();
            IsError = JsonRead.Text(reader).SequenceEqual("error"u8);
        }
        else if (reader.ValueTextEquals("message"u8))
        {
            reader.Read();
            Message = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        }
        else
        {
            reader.Read();
        }

        var isGood = !isNumber || (JsonRead.TryInteger(reader, out Number) && CoinbaseSession.IsNumber(Number));
        reader.Skip();
        return isGood;
    }
}
