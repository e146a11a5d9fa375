using System.Text.Encodings.Web;
using System.Text.Json;

namespace Omnibook.Venues.Hyperliquid;

/// <summary>Writes what is sent to the venue.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One object with the members that <paramref name="writeMembers"/> writes, UTF-8, without blanks.</summary>
    public static ReadOnlyMemory<byte> Object(Action<Utf8JsonWriter> writeMembers)
    {
        var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, AsWritten))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
