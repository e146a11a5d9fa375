using System.Runtime.CompilerServices;
using System.Text;

namespace Omnibook.History.Journal;

/// <summary>Bytes that are written one after another, into an array that grows to what is needed and is used again.</summary>
internal sealed class ByteSink
{
    private const int LongestNumber = 10;
    private byte[] _bytes = new byte[8 * 1024];

    /// <summary>How many bytes were written since it was emptied.</summary>
    public int Length { get; private set; }

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Forgets what was written.</summary>
    public void Clear() => Length = 0;

    /// <summary>One byte.</summary>
    public void Byte(int value)
    {
        Reserve(1);
        _bytes[Length++] = (byte)value;
    }

    /// <summary>A number, seven bits a byte, the lowest first (LEB128).</summary>
    public void Number(ulong value)
    {
        Reserve(LongestNumber);
        while (value >= 0x80)
        {
            _bytes[Length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _bytes[Length++] = (byte)value;
    }

    /// <summary>A number that may be negative: small ones of either sign are short.</summary>
    public void Signed(long value) => Number(ZigZag(value));

    /// <summary>
    /// A number that mostly is a multiple of <paramref name="unit"/>: then it is written as so many of them. Otherwise a 1 stands before it, which is no
    /// multiple, since those are written doubled.
    /// </summary>
    public void Scaled(long value, long unit)
    {
        var units = value;
        if (unit == 1 || IsMultiple(value, unit, out units))
        {
            var doubled = ZigZag(units) << 1;
            if (doubled >> 1 == ZigZag(units))
            {
                Number(doubled);
                return;
            }
        }

        Number(1);
        Signed(value);
    }

    /// <summary>A text in UTF-8, after its length.</summary>
    public void Text(string text)
    {
        var size = Encoding.UTF8.GetByteCount(text);
        Number((ulong)size);
        Reserve(size);
        Length += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(Length));
    }

    /// <summary>Texts, after their number.</summary>
    public void Texts(IReadOnlyList<string> texts)
    {
        Number((ulong)texts.Count);
        foreach (var text in texts)
        {
            Text(text);
        }
    }

    private static ulong ZigZag(long value) => (ulong)(value << 1) ^ (ulong)(value >> 63);

    private static bool IsMultiple(long value, long unit, out long units)
    {
        units = value / unit;
        return units * unit == value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Reserve(int size)
    {
        if (_bytes.Length - Length < size)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + size));
        }
    }
}
