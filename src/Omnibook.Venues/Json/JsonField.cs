using System.Globalization;
using System.Text.Json;

namespace Omnibook.Venues.Json;

/// <summary>
/// Reads fields of REST answers, which are rare and may allocate. Numbers are taken quoted or not; a field that is absent, null or
/// empty text has no value, and one that is something else is not of the documented shape.
/// </summary>
internal static class JsonField
{
    /// <summary>The text of a field, or null when there is none.</summary>
    public static string? Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) ? TextOf(value) : null;

    /// <summary>The text of a field that has to be there.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static string RequiredText(JsonElement row, string name) => Text(row, name) ?? throw Missing(name);

    /// <summary>The amount of a field, exact, or null when there is none.</summary>
    /// <exception cref="FormatException">It is no decimal number.</exception>
    public static decimal? Amount(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && TextOf(value) is { Length: > 0 } text ? AmountOf(text) : null;

    /// <summary>The amount of a field that has to be there.</summary>
    /// <exception cref="FormatException">There is none, or it is no decimal number.</exception>
    public static decimal RequiredAmount(JsonElement row, string name) => Amount(row, name) ?? throw Missing(name);

    /// <summary>The whole number of a field, or null when there is none.</summary>
    /// <exception cref="FormatException">It is no whole number of 64 bits.</exception>
    public static long? Integer(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && TextOf(value) is { Length: > 0 } text ? IntegerOf(text) : null;

    /// <summary>The whole number of a field that has to be there.</summary>
    /// <exception cref="FormatException">There is none, or it is no whole number of 64 bits.</exception>
    public static long RequiredInteger(JsonElement row, string name) => Integer(row, name) ?? throw Missing(name);

    /// <summary>Whether a field is true, or the text "true".</summary>
    public static bool IsTrue(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && string.Equals(TextOf(value), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The rows of a field that is an array; none when it is absent or null.</summary>
    public static IEnumerable<JsonElement> Rows(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var rows) && rows.ValueKind != JsonValueKind.Null ? rows.EnumerateArray() : [];

    /// <summary>The amount that an element is.</summary>
    /// <exception cref="FormatException">It is no decimal number.</exception>
    public static decimal AmountOf(JsonElement value) => AmountOf(TextOf(value) ?? "");

    /// <summary>The whole number that an element is.</summary>
    /// <exception cref="FormatException">It is no whole number of 64 bits.</exception>
    public static long IntegerOf(JsonElement value) => IntegerOf(TextOf(value) ?? "");

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => value.GetRawText(),
    };

    private static decimal AmountOf(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount)
            ? amount
            : throw new FormatException($"'{text}' is no decimal number.");

    private static long IntegerOf(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new FormatException($"'{text}' is no whole number.");

    private static FormatException Missing(string name) => new($"The field '{name}' is missing.");
}
