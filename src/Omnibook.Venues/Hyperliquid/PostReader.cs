using System.Text;
using System.Text.Json;

namespace Omnibook.Venues.Hyperliquid;

/// <summary>Finds the book, or the refusal, in the answer to a request made on the socket.</summary>
/// <example>
/// <code>
/// {"id":12,"response":{"type":"info","payload":{"type":"l2Book","data":{"coin":"ETH","time":1790000000123,"levels":[[],[]]}}}}
/// {"id":12,"response":{"type":"error","payload":"too many pending post requests"}}
/// </code>
/// </example>
internal ref struct PostReader
{
    /// <summary>Where the book begins; only set when <see cref="Find"/> is true.</summary>
    public Utf8JsonReader Book { get; private set; }

    /// <summary>The venue's words when it refused; otherwise null.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Reads the object at which <paramref name="reader"/> stands, to its end.</summary>
    /// <returns>True when it holds a book. An unknown coin gives null in the book's place.</returns>
    public bool Find(ref Utf8JsonReader reader)
    {
        var response = Member(ref reader, "response"u8);
        FrameJson.Finish(ref reader);
        var payload = Member(ref response, "payload"u8);
        if (payload.TokenType == JsonTokenType.String)
        {
            Refusal = Encoding.UTF8.GetString(FrameJson.Text(ref payload));
            return false;
        }

        var type = payload;
        type = Member(ref type, "type"u8);
        Book = Member(ref payload, "data"u8);
        return Book.TokenType == JsonTokenType.StartObject
            && type.TokenType == JsonTokenType.String && type.ValueTextEquals("l2Book"u8);
    }

    /// <summary>The reader at the value of a member, read past the object; at nothing when there is no such member.</summary>
    private static Utf8JsonReader Member(scoped ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name)
    {
        var found = default(Utf8JsonReader);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return found;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals(name);
            reader.Read();
            found = isIt ? reader : found;
            reader.Skip();
        }

        return found;
    }
}
