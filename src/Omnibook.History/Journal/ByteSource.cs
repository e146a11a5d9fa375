using System.Text;

namespace Omnibook.History.Journal;

/// <summary>Reads what a <see cref="ByteSink"/> wrote.</summary>
/// <param name="bytes">What was written.</param>
internal ref struct ByteSource(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    /// <summary>Whether something is left.</summary>
    public readonly bool HasMore => _at < _bytes.Length;

    /// <summary>How many bytes are left.</summary>
    public readonly int Left => _bytes.Length - _at;

    /// <summary>One byte.</summary>
    /// <exception cref="InvalidDataException">Nothing is left.</exception>
    public byte Byte() => _at < _bytes.Length ? _bytes[_at++] : throw Ended();

    /// <summary>A number.</summary>
    /// <exception cref="InvalidDataException">It is cut off, or longer than a number can be.</exception>
    public ulong Number()
    {
        ulong value = Byte();
        if (value < 0x80)
        {
            return value;
        }

        value &= 0x7F;
        for (var shift = 7; shift < 64; shift += 7)
        {
            ulong next = Byte();
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A number is longer than 64 bits.");
    }

    /// <summary>A number that may be negative.</summary>
    public long Signed() => UnZigZag(Number());

    /// <summary>A number that mostly is a multiple of a unit.</summary>
    public long Scaled(long unit)
    {
        var value = Number();
        return value == 1 ? Signed() : unchecked(UnZigZag(value >> 1) * unit);
    }

    /// <summary>A number of things, each of which takes a byte at least.</summary>
    /// <exception cref="InvalidDataException">There cannot be so many.</exception>
    public int Count()
    {
        var count = Number();
        return count <= (ulong)(_bytes.Length - _at) ? (int)count : throw Ended();
    }

    /// <summary>A text.</summary>
    public string Text()
    {
        var size = Count();
        _at += size;
        return Encoding.UTF8.GetString(_bytes.Slice(_at - size, size));
    }

    /// <summary>Texts.</summary>
    public string[] Texts()
    {
        var texts = new string[Count()];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = Text();
        }

        return texts;
    }

    private static long UnZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    private static InvalidDataException Ended() => new("A record of the journal ends too early.");
}
