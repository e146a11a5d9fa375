using System.Text.Json.Serialization;

namespace Omnibook.Server.Apis.Liquidity;

/// <summary>Source-generated JSON of the dialect's small bodies.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(NotLiveBody))]
internal sealed partial class LiquidityJson : JsonSerializerContext;

/// <summary>That a symbol cannot be routed in now.</summary>
/// <param name="Detail">Why.</param>
internal sealed record NotLiveBody(NotLiveDetail Detail);

/// <summary>Why a symbol cannot be routed in now.</summary>
/// <param name="Reason"><c>warming</c> or <c>degraded</c>.</param>
/// <param name="Status">The same, as the stream says it.</param>
internal sealed record NotLiveDetail(string Reason, string Status);
