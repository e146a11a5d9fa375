namespace Omnibook.Core.Instruments;

/// <summary>
/// Amounts that need 128 bits: sums, and products of a price and a quantity, whose unit is 10^-(decimals of both). Exact until they are
/// told as a decimal number, which keeps 28 digits.
/// </summary>
internal static class WideAmount
{
    /// <summary>10^27: more than there is of anything.</summary>
    public const decimal Most = 1_000_000_000_000_000_000_000_000_000m;

    private const int MostDecimals = 28;

    private static readonly Int128 MostMantissa = (Int128)decimal.MaxValue;
    private static readonly Int128 MostBeforeTen = Int128.MaxValue / 10;

    /// <summary>A product, whatever its factors are.</summary>
    public static Int128 Multiply(long left, long right)
    {
        var high = Math.BigMul(left, right, out var low);
        return new Int128((ulong)high, (ulong)low);
    }

    /// <summary>
    /// The amount as a decimal number; digits beyond the 28th are cut off. What is more than <see cref="Most"/> is told as that, so that a
    /// few such can still be added.
    /// </summary>
    public static decimal ToDecimal(Int128 units, int decimals)
    {
        var magnitude = Int128.Abs(units);
        while (decimals > MostDecimals || (decimals > 0 && magnitude > MostMantissa))
        {
            magnitude /= 10;
            decimals--;
        }

        var amount = magnitude > MostMantissa ? Most : decimal.Min(Small(magnitude, decimals), Most);
        return units < 0 ? -amount : amount;
    }

    /// <summary>
    /// The smallest whole number of units that is not below a positive amount; <see cref="Int128.MaxValue"/> when it does not fit, since no
    /// sum ever reaches it.
    /// </summary>
    public static Int128 Ceiling(decimal amount, int decimals)
    {
        while (decimals > 0 && amount != decimal.Truncate(amount) && amount < decimal.MaxValue / 10)
        {
            amount *= 10;
            decimals--;
        }

        var units = (Int128)decimal.Ceiling(amount);
        for (; decimals > 0; decimals--)
        {
            if (units > MostBeforeTen)
            {
                return Int128.MaxValue;
            }

            units *= 10;
        }

        return units;
    }

    /// <summary>The largest whole number of units that is not above a positive amount.</summary>
    public static Int128 Floor(decimal amount, int decimals)
    {
        var units = Ceiling(amount, decimals);
        return units < Int128.MaxValue && ToDecimal(units, decimals) > amount ? units - 1 : units;
    }

    private static decimal Small(Int128 magnitude, int decimals)
    {
        var low = (ulong)(magnitude & ulong.MaxValue);
        return new decimal((int)(uint)low, (int)(uint)(low >> 32), (int)(uint)(ulong)(magnitude >> 64), false, (byte)decimals);
    }
}
