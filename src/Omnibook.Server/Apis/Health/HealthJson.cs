using System.Text.Json.Serialization;

namespace Omnibook.Server.Apis.Health;

/// <summary>Source-generated JSON of the health routes.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(ProbeReport))]
internal sealed partial class HealthJson : JsonSerializerContext;
