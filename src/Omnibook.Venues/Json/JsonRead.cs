using System.Text.Json;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Json;

/// <summary>
/// Reads single values of venue frames from <see cref="Utf8JsonReader"/> without allocating and without throwing.
/// Venues quote some numbers and not others, and change their mind: both spellings are taken, as long as nothing is lost.
/// </summary>
internal static class JsonRead
{
    /// <summary>Every venue's frame nests less deeply than this; more is not a frame but an attack or a fault.</summary>
    public static readonly JsonReaderOptions Options = new() { MaxDepth = 32 };

    private static readonly Scale Whole = new(0);

    /// <summary>The text of the value at which the reader stands, if it is a number or a string without escapes; otherwise empty.</summary>
    /// <remarks>No digit or letter of a number, an enum or a venue's code needs an escape, so an escaped one counts as unreadable.</remarks>
    public static ReadOnlySpan<byte> Text(scoped in Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.Number || (reader.TokenType is JsonTokenType.String && !reader.ValueIsEscaped)
            ? reader.ValueSpan
            : default;

    /// <summary>Reads a whole number, quoted or not.</summary>
    public static bool TryInteger(scoped in Utf8JsonReader reader, out long value) => Whole.TryParse(Text(reader), out value) == AmountError.None;

    /// <summary>Reads an amount, quoted or not, in units of <paramref name="scale"/>.</summary>
    public static bool TryAmount(scoped in Utf8JsonReader reader, Scale scale, out long units) =>
        scale.TryParse(Text(reader), out units) == AmountError.None;

    /// <summary>
    /// The text of a string that may hold any character, such as a symbol. An escaped one is written out into
    /// <paramref name="scratch"/>; one that does not fit there, or holds half of a surrogate pair, is not read.
    /// </summary>
    public static bool TryName(scoped in Utf8JsonReader reader, Span<byte> scratch, out ReadOnlySpan<byte> name)
    {
        name = default;
        if (reader.TokenType != JsonTokenType.String)
        {
            return false;
        }

        if (!reader.ValueIsEscaped)
        {
            name = reader.ValueSpan;
            return true;
        }

        return reader.ValueSpan.Length <= scratch.Length && TryUnescape(reader, scratch, out name);
    }

    private static bool TryUnescape(scoped in Utf8JsonReader reader, Span<byte> scratch, out ReadOnlySpan<byte> name)
    {
        try
        {
            name = scratch[..reader.CopyString(scratch)];
            return true;
        }
        catch (InvalidOperationException)
        {
            // How CopyString says that an escape is half of a surrogate pair, https://learn.microsoft.com/dotnet/api/system.text.json.utf8jsonreader.copystring.
            name = default;
            return false;
        }
    }
}
