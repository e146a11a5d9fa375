using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Omnibook.Simulator;

/// <summary>Writes JSON into byte arrays over one reused buffer. One caller at a time, not from within itself.</summary>
internal sealed class JsonText : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly Utf8JsonWriter _writer;

    /// <summary>Creates a writer with venues' escaping: only what JSON demands.</summary>
    public JsonText() => _writer = new Utf8JsonWriter(
        _buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    /// <summary>What the callback writes.</summary>
    public byte[] Write(Action<Utf8JsonWriter> body)
    {
        _buffer.ResetWrittenCount();
        _writer.Reset();
        body(_writer);
        _writer.Flush();
        return _buffer.WrittenSpan.ToArray();
    }

    /// <inheritdoc />
    public void Dispose() => _writer.Dispose();
}
