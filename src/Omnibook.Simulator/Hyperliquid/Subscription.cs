using System.Text.Json;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Hyperliquid;

/// <summary>How a subscription is judged.</summary>
internal enum SubscriptionVerdict
{
    /// <summary>It is served.</summary>
    Fine,

    /// <summary>Answered with <c>Invalid subscription</c>; the socket stays.</summary>
    Invalid,

    /// <summary>The venue cuts the socket a moment later and says nothing.</summary>
    Deadly,
}

/// <summary>
/// A subscription with its defaults filled in, which is how the venue echoes it:
/// <c>{"type":"l2Book","coin":"BTC","nSigFigs":null,"mantissa":null}</c>.
/// </summary>
internal sealed record Subscription
{
    private static readonly string[] CoinTypes = ["l2Book", "bbo", "trades", "candle", "activeAssetCtx"];
    private static readonly string[] DexTypes = ["allMids", "assetCtxs"];

    /// <summary>The types that name a user.</summary>
    public static IReadOnlyList<string> UserTypes { get; } =
    [
        "userFills", "userEvents", "orderUpdates", "userFundings", "userNonFundingLedgerUpdates", "openOrders", "clearinghouseState",
        "userHistoricalOrders", "webData3",
    ];

    /// <summary>All types, which are also the channels that faults can pick.</summary>
    public static IReadOnlyList<string> Types { get; } = [.. CoinTypes, .. DexTypes, "allDexsAssetCtxs", .. UserTypes];

    /// <summary>For example <c>l2Book</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The coin, or null for types without one.</summary>
    public string? Coin { get; init; }

    /// <summary>Significant figures, or null for all.</summary>
    public int? Figures { get; init; }

    /// <summary>2 or 5 with five figures, or null.</summary>
    public int? Mantissa { get; init; }

    /// <summary>Five levels every half second in place of twenty every few seconds.</summary>
    public bool Fast { get; init; }

    /// <summary>A candle's interval.</summary>
    public string? Interval { get; init; }

    /// <summary>The dex, or null for the first.</summary>
    public string? Dex { get; init; }

    /// <summary>The user's address in lower case.</summary>
    public string? User { get; init; }

    /// <summary>The echo, which also tells subscriptions apart.</summary>
    public string Canonical { get; init; } = "";

    /// <summary>Reads a subscription.</summary>
    public static SubscriptionVerdict TryRead(HyperliquidVenue venue, JsonElement root, out Subscription subscription)
    {
        subscription = new Subscription { Type = Text(root, "type") ?? "" };
        if (!Types.Contains(subscription.Type, StringComparer.Ordinal))
        {
            return SubscriptionVerdict.Invalid;
        }

        subscription = subscription with
        {
            Coin = CoinTypes.Contains(subscription.Type) ? Text(root, "coin") : null,
            Figures = Number(root, "nSigFigs"),
            Mantissa = Number(root, "mantissa"),
            Fast = root.TryGetProperty("fast", out var fast) && fast.ValueKind == JsonValueKind.True,
            Interval = Text(root, "interval"),
            Dex = Text(root, "dex"),
            User = Text(root, "user")?.ToLowerInvariant(),
        };
        subscription = subscription with { Canonical = subscription.Echo() };
        return subscription.Judge(venue);
    }

    private SubscriptionVerdict Judge(HyperliquidVenue venue)
    {
        if (CoinTypes.Contains(Type))
        {
            return Coin is null ? SubscriptionVerdict.Invalid
                : !venue.Coins.ContainsKey(Coin) ? SubscriptionVerdict.Deadly
                : Type == "candle" && CandleInterval.Find(Interval) is null ? SubscriptionVerdict.Invalid
                : Type == "l2Book" && !IsGoodAggregation(Figures, Mantissa) ? SubscriptionVerdict.Deadly
                : SubscriptionVerdict.Fine;
        }

        if (UserTypes.Contains(Type, StringComparer.Ordinal))
        {
            return HyperliquidAddress.IsAddress(User) ? SubscriptionVerdict.Fine : SubscriptionVerdict.Invalid;
        }

        return Dex is null || venue.FindDex(Dex) is not null ? SubscriptionVerdict.Fine : SubscriptionVerdict.Deadly;
    }

    /// <summary>Two to five figures; a mantissa of 2 or 5 only with five.</summary>
    public static bool IsGoodAggregation(int? figures, int? mantissa) =>
        figures is null or >= 2 and <= 5 && (mantissa is null || (mantissa is 2 or 5 && figures == 5));

    private string Echo()
    {
        using var text = new JsonText();
        return System.Text.Encoding.UTF8.GetString(text.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("type", Type);
            Write(json, "coin", Coin);
            if (Type == "l2Book")
            {
                Write(json, "nSigFigs", Figures);
                Write(json, "mantissa", Mantissa);
                if (Fast)
                {
                    json.WriteBoolean("fast", true);
                }
            }

            Write(json, "interval", Type == "candle" ? Interval : null);
            Write(json, "user", Type.StartsWith("user", StringComparison.Ordinal) || UserTypes.Contains(Type, StringComparer.Ordinal) ? User : null);
            Write(json, "dex", Dex);
            json.WriteEndObject();
        }));
    }

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static int? Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;
}
