using System.Text.Json.Serialization;
using Omnibook.Server.Apis.PerpDex.Orders;
using Omnibook.Server.Apis.PerpDex.Prices;
using Omnibook.Server.Apis.PerpDex.Trading;

namespace Omnibook.Server.Apis.PerpDex;

/// <summary>Source-generated JSON of the dialect's small bodies.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(PairStats))]
[JsonSerializable(typeof(PerpHealth))]
[JsonSerializable(typeof(PerpHealthDetail))]
[JsonSerializable(typeof(DexStatus))]
[JsonSerializable(typeof(OrderReply))]
[JsonSerializable(typeof(OrderReply[]))]
[JsonSerializable(typeof(OrderRow))]
[JsonSerializable(typeof(OrderRow[]))]
[JsonSerializable(typeof(TradingStatus))]
internal sealed partial class PerpJson : JsonSerializerContext;
