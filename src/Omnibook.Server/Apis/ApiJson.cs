using System.Text.Json.Serialization;

namespace Omnibook.Server.Apis;

/// <summary>Source-generated JSON of the bodies that every dialect shares.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(InvalidBody))]
internal sealed partial class ApiJson : JsonSerializerContext;
