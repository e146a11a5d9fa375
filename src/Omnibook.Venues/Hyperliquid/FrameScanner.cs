using System.Runtime.CompilerServices;

namespace Omnibook.Venues.Hyperliquid;

/// <summary>Walks a frame whose layout is known, byte by byte. What is not as expected ends the walk; nothing is judged here.</summary>
internal ref struct FrameScanner(ReadOnlySpan<byte> frame)
{
    // 18 digits always fit into 64 bits.
    private const int MaxDigits = 18;

    private readonly ReadOnlySpan<byte> _frame = frame;
    private int _at;

    /// <summary>Whether everything was taken.</summary>
    public readonly bool IsAtEnd => _at == _frame.Length;

    /// <summary>Takes exactly these bytes, or nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(scoped ReadOnlySpan<byte> expected)
    {
        if (!_frame[_at..].StartsWith(expected))
        {
            return false;
        }

        _at += expected.Length;
        return true;
    }

    /// <summary>Takes what stands before the next quote, and the quote. False when there is an escape in it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTakeText(out ReadOnlySpan<byte> text)
    {
        var bytes = _frame;
        for (var end = _at; end < bytes.Length; end++)
        {
            if (bytes[end] is (byte)'"')
            {
                text = bytes[_at..end];
                _at = end + 1;
                return true;
            }

            if (bytes[end] is (byte)'\\' or < (byte)' ')
            {
                break;
            }
        }

        text = default;
        return false;
    }

    /// <summary>Takes a whole number as JSON writes it: digits, no sign, no leading zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTakeInteger(out long value)
    {
        var bytes = _frame;
        var start = _at;
        value = 0;
        while (_at < bytes.Length && (uint)(bytes[_at] - '0') <= 9)
        {
            value = value * 10 + (bytes[_at++] - '0');
        }

        var digits = _at - start;
        return digits is > 0 and <= MaxDigits && (digits == 1 || bytes[start] != '0');
    }
}
