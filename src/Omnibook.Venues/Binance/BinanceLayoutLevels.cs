using System.Runtime.CompilerServices;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Binance;

/// <summary>Reads levels in the venue's own layout: nine tenths of all bytes that come are these.</summary>
internal static class BinanceLayoutLevels
{
    private const int MaxDigits = 18;

    /// <summary>
    /// Reads <c>[["61800.20","0.014"],["61799.90","0.000"]]</c> from the beginning of <paramref name="text"/>.
    /// </summary>
    /// <returns>How many bytes that is; 0 when there is anything else, or a price of zero, which the general parser is to judge.</returns>
    public static int Read(ReadOnlySpan<byte> text, Instrument instrument, LevelBuffer levels)
    {
        levels.Clear();
        if (text.StartsWith("[]"u8))
        {
            return 2;
        }

        var priceDecimals = instrument.PriceScale.Decimals;
        var quantityDecimals = instrument.QuantityScale.Decimals;
        var at = 0;
        do
        {
            // After the first level the opening bracket's place is taken by a comma: both are one byte before the level.
            at++;
            if (!TrySkip(text, ref at, '[') || !TryAmount(text, ref at, priceDecimals, out var price) || price == 0
                || !TrySkip(text, ref at, ',') || !TryAmount(text, ref at, quantityDecimals, out var quantity)
                || !TrySkip(text, ref at, ']'))
            {
                return 0;
            }

            levels.Add(price, quantity);
        }
        while ((uint)at < (uint)text.Length && text[at] == ',');

        return text[0] == '[' && TrySkip(text, ref at, ']') ? at : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TrySkip(ReadOnlySpan<byte> text, ref int at, char letter)
    {
        if ((uint)at < (uint)text.Length && text[at] == letter)
        {
            at++;
            return true;
        }

        return false;
    }

    /// <summary>
    /// Reads <c>"61800.20"</c> into units of a scale. Digits below the scale have to be zeros, which they are where the venue
    /// writes more decimals than its step has; then no division is needed.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryAmount(ReadOnlySpan<byte> text, ref int at, int decimals, out long units)
    {
        units = 0;
        var i = at + 1;
        if ((uint)at >= (uint)text.Length || text[at] != '"')
        {
            return false;
        }

        uint digit;
        while ((uint)i < (uint)text.Length && (digit = (uint)(text[i] - '0')) <= 9)
        {
            units = units * 10 + digit;
            i++;
        }

        var whole = i - at - 1;
        var missing = decimals;
        if ((uint)i < (uint)text.Length && text[i] == '.')
        {
            i++;
            while (missing > 0 && (uint)i < (uint)text.Length && (digit = (uint)(text[i] - '0')) <= 9)
            {
                units = units * 10 + digit;
                missing--;
                i++;
            }

            while ((uint)i < (uint)text.Length && text[i] == '0' && missing == 0)
            {
                i++;
            }
        }

        for (; missing > 0; missing--)
        {
            units *= 10;
        }

        // With so many digits at most, nothing can have wrapped around.
        at = i + 1;
        return whole > 0 && whole + decimals <= MaxDigits && (uint)i < (uint)text.Length && text[i] == '"';
    }
}
