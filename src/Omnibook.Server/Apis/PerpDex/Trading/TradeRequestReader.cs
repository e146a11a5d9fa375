using System.Globalization;
using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Venues.Hyperliquid.Orders;

namespace Omnibook.Server.Apis.PerpDex.Trading;

/// <summary>Reads an order out of a body and collects everything that is wrong, so that a caller learns it all at once.</summary>
internal sealed class TradeRequestReader(JsonElement body)
{
    private const decimal Most = 1_000_000_000_000;

    private readonly List<InvalidValue> _wrong = [];

    /// <summary>Reads the body of a request; 422 where it is no order.</summary>
    public static async Task<(TradeRequest? Request, IResult? Problem)> ReadAsync(HttpContext context)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            return body.RootElement.ValueKind == JsonValueKind.Object ? new TradeRequestReader(body.RootElement).Read() : (null, NoObject());
        }
        catch (JsonException)
        {
            return (null, NoObject());
        }
    }

    private static IResult NoObject() => ApiErrors.Invalid([new InvalidValue(["body"], "Input should be a JSON object", "json_invalid", null)]);

    private (TradeRequest? Request, IResult? Problem) Read()
    {
        var isLimit = Word("order_type", "market", "market", "limit") == "limit";
        var request = new TradeRequest
        {
            Pair = Text("pair") ?? Missing("pair"),
            Side = Word("side", null, "long", "short") == "short" ? TakerSide.Sell : TakerSide.Buy,
            Size = Number("size", above: 0, Most) ?? Absent("size"),
            IsLimit = isLimit,
            Price = Number("price", above: 0, Most) ?? (isLimit ? Absent("price") : null),
            SlippageTolerance = Number("slippage_tolerance", least: 0, 1) ?? 0.01m,
            Leverage = Number("leverage", least: 1, 1_000) ?? 1,
            HoldingHours = Number("holding_hours", least: 0, 87_600) ?? 0,
            MaintenanceFraction = Number("maintenance_fraction", least: 0, 1),
            IsLive = Word("mode", "paper", "paper", "live") == "live",
            ClientId = ClientId(),
        };
        return _wrong.Count == 0 ? (request, null) : (null, ApiErrors.Invalid(_wrong));
    }

    private JsonElement? Find(string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value : null;

    private string? Text(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        Complain(name, "Input should be a text", "string_type", value.GetRawText());
        return string.Empty;
    }

    private string? Word(string name, string? otherwise, params string[] allowed)
    {
        var word = Text(name) ?? otherwise ?? Missing(name);
        if (word.Length > 0 && !allowed.Contains(word, StringComparer.Ordinal))
        {
            Complain(name, $"Input should be {string.Join(" or ", allowed.Select(one => $"'{one}'"))}", "enum", word);
        }

        return word;
    }

    private decimal? Number(string name, decimal above, decimal most) =>
        Number(name, number => number > above && number <= most, $"above {above} and at most {most}");

    private decimal? Number(string name, int least, decimal most) =>
        Number(name, number => number >= least && number <= most, $"from {least} to {most}");

    /// <summary>A number, or a text that is one: the original's own answers told decimals as texts.</summary>
    private decimal? Number(string name, Func<decimal, bool> isAllowed, string allowed)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        var isNumber = value.ValueKind == JsonValueKind.Number
            ? value.TryGetDecimal(out var number)
            : decimal.TryParse(value.ValueKind == JsonValueKind.String ? value.GetString() : null, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
        if (isNumber && isAllowed(number))
        {
            return number;
        }

        Complain(name, $"Input should be a number {allowed}", "value_error", value.GetRawText());
        return 1;
    }

    private string? ClientId()
    {
        var id = Text("cloid")?.ToLowerInvariant();
        if (id is not null && !OrderRules.IsClientId(id))
        {
            Complain("cloid", "Input should be 0x and 32 hexadecimal digits", "value_error", id);
        }

        return id;
    }

    private string Missing(string name)
    {
        Complain(name, "Field required", "missing", null);
        return string.Empty;
    }

    private decimal Absent(string name)
    {
        Missing(name);
        return 1;
    }

    private void Complain(string name, string message, string type, string? input) =>
        _wrong.Add(new InvalidValue(["body", name], message, type, input is { Length: > 80 } ? string.Concat(input.AsSpan(0, 80), "…") : input));
}
