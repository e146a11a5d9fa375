using System.Text.Json;
using System.Text.Json.Serialization;

namespace Omnibook.Server.Apis.Documents;

/// <summary>A socket in the list of sockets.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Summary">What it is.</param>
/// <param name="Description">What comes when.</param>
/// <param name="Kind"><c>state</c>: only the newest frame waits for a slow client; <c>event</c>: frames wait in order, and too many drop the oldest.</param>
/// <param name="Example">A frame.</param>
internal sealed record SocketEntry(string Path, string Summary, string Description, string Kind, JsonElement Example);

/// <summary>Source-generated JSON of the list of sockets.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(List<SocketEntry>))]
internal sealed partial class DocumentsJson : JsonSerializerContext;
