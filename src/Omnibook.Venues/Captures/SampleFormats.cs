using System.Text;
using System.Text.RegularExpressions;

namespace Omnibook.Venues.Captures;

/// <summary>The test samples of JKorf's client libraries: one call or one subscription a file. https://github.com/JKorf/Binance.Net</summary>
internal static partial class SampleFormats
{
    /// <summary>
    /// <code>
    /// > { "method": "SUBSCRIBE", "params": [ "btcusdt@aggTrade" ], "id": "|1|" }
    /// &lt; { "result": null, "id": |1| }
    /// =
    /// { "stream": "btcusdt@aggTrade", "data": { … } }
    /// </code>
    /// With two subscriptions in one file the marks are numbered: <c>&gt;1</c>, <c>&lt;1</c>, <c>=1</c>. Between bars stands a number that
    /// the client chooses; it is replaced by that number, or by 1 where it may be any.
    /// </summary>
    public static IEnumerable<CapturedFrame> Subscription(CaptureLines lines)
    {
        var text = new CaptureText();
        var kind = CapturedKind.Frame;
        while (lines.TryRead(out var line))
        {
            if (KindOf(line.Span[0]) is { } next)
            {
                if (!text.IsEmpty)
                {
                    yield return Sample(kind, text, lines);
                }

                kind = next;
                text.Clear();
                line = line[1..].TrimStart("0123456789"u8);
            }

            text.Add(line.Span, lines);
        }

        yield return Sample(kind, text, lines);
    }

    /// <summary>
    /// <code>
    /// GET
    /// /fapi/v1/depth
    /// false
    /// { "lastUpdateId": 1027024, … }
    /// </code>
    /// Method, path, whether it is signed, perhaps the parameters (<c>UriParams: {…}</c>), body. The request is given as <c>GET /fapi/v1/depth</c>.
    /// </summary>
    public static IEnumerable<CapturedFrame> Endpoint(CaptureLines lines)
    {
        var method = ReadText(lines);
        var path = ReadText(lines);
        yield return new CapturedFrame(CapturedKind.Request, default, Encoding.UTF8.GetBytes($"{method} {path}"), lines.File, 1);

        _ = ReadText(lines);
        var body = new CaptureText();
        while (lines.TryRead(out var line))
        {
            if (!body.IsEmpty || !line.Span.StartsWith("UriParams:"u8))
            {
                body.Add(line.Span, lines);
            }
        }

        if (!body.IsEmpty)
        {
            yield return Sample(CapturedKind.Answer, body, lines);
        }
    }

    /// <summary>True for a line that holds the method of a REST call and nothing else.</summary>
    public static bool IsMethod(ReadOnlySpan<byte> line) =>
        line.SequenceEqual("GET"u8) || line.SequenceEqual("POST"u8) || line.SequenceEqual("PUT"u8) || line.SequenceEqual("DELETE"u8);

    private static string ReadText(CaptureLines lines) =>
        lines.TryRead(out var line) ? Encoding.UTF8.GetString(line.Span.Trim(" \t"u8)) : throw lines.Trouble("the sample ends here, before its body");

    private static CapturedKind? KindOf(byte mark) => mark switch
    {
        (byte)'>' => CapturedKind.Request,
        (byte)'<' => CapturedKind.Answer,
        (byte)'=' => CapturedKind.Update,
        _ => null,
    };

    private static CapturedFrame Sample(CapturedKind kind, CaptureText text, CaptureLines lines)
    {
        var filled = Placeholder().Replace(Encoding.UTF8.GetString(text.Bytes.Span), match => match.Groups["number"] is { Success: true } number ? number.Value : "1");
        return new CapturedFrame(kind, default, Encoding.UTF8.GetBytes(filled.Trim()), lines.File, text.Line);
    }

    [GeneratedRegex(@"\|(?:(?<number>\d+)|\*|id)\|", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
