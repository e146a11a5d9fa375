using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Omnibook.Core.Events;

namespace Omnibook.Venues.Captures;

/// <summary>Formats that hold one frame a line.</summary>
internal static class LineFormats
{
    // 2009-01-01 and 2200-01-01: outside, the first number of a line is in another unit, or no time.
    private const long Earliest = 1_230_768_000_000_000_000;
    private const long Latest = 7_258_118_400_000_000_000;

    /// <summary><code>1723161255030314667 {"stream":"btcusdt@depth@0ms","data":{…}}</code></summary>
    public static IEnumerable<CapturedFrame> Timed(CaptureLines lines)
    {
        while (lines.TryRead(out var line))
        {
            if (!Utf8Parser.TryParse(line.Span, out long nanoseconds, out var digits)
                || nanoseconds is < Earliest or >= Latest
                || digits >= line.Length
                || line.Span[digits] != ' ')
            {
                throw lines.Trouble("the line does not begin with nanoseconds since 1970 and a blank");
            }

            yield return Frame(lines, CapturedKind.Frame, new Timestamp(nanoseconds), line[(digits + 1)..]);
        }
    }

    /// <summary>One frame a line and nothing else. The file's name may tell whether they are bodies or updates.</summary>
    public static IEnumerable<CapturedFrame> Bare(CaptureLines lines)
    {
        var kind = BodyFormat.KindOf(lines.File);
        while (lines.TryRead(out var line))
        {
            yield return Frame(lines, kind, default, line);
        }
    }

    /// <summary><code>{"captured_at":"2025-10-09T22:33:16.840658","message_number":2,"data":{…}}</code> The time is UTC.</summary>
    public static IEnumerable<CapturedFrame> Wrapped(CaptureLines lines)
    {
        while (lines.TryRead(out var line))
        {
            if (!TryUnwrap(line, out var receivedAt, out var frame))
            {
                throw lines.Trouble("the line has no captured_at or no data");
            }

            yield return Frame(lines, CapturedKind.Frame, receivedAt, frame);
        }
    }

    /// <summary>True for a line of the wrapped format.</summary>
    public static bool IsWrapped(ReadOnlySpan<byte> line) => TryUnwrap(line.ToArray(), out _, out _);

    private static bool TryUnwrap(ReadOnlyMemory<byte> line, out Timestamp receivedAt, out ReadOnlyMemory<byte> frame)
    {
        (receivedAt, frame) = (default, default);
        try
        {
            var reader = new Utf8JsonReader(line.Span);
            var isObject = reader.Read() && reader.TokenType == JsonTokenType.StartObject;
            while (isObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = reader.ValueSpan;
                reader.Read();
                if (key.SequenceEqual("captured_at"u8) && TryReadTime(reader, out var time))
                {
                    receivedAt = time;
                }

                var start = (int)reader.TokenStartIndex;
                var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
                if (key.SequenceEqual("data"u8))
                {
                    frame = text is null ? line[start..(int)reader.BytesConsumed] : System.Text.Encoding.UTF8.GetBytes(text);
                }
            }

            return !receivedAt.IsUnknown && !frame.IsEmpty;
        }
        catch (Exception trouble) when (trouble is JsonException or InvalidOperationException)
        {
            // Not JSON, or a string with half a surrogate pair: not a wrapped line, as the answer says.
            return false;
        }
    }

    private static bool TryReadTime(in Utf8JsonReader reader, out Timestamp time)
    {
        var isTime = DateTimeOffset.TryParse(
            reader.TokenType == JsonTokenType.String ? reader.GetString() : null,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var moment);
        time = isTime ? Timestamp.From(moment) : default;
        return isTime;
    }

    private static CapturedFrame Frame(CaptureLines lines, CapturedKind kind, Timestamp receivedAt, ReadOnlyMemory<byte> bytes) =>
        new(kind, receivedAt, bytes, lines.File, lines.Number);
}
