namespace Omnibook.Venues.Captures;

/// <summary>
/// Reads recorded frames, whoever recorded them. The format is told by the first line of each file:
/// <list type="bullet">
/// <item><c>1723161255030314667 {…}</c>: receive time in nanoseconds and frame (hftbacktest, and this server's own recorder)</item>
/// <item><c>{"captured_at":"2025-10-09T22:33:16.840658","message_number":2,"data":{…}}</c>: one wrapped frame a line (Qubx)</item>
/// <item><c>{…}</c>: one frame a line, without a time</item>
/// <item><c>&gt; {…}</c>, <c>&lt; {…}</c>, <c>= {…}</c>: request, answer, update, each over any number of lines (JKorf's samples)</item>
/// <item><c>GET</c>, a path, <c>false</c>, a body: a sample of a REST call (JKorf)</item>
/// <item>JSON over many lines: whole bodies</item>
/// <item><c>interactions:</c>: recorded calls in YAML (VCR cassettes)</item>
/// </list>
/// All of them plain or gzipped.
/// </summary>
public static class CaptureReader
{
    /// <summary>Reads files one after the other; of a folder, every file in the order of their names.</summary>
    /// <exception cref="CaptureException">A file cannot be read; thrown when the reading gets there.</exception>
    public static IEnumerable<CapturedFrame> Read(IEnumerable<string> paths) => paths.SelectMany(Read);

    /// <summary>Reads one file, or every file of a folder in the order of their names.</summary>
    /// <exception cref="CaptureException">A file cannot be read; thrown when the reading gets there.</exception>
    public static IEnumerable<CapturedFrame> Read(string path) =>
        Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).SelectMany(ReadFile)
            : ReadFile(path);

    private static IEnumerable<CapturedFrame> ReadFile(string file)
    {
        using var lines = CaptureLines.Open(file);
        if (!lines.TryPeek(out var first))
        {
            yield break;
        }

        foreach (var frame in FormatOf(first.Span, lines)(lines))
        {
            yield return frame;
        }
    }

    private static Func<CaptureLines, IEnumerable<CapturedFrame>> FormatOf(ReadOnlySpan<byte> line, CaptureLines lines) =>
        line.Trim((byte)' ')[0] switch
        {
            >= (byte)'0' and <= (byte)'9' => LineFormats.Timed,
            (byte)'>' or (byte)'<' or (byte)'=' => SampleFormats.Subscription,
            (byte)'G' or (byte)'P' or (byte)'D' when SampleFormats.IsMethod(line) => SampleFormats.Endpoint,
            (byte)'{' or (byte)'[' => JsonFormat(line),
            (byte)'i' or (byte)'v' when line.StartsWith("interactions:"u8) || line.StartsWith("version:"u8) => CassetteFormat.Calls,
            _ => throw lines.Trouble("no known format of captures begins like this"),
        };

    private static Func<CaptureLines, IEnumerable<CapturedFrame>> JsonFormat(ReadOnlySpan<byte> line)
    {
        var scan = default(JsonExtent);
        scan.Add(line);
        if (!scan.IsComplete)
        {
            return BodyFormat.Bodies;
        }

        return LineFormats.IsWrapped(line) ? LineFormats.Wrapped : LineFormats.Bare;
    }
}
