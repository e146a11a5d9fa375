using System.Text;
using System.Text.Json;

namespace Omnibook.Venues.Captures;

/// <summary>The scalars of a cassette: quoted once or twice, perhaps folded over several lines, or null. https://yaml.org/spec/1.2.2/#73-flow-scalar-styles</summary>
internal static class CassetteScalar
{
    /// <summary>Reads the scalar that begins with <paramref name="text"/> and may go on over the next lines.</summary>
    public static string Read(string text, CaptureLines lines) => text.TrimEnd() switch
    {
        ['\'', .. var rest] => ReadQuoted(rest, '\'', lines).Replace("''", "'", StringComparison.Ordinal),
        ['"', .. var rest] => Unescape(ReadQuoted(rest, '"', lines), lines),
        "null" or "~" or "" => "",
        ['|' or '>' or '!' or '&' or '*', ..] => throw lines.Trouble("a kind of YAML value that cassettes of text do not hold"),
        var plain => plain,
    };

    /// <summary>A line end within quotes counts as a blank.</summary>
    private static string ReadQuoted(string text, char quote, CaptureLines lines)
    {
        var whole = new StringBuilder();
        while (true)
        {
            var end = EndOf(text, quote);
            if (end >= 0)
            {
                return whole.Append(text.AsSpan(0, end)).ToString();
            }

            var isJoined = quote == '"' && text.EndsWith('\\');
            whole.Append(isJoined ? text.AsSpan(0, text.Length - 1) : text).Append(isJoined ? "" : " ");
            text = lines.TryRead(out var line)
                ? Encoding.UTF8.GetString(line.Span).Trim()
                : throw lines.Trouble("the quoted value does not end");
            text = isJoined && text.StartsWith('\\') ? text[1..] : text;
        }
    }

    private static int EndOf(string text, char quote)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (quote == '"' && text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == quote)
            {
                if (quote == '"' || i + 1 == text.Length || text[i + 1] != quote)
                {
                    return i;
                }

                i++;
            }
        }

        return -1;
    }

    /// <summary>Text between double quotes has JSON's escapes, of those that cassettes use.</summary>
    private static string Unescape(string text, CaptureLines lines)
    {
        try
        {
            return JsonSerializer.Deserialize<string>($"\"{text}\"") ?? "";
        }
        catch (JsonException trouble)
        {
            throw lines.Trouble("the value between double quotes has an escape that is not read", trouble);
        }
    }
}
