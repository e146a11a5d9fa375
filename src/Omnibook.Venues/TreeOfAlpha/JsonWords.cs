using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Omnibook.Venues.TreeOfAlpha;

/// <summary>
/// Reads texts that strangers wrote, of which nothing may be lost but what is no text: half a surrogate pair (<c>"\ud83d"</c>) and bytes that
/// are no UTF-8 become U+FFFD, as https://www.unicode.org/versions/Unicode16.0.0/core-spec/chapter-3/ (3.9, C10) has it.
/// </summary>
internal static class JsonWords
{
    private const char Replacement = '\uFFFD';

    /// <summary>The text of a value: a string's, or a number's digits. Empty for anything else.</summary>
    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => OfString(value),
        JsonValueKind.Number => value.GetRawText(),
        _ => "",
    };

    private static string OfString(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // How it says that a text is not Unicode; what is Unicode in it is kept.
            return Mend(Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(value))[1..^1]);
        }
    }

    /// <summary>Resolves the escapes, which the parser has found to be good ones, and replaces what pairs with nothing.</summary>
    private static string Mend(string raw)
    {
        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            text.Append(raw[i] == '\\' ? Unescape(raw, ref i) : raw[i]);
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                text[i] = Replacement;
            }
        }

        return text.ToString();
    }

    private static char Unescape(string raw, ref int at)
    {
        switch (raw[++at])
        {
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u':
                at += 4;
                return (char)ushort.Parse(raw.AsSpan(at - 3, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            default: return raw[at];
        }
    }
}
