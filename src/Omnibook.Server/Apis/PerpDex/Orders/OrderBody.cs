using System.Globalization;
using System.Text.Json;
using Omnibook.Server.Trading;
using Omnibook.Venues.Hyperliquid.Orders;

namespace Omnibook.Server.Apis.PerpDex.Orders;

/// <summary>Reads orders out of a body, and collects everything that is wrong.</summary>
internal sealed class OrderBody
{
    private const decimal Most = 1_000_000_000_000;
    private readonly List<InvalidValue> _wrong = [];

    /// <summary>What is wrong; null for nothing.</summary>
    public IResult? Problem => _wrong.Count == 0 ? null : ApiErrors.Invalid(_wrong);

    /// <summary>Reads the body of a request; null where it is no JSON.</summary>
    public static async Task<JsonElement?> ParseAsync(HttpContext context)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            return body.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The rows of <c>{"orders":[…]}</c>, each with its index; none, and a complaint, where there are none or too many.</summary>
    public IReadOnlyList<(int Index, JsonElement Row)> Rows(JsonElement? body, string name)
    {
        if (body is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty(name, out var rows) && rows.ValueKind == JsonValueKind.Array
            && rows.GetArrayLength() is > 0 and <= OrderDesk.MostOrders)
        {
            return [.. rows.EnumerateArray().Index()];
        }

        Complain([name], $"Input should be a list of 1 to {OrderDesk.MostOrders}", "list_type");
        return [];
    }

    /// <summary>An order: <c>{"pair":"BTC-USD","side":"long","size":0.01,"price":64000,"tif":"gtc","reduce_only":false,"cloid":"0x…"}</c>.</summary>
    public OrderTerms Order(JsonElement? body, params string[] at)
    {
        if (body is not { ValueKind: JsonValueKind.Object } row)
        {
            Complain(at, "Input should be a JSON object", "json_invalid");
            return new OrderTerms { Coin = "", IsBuy = true, Price = 1, Size = 1 };
        }

        return new OrderTerms
        {
            Coin = Coin(row, at),
            IsBuy = Word(row, at, "side", null, "long", "short", "buy", "sell") is "long" or "buy",
            Price = Amount(row, at, "price", isNeeded: true) ?? 1,
            Size = Amount(row, at, "size", isNeeded: true) ?? 1,
            ReduceOnly = Flag(row, at, "reduce_only"),
            TimeInForce = Word(row, at, "tif", "gtc", "gtc", "ioc", "alo") switch { "ioc" => TimeInForce.Ioc, "alo" => TimeInForce.Alo, _ => TimeInForce.Gtc },
            ClientId = ClientId(row, at),
        };
    }

    /// <summary>What is to be changed of an order: a price, a size or both.</summary>
    public (decimal? Price, decimal? Size, string? ClientId) Change(JsonElement? body)
    {
        if (body is not { ValueKind: JsonValueKind.Object } row)
        {
            Complain([], "Input should be a JSON object", "json_invalid");
            return default;
        }

        var (price, size) = (Amount(row, [], "price", isNeeded: false), Amount(row, [], "size", isNeeded: false));
        if (price is null && size is null)
        {
            Complain(["price"], "Field required, or size", "missing");
        }

        return (price, size, ClientId(row, []));
    }

    /// <summary>Which order is meant: <c>{"order_id":77738308}</c> or <c>{"cloid":"0x…"}</c>.</summary>
    public OrderKey Key(JsonElement row, params string[] at)
    {
        var id = row.ValueKind == JsonValueKind.Object && row.TryGetProperty("order_id", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : (long?)null;
        var cloid = row.ValueKind == JsonValueKind.Object ? ClientId(row, at) : null;
        if (id is null == cloid is null)
        {
            Complain([.. at, "order_id"], "Field required, or cloid, and not both", "missing");
        }

        return new OrderKey(id, id is null ? cloid : null);
    }

    /// <summary>Which order a path means: a number, or 0x and 32 digits; null for neither.</summary>
    public static OrderKey? KeyOf(string text) =>
        OrderRules.IsClientId(text.ToLowerInvariant()) ? new OrderKey(null, text.ToLowerInvariant())
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? new OrderKey(id, null)
        : null;

    private string Coin(JsonElement row, string[] at)
    {
        var (coin, pair) = (Text(row, at, "coin"), Text(row, at, "pair"));
        if ((coin ?? (pair is null ? null : PerpPair.CoinOf(pair))) is { Length: > 0 and <= 64 } found)
        {
            return found;
        }

        Complain([.. at, "pair"], "Field required: a pair such as BTC-USD, or coin", "missing", pair ?? coin);
        return "";
    }

    private string? ClientId(JsonElement row, string[] at)
    {
        var id = Text(row, at, "cloid")?.ToLowerInvariant();
        if (id is not null && !OrderRules.IsClientId(id))
        {
            Complain([.. at, "cloid"], "Input should be 0x and 32 hexadecimal digits", "value_error", id);
        }

        return id;
    }

    private string Word(JsonElement row, string[] at, string name, string? otherwise, params string[] allowed)
    {
        var word = Text(row, at, name) ?? otherwise;
        if (word is null || !allowed.Contains(word, StringComparer.Ordinal))
        {
            Complain([.. at, name], $"Input should be {string.Join(" or ", allowed.Select(one => $"'{one}'"))}", word is null ? "missing" : "enum", word);
        }

        return word ?? "";
    }

    private decimal? Amount(JsonElement row, string[] at, string name, bool isNeeded)
    {
        if (Find(row, name) is not { } value)
        {
            if (isNeeded)
            {
                Complain([.. at, name], "Field required", "missing");
            }

            return null;
        }

        var isNumber = value.ValueKind == JsonValueKind.Number
            ? value.TryGetDecimal(out var number)
            : decimal.TryParse(value.ValueKind == JsonValueKind.String ? value.GetString() : null, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
        if (!isNumber || number <= 0 || number > Most)
        {
            Complain([.. at, name], $"Input should be a number above 0 and at most {Most}", "value_error", value.GetRawText());
            return null;
        }

        return number;
    }

    private bool Flag(JsonElement row, string[] at, string name)
    {
        var value = Find(row, name);
        if (value is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) } wrong)
        {
            Complain([.. at, name], "Input should be true or false", "bool_type", wrong.GetRawText());
        }

        return value is { ValueKind: JsonValueKind.True };
    }

    private string? Text(JsonElement row, string[] at, string name)
    {
        var value = Find(row, name);
        if (value is { ValueKind: not JsonValueKind.String } wrong)
        {
            Complain([.. at, name], "Input should be a text", "string_type", wrong.GetRawText());
            return null;
        }

        return value?.GetString();
    }

    private static JsonElement? Find(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value : null;

    private void Complain(IEnumerable<string> at, string message, string type, string? input = null) =>
        _wrong.Add(new InvalidValue(["body", .. at], message, type, input is { Length: > 80 } ? string.Concat(input.AsSpan(0, 80), "…") : input));
}
