using System.Buffers;
using System.Globalization;
using System.Text;

namespace Omnibook.Server.Redis;

/// <summary>
/// Writes commands as Redis reads them: <c>*2\r\n$7\r\nPUBLISH\r\n…</c>, an array of texts with their lengths in bytes, so that nothing in a text
/// can be taken for a command.
/// </summary>
/// <remarks>https://redis.io/docs/latest/develop/reference/protocol-spec/#sending-commands-to-a-redis-server</remarks>
internal sealed class RespWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>How many commands were written since the last <see cref="Clear"/>.</summary>
    public int Commands { get; private set; }

    /// <summary>What was written since then.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        _bytes.ResetWrittenCount();
        Commands = 0;
    }

    /// <summary>Writes a command of texts.</summary>
    public void Command(params ReadOnlySpan<string> words)
    {
        Begin(words.Length);
        foreach (var word in words)
        {
            Text(Encoding.UTF8.GetBytes(word));
        }
    }

    /// <summary>Writes <c>SET key value PX milliseconds</c>.</summary>
    public void Set(string key, ReadOnlySpan<byte> value, TimeSpan life)
    {
        Begin(5);
        Text("SET"u8);
        Text(Encoding.UTF8.GetBytes(key));
        Text(value);
        Text("PX"u8);
        Text(Encoding.UTF8.GetBytes(((long)life.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Writes <c>PUBLISH channel value</c>.</summary>
    public void Publish(string channel, ReadOnlySpan<byte> value)
    {
        Begin(3);
        Text("PUBLISH"u8);
        Text(Encoding.UTF8.GetBytes(channel));
        Text(value);
    }

    private void Begin(int words)
    {
        Commands++;
        Head((byte)'*', words);
    }

    private void Text(ReadOnlySpan<byte> text)
    {
        Head((byte)'$', text.Length);
        _bytes.Write(text);
        _bytes.Write("\r\n"u8);
    }

    private void Head(byte kind, int number)
    {
        var span = _bytes.GetSpan(16);
        span[0] = kind;
        number.TryFormat(span[1..], out var written, provider: CultureInfo.InvariantCulture);
        "\r\n"u8.CopyTo(span[(1 + written)..]);
        _bytes.Advance(written + 3);
    }
}
