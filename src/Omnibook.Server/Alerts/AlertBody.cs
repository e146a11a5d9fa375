using System.Text.Json;
using System.Text.Json.Serialization;
using Omnibook.Core.Alerts;

namespace Omnibook.Server.Alerts;

/// <summary>An alert as it is written down: in requests, in answers, and in the file.</summary>
internal sealed record AlertBody
{
    /// <summary>A composite, a symbol of the Liquidity dialect, or an instrument as <c>venue/symbol</c>.</summary>
    public required string Symbol { get; init; }

    /// <summary><c>price</c>, <c>spread</c>, <c>depth</c>, <c>imbalance</c>, <c>funding</c>, <c>liquidation</c> or <c>state</c>.</summary>
    public required string Kind { get; init; }

    /// <summary><c>above</c> or <c>below</c>; for a state <c>down</c> or <c>up</c>.</summary>
    public required string When { get; init; }

    /// <summary>The threshold; none for a state.</summary>
    public decimal? Value { get; init; }

    /// <summary>How far the value has to go back before it is told again.</summary>
    public decimal Hysteresis { get; init; }

    /// <summary>The least time between two times that it is told.</summary>
    public int CoolDownSeconds { get; init; }

    /// <summary>The window of depth and imbalance.</summary>
    public int? WindowBps { get; init; }

    /// <summary>In what depth is told: <c>base</c> or <c>quote</c>.</summary>
    public string? Unit { get; init; }

    /// <summary>Whatever whoever made it wants to be told with it.</summary>
    public string? Note { get; init; }

    /// <summary>Where it is told besides the socket.</summary>
    public AlertWebhook? Webhook { get; init; }

    /// <summary>The composite that it is about; null for an instrument.</summary>
    public string? Composite { get; init; }

    /// <summary>The condition.</summary>
    [JsonIgnore]
    public AlertCondition Condition => new()
    {
        Kind = Enum.Parse<AlertKind>(Kind, ignoreCase: true),
        Direction = When is "above" or "up" ? AlertDirection.Above : AlertDirection.Below,
        Threshold = Value ?? (When == "up" ? 1 : 0),
        Hysteresis = Hysteresis,
        CoolDown = TimeSpan.FromSeconds(CoolDownSeconds),
        WindowBps = WindowBps ?? 50,
        InQuote = Unit == "quote",
    };

    /// <summary>As it is kept.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, AlertJson.Default.AlertBody);

    /// <summary>As it was kept.</summary>
    public static AlertBody FromJson(string json) =>
        JsonSerializer.Deserialize(json, AlertJson.Default.AlertBody) ?? throw new JsonException("An alert is an object.");
}

/// <summary>Where an alert is told.</summary>
/// <param name="Url">The address that is posted to.</param>
/// <param name="Secret">What the signature is made with; null for none.</param>
internal sealed record AlertWebhook(Uri Url, string? Secret);

/// <summary>Source-generated JSON of alerts.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AlertBody))]
internal sealed partial class AlertJson : JsonSerializerContext;
