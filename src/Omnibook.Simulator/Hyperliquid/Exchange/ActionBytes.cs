using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Omnibook.Simulator.Hyperliquid.Exchange;

/// <summary>
/// An action as it is hashed: MessagePack of the JSON that came, fields in the order in which they came, everything as short as it can be.
/// https://github.com/msgpack/msgpack/blob/master/spec.md
/// </summary>
internal sealed class ActionBytes
{
    private readonly List<byte> _bytes = [];

    /// <summary>The bytes of an action, then nonce, vault and expiry: what the venue calls the connection's id is their hash.</summary>
    /// <exception cref="FormatException">A number is not whole.</exception>
    public static byte[] Of(JsonElement action, long nonce, byte[]? vault, long? expiresAfter)
    {
        var writer = new ActionBytes();
        writer.Put(action);
        writer.PutBig((ulong)nonce, 8);
        writer._bytes.Add((byte)(vault is null ? 0 : 1));
        writer._bytes.AddRange(vault ?? []);
        if (expiresAfter is { } moment)
        {
            writer._bytes.Add(0);
            writer.PutBig((ulong)moment, 8);
        }

        return [.. writer._bytes];
    }

    private void Put(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var fields = value.EnumerateObject().ToList();
                PutCount(fields.Count, 0x80, 0x0f, null, 0xde);
                foreach (var field in fields)
                {
                    Put(field.Name);
                    Put(field.Value);
                }

                break;
            case JsonValueKind.Array:
                PutCount(value.GetArrayLength(), 0x90, 0x0f, null, 0xdc);
                value.EnumerateArray().ToList().ForEach(Put);
                break;
            case JsonValueKind.String:
                Put(value.GetString()!);
                break;
            case JsonValueKind.Number:
                PutNumber(value.TryGetInt64(out var number) ? number : throw new FormatException("a number is not whole"));
                break;
            case JsonValueKind.True or JsonValueKind.False:
                _bytes.Add((byte)(value.GetBoolean() ? 0xc3 : 0xc2));
                break;
            default:
                _bytes.Add(0xc0);
                break;
        }
    }

    private void Put(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        PutCount(bytes.Length, 0xa0, 0x1f, 0xd9, 0xda);
        _bytes.AddRange(bytes);
    }

    /// <summary>A head: in the byte of the kind itself, or after a byte that says how long the count is.</summary>
    private void PutCount(int count, int kind, int most, int? one, int two)
    {
        var (head, length) = count <= most ? (kind + count, 0)
            : one is { } known && count <= byte.MaxValue ? (known, 1)
            : count <= ushort.MaxValue ? (two, 2)
            : (two + 1, 4);
        _bytes.Add((byte)head);
        PutBig((ulong)count, length);
    }

    private void PutNumber(long number)
    {
        if (number is >= -32 and <= 127)
        {
            _bytes.Add((byte)number);
            return;
        }

        var length = number switch
        {
            >= 0 and <= byte.MaxValue or < 0 and >= sbyte.MinValue => 1,
            >= 0 and <= ushort.MaxValue or < 0 and >= short.MinValue => 2,
            >= 0 and <= uint.MaxValue or < 0 and >= int.MinValue => 4,
            _ => 8,
        };
        _bytes.Add((byte)((number < 0 ? 0xd0 : 0xcc) + int.Log2(length)));
        PutBig((ulong)number, length);
    }

    private void PutBig(ulong number, int length)
    {
        Span<byte> all = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(all, number);
        _bytes.AddRange(all[(8 - length)..]);
    }
}
