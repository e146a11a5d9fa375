using System.Text.Json;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Binance;

/// <summary>
/// The outside of a frame: <c>{"stream":"btcusdt@aggTrade","data":{…}}</c>, a bare event, or an answer to something that we sent:
/// <c>{"result":null,"id":1}</c>, <c>{"error":{"code":4,"msg":"Too many subscriptions"},"id":19}</c>, <c>{"code":2,"msg":"…","id":1}</c>.
/// Reading it goes through the whole frame once, so afterwards the frame is known to be one JSON object.
/// </summary>
internal ref struct BinanceEnvelope
{
    /// <summary><c>stream</c>; empty when there is none.</summary>
    public ReadOnlySpan<byte> Stream;

    /// <summary>The event's name, <c>e</c>.</summary>
    public ReadOnlySpan<byte> Event;

    /// <summary>The event has the key <c>u</c>.</summary>
    public bool HasUpdateId;

    /// <summary>Stands at the opening brace of the event.</summary>
    public Utf8JsonReader Payload;

    /// <summary>There was a key <c>result</c> and it was null, which is how a request is accepted.</summary>
    public bool IsAccepted;

    /// <summary>There was a <c>code</c>, flat or within <c>error</c>.</summary>
    public bool IsError;

    /// <summary>The error's code.</summary>
    public long Code;

    /// <summary>The error's text.</summary>
    public string? Message;

    /// <summary>The number of the request that is answered; -1 when there is none.</summary>
    public long Id;

    /// <summary>Reads the outside of a frame.</summary>
    /// <returns>False when the frame is JSON but no object.</returns>
    /// <exception cref="JsonException">The frame is not JSON.</exception>
    public static bool TryRead(ReadOnlySpan<byte> frame, out BinanceEnvelope envelope)
    {
        var reader = new Utf8JsonReader(frame, JsonRead.Options);
        reader.Read();
        var outside = new BinanceEnvelope { Id = -1, Payload = reader };
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                outside.ReadProperty(ref reader);
            }
        }

        Finish(ref reader);
        envelope = outside;
        return outside.Payload.TokenType == JsonTokenType.StartObject;
    }

    /// <summary>Reads on to the end of the frame, so that whatever follows the object is found as an error.</summary>
    private static void Finish(scoped ref Utf8JsonReader reader)
    {
        while (reader.Read())
        {
        }
    }

    private void ReadProperty(scoped ref Utf8JsonReader reader)
    {
        var key = reader.ValueSpan;
        reader.Read();
        if (key.SequenceEqual("stream"u8))
        {
            Stream = JsonRead.Text(reader);
        }
        else if (key.SequenceEqual("data"u8) && reader.TokenType == JsonTokenType.StartObject)
        {
            Payload = reader;
            ReadEventName(ref reader);
        }
        else if (key.SequenceEqual("e"u8))
        {
            Event = JsonRead.Text(reader);
        }
        else if (key.SequenceEqual("u"u8))
        {
            HasUpdateId = true;
        }
        else
        {
            ReadAnswer(key, ref reader);
        }

        reader.Skip();
    }

    private void ReadEventName(scoped ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isEvent = reader.ValueSpan.SequenceEqual("e"u8);
            HasUpdateId |= reader.ValueSpan.SequenceEqual("u"u8);
            reader.Read();
            if (isEvent)
            {
                Event = JsonRead.Text(reader);
            }

            reader.Skip();
        }
    }

    private void ReadAnswer(ReadOnlySpan<byte> key, scoped ref Utf8JsonReader reader)
    {
        if (key.SequenceEqual("result"u8))
        {
            IsAccepted = reader.TokenType == JsonTokenType.Null;
        }
        else if (key.SequenceEqual("id"u8))
        {
            Id = JsonRead.TryInteger(reader, out var id) ? id : -1;
        }
        else if (key.SequenceEqual("code"u8))
        {
            IsError = JsonRead.TryInteger(reader, out Code);
        }
        else if (key.SequenceEqual("msg"u8))
        {
            Message = BinanceText.Shorten(JsonRead.Text(reader));
        }
        else if (key.SequenceEqual("error"u8) && reader.TokenType == JsonTokenType.StartObject)
        {
            ReadError(ref reader);
        }
    }

    private void ReadError(scoped ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.ValueSpan;
            reader.Read();
            ReadAnswer(key, ref reader);
            reader.Skip();
        }
    }
}
