using System.Text.Json.Serialization;

namespace Omnibook.Server.Apis.Documents;

/// <summary>What this is, and where to go on.</summary>
/// <param name="Name">Omnibook.</param>
/// <param name="Version">Version of the program.</param>
/// <param name="Status">Always <c>operational</c>; <c>/health</c> says more.</param>
/// <param name="Mode"><c>live</c>, <c>demo</c> or <c>replay</c>.</param>
/// <param name="Docs">Where the documents are.</param>
/// <param name="Health">Where the health is.</param>
/// <param name="Sockets">Where the sockets are listed.</param>
/// <param name="Exchanges">The venues that are followed, by the names that the MarketData dialect has for them.</param>
/// <param name="Endpoints">Every path.</param>
internal sealed record AboutBody(
    string Name,
    string Version,
    string Status,
    string Mode,
    string Docs,
    string Health,
    string Sockets,
    IReadOnlyList<string> Exchanges,
    IReadOnlyList<string> Endpoints);

/// <summary>Source-generated JSON of the root.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AboutBody))]
internal sealed partial class AboutJson : JsonSerializerContext;
