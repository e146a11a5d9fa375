using System.Runtime.CompilerServices;

namespace Omnibook.Venues.Json;

/// <summary>
/// Goes forward over JSON that is written without blanks and without escapes, which is how venues write it. Each step says
/// false where the text is anything else, valid or not; a general parser is then to judge it.
/// </summary>
internal ref struct CompactJson(ReadOnlySpan<byte> text)
{
    // 10^18 fits into 64 bits, so up to 18 digits need no check for overflow.
    private const int MaxDigits = 18;

    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;

    /// <summary>True at the end of the text.</summary>
    public readonly bool IsAtEnd => _at == _text.Length;

    /// <summary>What has not been read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _text[_at..];

    /// <summary>Goes over so many bytes, which the caller has read from <see cref="Rest"/>.</summary>
    public void Advance(int count) => _at += count;

    /// <summary>Goes over <paramref name="literal"/> if it stands here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TrySkip(ReadOnlySpan<byte> literal)
    {
        var isHere = _text[_at..].StartsWith(literal);
        _at += isHere ? literal.Length : 0;
        return isHere;
    }

    /// <summary>Goes over one letter if it stands here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TrySkip(char letter)
    {
        var isHere = (uint)_at < (uint)_text.Length && _text[_at] == letter;
        _at += isHere ? 1 : 0;
        return isHere;
    }

    /// <summary>Reads what stands before the next quote, the opening quote having been read. Escapes are not read.</summary>
    public bool TryRestOfString(out ReadOnlySpan<byte> value)
    {
        value = _text[_at..];
        var end = value.IndexOf((byte)'"');
        if (end < 0)
        {
            return false;
        }

        value = value[..end];
        _at += end + 1;
        return !value.Contains((byte)'\\');
    }

    /// <summary>Reads a string of letters, digits and points alone.</summary>
    public bool TryWord(out ReadOnlySpan<byte> value)
    {
        value = default;
        var from = _at + 1;
        if (!TrySkip('"'))
        {
            return false;
        }

        while ((uint)_at < (uint)_text.Length && IsWordLetter(_text[_at]))
        {
            _at++;
        }

        value = _text[from.._at];
        return TrySkip('"');
    }

    /// <summary>Reads a whole number of up to 18 digits, without sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryDigits(out long value)
    {
        value = 0;
        var from = _at;
        uint digit;
        while ((uint)_at < (uint)_text.Length && (digit = (uint)(_text[_at] - '0')) <= 9)
        {
            value = value * 10 + digit;
            _at++;
        }

        // JSON has no leading zeros.
        var count = _at - from;
        return count is > 0 and <= MaxDigits && (_text[from] != '0' || count == 1);
    }

    /// <summary>
    /// Reads <c>"61800.20"</c> into units of 10^-<paramref name="decimals"/>. Digits below them have to be zeros, which they are
    /// where a venue writes more decimals than its step has; no sign, no exponent.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryQuotedAmount(int decimals, out long units)
    {
        units = 0;
        var i = _at + 1;
        if ((uint)_at >= (uint)_text.Length || _text[_at] != '"')
        {
            return false;
        }

        uint digit;
        while ((uint)i < (uint)_text.Length && (digit = (uint)(_text[i] - '0')) <= 9)
        {
            units = units * 10 + digit;
            i++;
        }

        var whole = i - _at - 1;
        if ((uint)i < (uint)_text.Length && _text[i] == '.')
        {
            i++;
            for (; decimals > 0 && (uint)i < (uint)_text.Length && (digit = (uint)(_text[i] - '0')) <= 9; decimals--, whole++, i++)
            {
                units = units * 10 + digit;
            }

            while (decimals == 0 && (uint)i < (uint)_text.Length && _text[i] == '0')
            {
                i++;
            }
        }

        var digits = whole + decimals;
        for (; decimals > 0; decimals--)
        {
            units *= 10;
        }

        // With so many digits at most, nothing can have wrapped around.
        _at = i + 1;
        return whole > 0 && digits <= MaxDigits && (uint)i < (uint)_text.Length && _text[i] == '"';
    }

    /// <summary>Reads <c>true</c> or <c>false</c>.</summary>
    public bool TryBoolean(out bool value)
    {
        value = TrySkip("true"u8);
        return value || TrySkip("false"u8);
    }

    private static bool IsWordLetter(byte letter) => (uint)(letter - '.') <= 'z' - '.' && letter is not ((byte)'\\' or (byte)'/');
}
