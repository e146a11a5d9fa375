using System.Globalization;
using Omnibook.Core.Events;

namespace Omnibook.Server.Apis;

/// <summary>Reads the values of a query and collects everything that is wrong, so that a caller learns it all at once.</summary>
internal sealed class QueryReader(HttpRequest request)
{
    /// <summary>2001: an earlier moment was meant as seconds.</summary>
    private const long EarliestMs = 1_000_000_000_000;

    /// <summary>2100.</summary>
    private const long LatestMs = 4_102_444_800_000;

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
    public int? Integer(string name, int smallest, int largest) => (int?)Whole(name, smallest, largest);

    /// <summary>A whole number within bounds, or null when it is absent.</summary>
    public long? Whole(string name, long smallest, long largest)
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

        return number;
    }

    /// <summary>A moment in milliseconds since the Unix epoch, or null when it is absent. Seconds are refused: they would mean January 1970.</summary>
    public Timestamp? Moment(string name) =>
        Whole(name, EarliestMs, LatestMs) is { } milliseconds ? Timestamp.FromMilliseconds(milliseconds) : null;

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
    public void Complain(string name, string message, string type, string? input) => Complain("query", name, message, type, input);

    /// <summary>The same for a part of the path.</summary>
    public void ComplainOfPath(string name, string message, string type, string? input) => Complain("path", name, message, type, input);

    /// <summary>The parts of a comma-separated list: without blanks around them, without empty ones, each once.</summary>
    public static IReadOnlyList<string> Parts(string? list) =>
        list is null
            ? []
            : [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    private void Complain(string where, string name, string message, string type, string? input) =>
        _wrong.Add(new InvalidValue([where, name], message, type, input is null ? null : Shorten(input)));

    private static bool IsAddress(string value) =>
        value.Length == 42 && value.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && value.AsSpan(2).IndexOfAnyExcept(Hex) < 0;

    private static readonly System.Buffers.SearchValues<char> Hex = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");

    private static string Shorten(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 80), "…");
}
