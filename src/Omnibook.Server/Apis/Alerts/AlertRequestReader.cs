using System.Text.Json;
using Omnibook.Core.Alerts;
using Omnibook.Core.Liquidity;
using Omnibook.Server.Alerts;

namespace Omnibook.Server.Apis.Alerts;

/// <summary>Reads an alert out of a body and collects everything that is wrong, so that a caller learns it all at once.</summary>
internal sealed class AlertRequestReader(JsonElement body, AlertSymbols symbols, Func<string, string?> refuseWebhook)
{
    private const decimal Most = 1_000_000_000_000_000;
    private const int LongestCoolDown = 7 * 24 * 3600;
    private const int LongestNote = 200;
    private const int LongestSecret = 256;

    private static readonly string[] Kinds = [.. Enum.GetNames<AlertKind>().Select(name => name.ToLowerInvariant())];

    private static readonly string[] Fields =
        ["symbol", "kind", "when", "value", "hysteresis", "cool_down_seconds", "window_bps", "unit", "note", "webhook"];

    private readonly List<InvalidValue> _wrong = [];

    /// <summary>Reads it; what is wrong where it is no alert.</summary>
    public (AlertBody? Alert, IReadOnlyList<InvalidValue> Wrong) Read()
    {
        foreach (var field in body.EnumerateObject().Where(field => !Fields.Contains(field.Name, StringComparer.Ordinal)))
        {
            Complain([field.Name], $"There is no such field; there are {string.Join(", ", Fields)}", "extra_forbidden", field.Name);
        }

        var kind = Word("kind", null, Kinds);
        var isState = kind == "state";
        var (hasWindow, hasUnit) = (kind is "depth" or "imbalance", kind == "depth");
        var (symbol, composite) = Symbol();
        var alert = new AlertBody
        {
            Symbol = symbol,
            Composite = composite,
            Kind = kind,
            When = Word("when", isState ? "down" : "above", isState ? ["down", "up"] : kind == "liquidation" ? ["above"] : ["above", "below"]),
            Value = isState ? Absent<decimal?>("value", kind) : Number("value", -Most, Most) ?? Missing(),
            Hysteresis = isState || kind == "liquidation" ? Absent<decimal>("hysteresis", kind) : Number("hysteresis", 0, Most) ?? 0,
            CoolDownSeconds = Whole("cool_down_seconds", 0, LongestCoolDown) ?? 0,
            WindowBps = hasWindow ? Whole("window_bps", LiquidityMeter.NarrowestBps, LiquidityMeter.WidestBps) ?? 50 : Absent<int?>("window_bps", kind),
            Unit = hasUnit ? Word("unit", "base", ["base", "quote"]) : Absent<string?>("unit", kind),
            Note = Text("note", LongestNote),
            Webhook = Webhook(),
        };
        return (_wrong.Count == 0 ? alert : null, _wrong);
    }

    private (string Symbol, string? Composite) Symbol()
    {
        var text = Text("symbol", 100);
        if (text is null)
        {
            Complain(["symbol"], "Field required", "missing", null);
            return ("", null);
        }

        if (symbols.TryFind(text, out var symbol, out var composite, out var problem))
        {
            return (symbol, composite);
        }

        Complain(["symbol"], problem, "value_error", text);
        return ("", null);
    }

    private AlertWebhook? Webhook()
    {
        if (Find("webhook") is not { } webhook)
        {
            return null;
        }

        if (webhook.ValueKind != JsonValueKind.Object || !webhook.TryGetProperty("url", out var url) || url.ValueKind != JsonValueKind.String)
        {
            Complain(["webhook", "url"], "Input should be an object with a url and, if it is to be signed, a secret", "missing", null);
            return null;
        }

        if (refuseWebhook(url.GetString()!) is { } refusal)
        {
            Complain(["webhook", "url"], refusal, "value_error", url.GetString());
            return null;
        }

        string? secret = null;
        if (webhook.TryGetProperty("secret", out var given) && given.ValueKind != JsonValueKind.Null)
        {
            secret = given.ValueKind == JsonValueKind.String ? given.GetString() : "";
            if (secret!.Length is 0 or > LongestSecret)
            {
                Complain(["webhook", "secret"], $"Input should be a text of 1 to {LongestSecret} characters", "value_error", null);
            }
        }

        return new AlertWebhook(new Uri(url.GetString()!), secret);
    }

    private JsonElement? Find(string name) => body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private string? Text(string name, int longest)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text && text.Length <= longest)
        {
            return text;
        }

        Complain([name], $"Input should be a text of 1 to {longest} characters", "string_type", value.GetRawText());
        return null;
    }

    private string Word(string name, string? otherwise, string[] allowed)
    {
        var word = Find(name) is { } value ? value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText() : otherwise;
        if (word is null)
        {
            Complain([name], $"Field required: one of {string.Join(", ", allowed)}", "missing", null);
        }
        else if (!allowed.Contains(word, StringComparer.Ordinal))
        {
            Complain([name], $"Input should be {string.Join(" or ", allowed)}, not '{word}'", "enum", word);
        }

        return word ?? "";
    }

    private decimal? Number(string name, decimal least, decimal most)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number >= least && number <= most)
        {
            return number;
        }

        Complain([name], $"Input should be a number from {least} to {most}", "value_error", value.GetRawText());
        return 0;
    }

    private int? Whole(string name, int least, int most)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most)
        {
            return number;
        }

        Complain([name], $"Input should be a whole number from {least} to {most}", "value_error", value.GetRawText());
        return least;
    }

    private decimal Missing()
    {
        Complain(["value"], "Field required", "missing", null);
        return 0;
    }

    private T? Absent<T>(string name, string kind)
    {
        if (Find(name) is { } value && kind.Length > 0)
        {
            Complain([name], $"An alert on {kind} has none", "extra_forbidden", value.GetRawText());
        }

        return default;
    }

    private void Complain(string[] where, string message, string type, string? input) => _wrong.Add(new InvalidValue(
        ["body", .. where], message, type, input is { Length: > 80 } ? string.Concat(input.AsSpan(0, 80), "…") : input));
}
