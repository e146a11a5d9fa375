using System.Buffers;

namespace Omnibook.Venues.Captures;

/// <summary>A text that is put together from several lines of a capture.</summary>
internal sealed class CaptureText
{
    private const int MaxBytes = 64 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _text = new();

    /// <summary>The line at which the text began.</summary>
    public long Line { get; private set; }

    /// <summary>True when there is no text.</summary>
    public bool IsEmpty => _text.WrittenCount == 0;

    /// <summary>The text. Good until it is changed.</summary>
    public ReadOnlyMemory<byte> Bytes => _text.WrittenMemory;

    /// <summary>Adds a line and its line end.</summary>
    public void Add(ReadOnlySpan<byte> line, CaptureLines lines)
    {
        if (IsEmpty)
        {
            Line = lines.Number;
        }

        if (_text.WrittenCount + line.Length > MaxBytes)
        {
            throw new CaptureException(lines.File, Line, $"the text that begins here is longer than {MaxBytes} bytes");
        }

        _text.Write(line);
        _text.Write("\n"u8);
    }

    /// <summary>Empties it.</summary>
    public void Clear() => _text.ResetWrittenCount();
}
