using System.Globalization;

namespace Omnibook.Server.Apis;

/// <summary>Reads the values of a query and collects everything that is wrong, so that a caller learns it all at once.</summary>
internal sealed class QueryReader(HttpRequest request)
{
    private readonly List<InvalidValue> _wrong = [];

    /// <summary>422 with everything that was wrong, or null.</summary>
    public IResult? Problem => _wrong.Count == 0 ? null : ApiErrors.Invalid(_wrong);

    /// <summary>A text that must be there; empty counts as missing.</summary>
    public string Required(string name)
    {
        var value = Optional(name);
        if (value is null)
        {
            Complain(name, "Field required", "missing", null);
        }

        return value ?? string.Empty;
    }

    /// <summary>A text, or null when it is absent or empty. The last one counts when it is given twice.</summary>
    public string? Optional(string name) => request.Query[name] is [.., { Length: > 0 } value] ? value : null;

    /// <summary>A whole number within bounds, or null when it is absent.</summary>
    public int? Integer(string name, int smallest, int largest)
    {
        if (Optional(name) is not { } text)
        {
            return null;
        }

        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            Complain(name, $"Input should be a whole number from {smallest} to {largest}, not '{Shorten(text)}'", "int_parsing", text);
            return null;
        }

        if (number < smallest || number > largest)
        {
            var type = number < smallest ? "greater_than_equal" : "less_than_equal";
            Complain(name, $"Input should be from {smallest} to {largest}, not {number}", type, text);
            return null;
        }

        return (int)number;
    }

    /// <summary>An account: 0x and 40 hexadecimal digits.</summary>
    public string Address(string name)
    {
        var value = Required(name);
        if (value.Length > 0 && !IsAddress(value))
        {
            Complain(name, $"Input should be 0x and 40 hexadecimal digits, not '{Shorten(value)}'", "value_error", value);
        }

        return value;
    }

    /// <summary>Adds what a dialect found wrong by its own rules.</summary>
    public void Complain(string name, string message, string type, string? input) =>
        _wrong.Add(new InvalidValue(["query", name], message, type, input is null ? null : Shorten(input)));

    /// <summary>The parts of a comma-separated list: without blanks around them, without empty ones, each once.</summary>
    public static IReadOnlyList<string> Parts(string? list) =>
        list is null
            ? []
            : [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    private static bool IsAddress(string value) =>
        value.Length == 42 && value.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && value.AsSpan(2).IndexOfAnyExcept(Hex) < 0;

    private static readonly System.Buffers.SearchValues<char> Hex = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");

    private static string Shorten(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 80), "…");
}
