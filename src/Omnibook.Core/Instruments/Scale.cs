using System.Globalization;
using System.Runtime.CompilerServices;

namespace Omnibook.Core.Instruments;

/// <summary>
/// How many decimals an amount keeps. An amount is a 64-bit count of units, one unit being 10^-<see cref="Decimals"/>.
/// </summary>
/// <remarks>
/// Fixed point because binary floating point cannot hold 0.1: <c>floor(price / tick)</c> in doubles puts a third of all
/// 0.1-tick prices near 60,000 into the wrong bucket. Nothing here rounds: what does not fit is an <see cref="AmountError"/>.
/// </remarks>
public readonly record struct Scale
{
    /// <summary>The largest number of decimals whose unit still fits into 64 bits.</summary>
    public const int MaxDecimals = 18;

    private static readonly long[] PowersOfTen = BuildPowersOfTen();

    /// <summary>Creates a scale.</summary>
    /// <param name="decimals">0 to <see cref="MaxDecimals"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="decimals"/> is outside that range.</exception>
    public Scale(int decimals)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decimals);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decimals, MaxDecimals);
        Decimals = decimals;
    }

    /// <summary>How many decimals an amount keeps.</summary>
    public int Decimals { get; }

    /// <summary>How many units make 1.</summary>
    public long UnitsPerOne => PowersOfTen[Decimals];

    /// <summary>The coarsest scale that holds <paramref name="amount"/> exactly: 0.10 gives one decimal.</summary>
    public static Scale Of(decimal amount)
    {
        var decimals = 0;
        while (decimals < MaxDecimals && amount != decimal.Truncate(amount))
        {
            amount *= 10;
            decimals++;
        }

        return new Scale(decimals);
    }

    /// <summary>The finer of two scales: amounts of both can be held in it.</summary>
    public static Scale Finer(Scale left, Scale right) => left.Decimals >= right.Decimals ? left : right;

    /// <summary>Reads a decimal number such as <c>61800.20</c>, <c>-3</c> or <c>1.7e-7</c> without losing a digit.</summary>
    /// <param name="text">ASCII text, no blanks around it.</param>
    /// <param name="units">The amount in units of this scale; 0 when there is an error.</param>
    public AmountError TryParse(ReadOnlySpan<byte> text, out long units) =>
        TryParsePlain(text, out units) ? AmountError.None : AmountText.TryParse(text, Decimals, out units);

    /// <summary>The same amount counted in units of another scale.</summary>
    /// <exception cref="OverflowException">The amount does not fit into 64 bits at the other scale.</exception>
    /// <exception cref="ArgumentException">The other scale is coarser and the amount has digits below it.</exception>
    public long Convert(long units, Scale to)
    {
        if (to.Decimals >= Decimals)
        {
            return checked(units * PowersOfTen[to.Decimals - Decimals]);
        }

        var divisor = PowersOfTen[Decimals - to.Decimals];
        return units % divisor == 0
            ? units / divisor
            : throw new ArgumentException($"{Format(units)} has more than {to.Decimals} decimals.", nameof(units));
    }

    /// <summary>The amount as a decimal number, exact.</summary>
    public decimal ToDecimal(long units) =>
        new decimal((int)(Magnitude(units) & uint.MaxValue), (int)(Magnitude(units) >> 32), 0, units < 0, (byte)Decimals);

    /// <summary>The nearest double. For output and for statistics, never for a book.</summary>
    public double ToDouble(long units) => (double)units / UnitsPerOne;

    /// <summary>The amount of a decimal number.</summary>
    /// <exception cref="ArgumentException">The amount has digits below the scale, or does not fit.</exception>
    public long FromDecimal(decimal amount)
    {
        Span<byte> text = stackalloc byte[64];
        amount.TryFormat(text, out var written, default, CultureInfo.InvariantCulture);
        var error = TryParse(text[..written], out var units);
        return error == AmountError.None
            ? units
            : throw new ArgumentException($"{amount} is {error} for {Decimals} decimals.", nameof(amount));
    }

    /// <summary>Writes the shortest exact decimal text: no trailing zeros, no exponent.</summary>
    /// <param name="units">The amount.</param>
    /// <param name="destination">At least 21 bytes.</param>
    /// <returns>How many bytes were written.</returns>
    public int Format(long units, Span<byte> destination) => AmountText.Format(units, Decimals, destination);

    /// <summary>The shortest exact decimal text: no trailing zeros, no exponent.</summary>
    public string Format(long units)
    {
        Span<byte> text = stackalloc byte[AmountText.MaxLength];
        return System.Text.Encoding.ASCII.GetString(text[..Format(units, text)]);
    }

    /// <inheritdoc />
    public override string ToString() => $"{Decimals} decimals";

    /// <summary>10^<paramref name="exponent"/>, for exponents from 0 to <see cref="MaxDecimals"/>.</summary>
    internal static long PowerOfTen(int exponent) => PowersOfTen[exponent];

    /// <summary>
    /// The form every venue sends: digits, perhaps a point, perhaps digits. At most 18 digits, so nothing can overflow;
    /// anything else is left to the general reader.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryParsePlain(ReadOnlySpan<byte> text, out long units)
    {
        units = 0;
        if (text.IsEmpty || text.Length > MaxDecimals)
        {
            return false;
        }

        long value = 0;
        var point = -1;
        for (var i = 0; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit <= 9)
            {
                value = value * 10 + digit;
            }
            else if (text[i] == '.' && point < 0 && i > 0)
            {
                point = i;
            }
            else
            {
                return false;
            }
        }

        var fraction = point < 0 ? 0 : text.Length - point - 1;
        return TryRescale(value, fraction, out units);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryRescale(long value, int fraction, out long units)
    {
        if (fraction == Decimals)
        {
            units = value;
            return true;
        }

        if (fraction > Decimals)
        {
            var (quotient, remainder) = Math.DivRem(value, PowersOfTen[fraction - Decimals]);
            units = quotient;
            return remainder == 0;
        }

        return !MultiplyOverflows(value, PowersOfTen[Decimals - fraction], out units);
    }

    private static bool MultiplyOverflows(long left, long right, out long product)
    {
        var high = Math.BigMul(left, right, out product);
        return high != 0 || product < 0;
    }

    private static ulong Magnitude(long units) => units < 0 ? 0UL - (ulong)units : (ulong)units;

    private static long[] BuildPowersOfTen()
    {
        var powers = new long[MaxDecimals + 1];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++)
        {
            powers[i] = powers[i - 1] * 10;
        }

        return powers;
    }
}
