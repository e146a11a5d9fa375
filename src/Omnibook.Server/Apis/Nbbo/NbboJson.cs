using System.Text.Json.Serialization;

namespace Omnibook.Server.Apis.Nbbo;

/// <summary>Source-generated JSON of the dialect's small bodies.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(NbboHealth))]
internal sealed partial class NbboJson : JsonSerializerContext;

/// <summary>The dialect's own health.</summary>
/// <param name="Status">Always <c>ok</c>.</param>
internal sealed record NbboHealth(string Status);
