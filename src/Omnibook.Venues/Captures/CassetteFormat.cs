using System.Text;

namespace Omnibook.Venues.Captures;

/// <summary>
/// Calls recorded by VCR.py, https://vcrpy.readthedocs.io: the subset of YAML that it writes.
/// <code>
/// interactions:
/// - request:
///     body: '{"type": "meta"}'
///     uri: https://api.hyperliquid.xyz/info
///   response:
///     body:
///       string: '{"universe":[…]}'
/// </code>
/// </summary>
internal static class CassetteFormat
{
    /// <summary>The body of every request, and the answer to it. A request without a body is given as its address.</summary>
    public static IEnumerable<CapturedFrame> Calls(CaptureLines lines)
    {
        var isRequest = false;
        var sent = "";
        while (lines.TryRead(out var line))
        {
            var text = Encoding.UTF8.GetString(line.Span).TrimEnd();
            var entry = text.TrimStart(' ', '-');
            isRequest = entry == "request:" || (isRequest && entry != "response:");
            if (isRequest && entry.StartsWith("body: ", StringComparison.Ordinal))
            {
                sent = CassetteScalar.Read(entry["body: ".Length..], lines);
            }
            else if (isRequest && entry.StartsWith("uri: ", StringComparison.Ordinal))
            {
                yield return Frame(CapturedKind.Request, sent.Length > 0 ? sent : entry["uri: ".Length..], lines);
                sent = "";
            }
            else if (!isRequest && entry.StartsWith("string: ", StringComparison.Ordinal))
            {
                yield return Frame(CapturedKind.Answer, CassetteScalar.Read(entry["string: ".Length..], lines), lines);
            }
        }
    }

    private static CapturedFrame Frame(CapturedKind kind, string text, CaptureLines lines) =>
        new(kind, default, Encoding.UTF8.GetBytes(text), lines.File, lines.Number);
}
