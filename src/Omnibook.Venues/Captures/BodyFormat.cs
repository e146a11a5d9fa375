namespace Omnibook.Venues.Captures;

/// <summary>JSON values over many lines: bodies of REST answers and frames that somebody has printed prettily.</summary>
internal static class BodyFormat
{
    /// <summary>Every value of the file.</summary>
    public static IEnumerable<CapturedFrame> Bodies(CaptureLines lines)
    {
        var kind = KindOf(lines.File);
        var body = new CaptureText();
        var extent = default(JsonExtent);
        while (lines.TryRead(out var line))
        {
            body.Add(line.Span, lines);
            extent.Add(line.Span);
            if (extent.IsComplete)
            {
                yield return new CapturedFrame(kind, default, body.Bytes, lines.File, body.Line);
                body.Clear();
                extent = default;
            }
        }

        if (!body.IsEmpty)
        {
            throw new CaptureException(lines.File, body.Line, "the JSON value that begins here does not end");
        }
    }

    /// <summary>Sets of single bodies say in their names what they are: <c>http_l2_book.json</c>, <c>depth_response.json</c>, <c>ws_trade.json</c>.</summary>
    public static CapturedKind KindOf(string file)
    {
        var name = Path.GetFileName(file);
        if (name.StartsWith("http_", StringComparison.Ordinal) || name.Contains("_response.", StringComparison.Ordinal))
        {
            return CapturedKind.Answer;
        }

        return name.StartsWith("ws_", StringComparison.Ordinal) || name.Contains("_stream.", StringComparison.Ordinal)
            ? CapturedKind.Update
            : CapturedKind.Frame;
    }
}
