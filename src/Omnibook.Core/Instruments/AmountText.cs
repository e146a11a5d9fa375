namespace Omnibook.Core.Instruments;

/// <summary>The general reader and the writer of decimal texts. <see cref="Scale"/> holds the quick path.</summary>
internal static class AmountText
{
    /// <summary>A sign, 19 digits, a point and a leading zero.</summary>
    public const int MaxLength = 22;

    /// <summary>No text is so long that its digits could make up for a larger exponent.</summary>
    private const int MaxExponent = 1_000_000_000;

    /// <summary>Reads sign, digits, point, digits, exponent: the whole of JSON's number grammar and leading zeros besides.</summary>
    public static AmountError TryParse(ReadOnlySpan<byte> text, int decimals, out long units)
    {
        units = 0;
        var reader = new DigitReader(text);
        var error = reader.Read();
        if (error != AmountError.None)
        {
            return error;
        }

        return reader.TryScale(decimals, out units);
    }

    /// <summary>Writes the shortest exact form and returns its length.</summary>
    public static int Format(long units, int decimals, Span<byte> destination)
    {
        var magnitude = units < 0 ? 0UL - (ulong)units : (ulong)units;
        while (decimals > 0 && magnitude % 10 == 0)
        {
            magnitude /= 10;
            decimals--;
        }

        Span<byte> reversed = stackalloc byte[MaxLength];
        var length = 0;
        for (var digit = 0; magnitude != 0 || digit <= decimals; digit++)
        {
            if (digit == decimals && decimals > 0)
            {
                reversed[length++] = (byte)'.';
            }

            reversed[length++] = (byte)('0' + magnitude % 10);
            magnitude /= 10;
        }

        if (units < 0)
        {
            reversed[length++] = (byte)'-';
        }

        for (var i = 0; i < length; i++)
        {
            destination[i] = reversed[length - 1 - i];
        }

        return length;
    }

    /// <summary>Collects the significant digits of a number as an integer and the power of ten that belongs to it.</summary>
    private ref struct DigitReader(ReadOnlySpan<byte> text)
    {
        private readonly ReadOnlySpan<byte> _text = text;
        private int _at;
        private bool _negative;
        private UInt128 _digits;
        private int _exponent;
        private int _significant;

        public AmountError Read()
        {
            if (_text.IsEmpty)
            {
                return AmountError.Empty;
            }

            ReadSign();
            var whole = ReadDigits(fraction: false);
            var fraction = 0;
            if (_at < _text.Length && _text[_at] == '.')
            {
                _at++;
                fraction = ReadDigits(fraction: true);
            }

            if (whole + fraction == 0)
            {
                return _at == _text.Length ? AmountError.Empty : AmountError.Malformed;
            }

            if (_at < _text.Length && !TryReadExponent())
            {
                return AmountError.Malformed;
            }

            return _at == _text.Length ? AmountError.None : AmountError.Malformed;
        }

        public readonly AmountError TryScale(int decimals, out long units)
        {
            units = 0;
            if (_digits == 0)
            {
                return AmountError.None;
            }

            var (digits, exponent) = (_digits, _exponent + decimals);
            for (; exponent < 0; exponent++)
            {
                var (quotient, remainder) = UInt128.DivRem(digits, 10);
                if (remainder != 0)
                {
                    return AmountError.TooPrecise;
                }

                digits = quotient;
            }

            for (; exponent > 0; exponent--)
            {
                digits *= 10;
                if (digits > long.MaxValue)
                {
                    return AmountError.TooLarge;
                }
            }

            if (digits > long.MaxValue)
            {
                return AmountError.TooLarge;
            }

            units = _negative ? -(long)digits : (long)digits;
            return AmountError.None;
        }

        private void ReadSign()
        {
            if (_text[0] is (byte)'-' or (byte)'+')
            {
                _negative = _text[0] == '-';
                _at = 1;
            }
        }

        /// <summary>Trailing zeros of the fraction are dropped later by division; digits past 38 only move the exponent.</summary>
        private int ReadDigits(bool fraction)
        {
            var start = _at;
            for (; _at < _text.Length && (uint)(_text[_at] - '0') <= 9; _at++)
            {
                Append((uint)(_text[_at] - '0'), fraction);
            }

            return _at - start;
        }

        private void Append(uint digit, bool fraction)
        {
            if (_significant == 0 && digit == 0)
            {
                _exponent -= fraction ? 1 : 0;
                return;
            }

            if (_significant < 37)
            {
                _digits = _digits * 10 + digit;
                _significant++;
                _exponent -= fraction ? 1 : 0;
                return;
            }

            // The 38th digit cannot be held. A zero is only a place; anything else marks the amount as not representable
            // by leaving a digit that no scale reaches.
            _exponent += fraction ? 0 : 1;
            if (digit != 0)
            {
                _digits |= 1;
            }
        }

        private bool TryReadExponent()
        {
            if (_text[_at] is not ((byte)'e' or (byte)'E'))
            {
                return false;
            }

            _at++;
            var negative = false;
            if (_at < _text.Length && _text[_at] is (byte)'-' or (byte)'+')
            {
                negative = _text[_at] == '-';
                _at++;
            }

            var start = _at;
            var value = 0;
            for (; _at < _text.Length && (uint)(_text[_at] - '0') <= 9; _at++)
            {
                value = (int)Math.Min(MaxExponent, value * 10L + (_text[_at] - '0'));
            }

            _exponent += negative ? -value : value;
            return _at > start;
        }
    }
}
