using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Omnibook.Venues.Hyperliquid.Signing;

/// <summary>
/// Writes an action as the venue hashes it: MessagePack with the fields in their order in the JSON, and the shortest header for each value.
/// https://github.com/msgpack/msgpack/blob/master/spec.md
/// </summary>
internal static class ActionEncoding
{
    /// <summary>The bytes of an action.</summary>
    /// <exception cref="ArgumentException">It holds a number that is not whole, which no action has: prices and sizes are texts.</exception>
    public static byte[] Of(JsonElement action)
    {
        var output = new ArrayBufferWriter<byte>(256);
        Write(output, action);
        return output.WrittenSpan.ToArray();
    }

    private static void Write(ArrayBufferWriter<byte> output, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteHeader(output, value.GetPropertyCount(), 0x80, 16, 0xde);
                foreach (var field in value.EnumerateObject())
                {
                    WriteText(output, field.Name);
                    Write(output, field.Value);
                }

                break;
            case JsonValueKind.Array:
                WriteHeader(output, value.GetArrayLength(), 0x90, 16, 0xdc);
                foreach (var item in value.EnumerateArray())
                {
                    Write(output, item);
                }

                break;
            case JsonValueKind.String:
                WriteText(output, value.GetString()!);
                break;
            case JsonValueKind.Number:
                WriteInteger(output, value);
                break;
            default:
                WriteByte(output, value.ValueKind switch { JsonValueKind.True => 0xc3, JsonValueKind.False => 0xc2, _ => 0xc0 });
                break;
        }
    }

    /// <summary>The head of a map or an array: one byte up to fifteen, otherwise a byte and two or four more.</summary>
    private static void WriteHeader(ArrayBufferWriter<byte> output, int count, byte few, int most, byte more)
    {
        if (count < most)
        {
            WriteByte(output, (byte)(few | count));
        }
        else if (count <= ushort.MaxValue)
        {
            WriteByte(output, more);
            WriteBigEndian(output, (ulong)count, sizeof(ushort));
        }
        else
        {
            WriteByte(output, (byte)(more + 1));
            WriteBigEndian(output, (ulong)count, sizeof(uint));
        }
    }

    private static void WriteText(ArrayBufferWriter<byte> output, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length is >= 32 and <= byte.MaxValue)
        {
            output.Write((ReadOnlySpan<byte>)[0xd9, (byte)bytes.Length]);
        }
        else
        {
            WriteHeader(output, bytes.Length, 0xa0, 32, 0xda);
        }

        output.Write(bytes);
    }

    private static void WriteInteger(ArrayBufferWriter<byte> output, JsonElement value)
    {
        if (value.TryGetUInt64(out var positive))
        {
            WritePositive(output, positive);
        }
        else if (value.TryGetInt64(out var negative))
        {
            WriteNegative(output, negative);
        }
        else
        {
            throw new ArgumentException($"{value.GetRawText()} is no whole number of 64 bits; prices and sizes are texts.", nameof(value));
        }
    }

    private static void WritePositive(ArrayBufferWriter<byte> output, ulong value)
    {
        if (value < 0x80)
        {
            WriteByte(output, (byte)value);
            return;
        }

        var (kind, bytes) = value switch
        {
            <= byte.MaxValue => (0xcc, sizeof(byte)),
            <= ushort.MaxValue => (0xcd, sizeof(ushort)),
            <= uint.MaxValue => (0xce, sizeof(uint)),
            _ => (0xcf, sizeof(ulong)),
        };
        WriteByte(output, (byte)kind);
        WriteBigEndian(output, value, bytes);
    }

    private static void WriteNegative(ArrayBufferWriter<byte> output, long value)
    {
        if (value >= -32)
        {
            WriteByte(output, (byte)value);
            return;
        }

        var (kind, bytes) = value switch
        {
            >= sbyte.MinValue => (0xd0, sizeof(byte)),
            >= short.MinValue => (0xd1, sizeof(ushort)),
            >= int.MinValue => (0xd2, sizeof(uint)),
            _ => (0xd3, sizeof(ulong)),
        };
        WriteByte(output, (byte)kind);
        WriteBigEndian(output, (ulong)value, bytes);
    }

    private static void WriteByte(ArrayBufferWriter<byte> output, byte value) => output.Write(new ReadOnlySpan<byte>(in value));

    private static void WriteBigEndian(ArrayBufferWriter<byte> output, ulong value, int bytes)
    {
        Span<byte> all = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(all, value);
        output.Write(all[^bytes..]);
    }
}
