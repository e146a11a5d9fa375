using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Omnibook.Server.Apis;

/// <summary>Source-generated JSON of the bodies that every dialect shares.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(InvalidBody))]
[JsonSerializable(typeof(CryExc.V1.V1ErrorBody))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>
    /// The same, without escaping what only HTML minds: the answers are JSON and are never sniffed for anything else, and people read them.
    /// </summary>
    public static ApiJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
