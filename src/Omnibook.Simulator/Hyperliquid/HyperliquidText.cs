using System.Globalization;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Hyperliquid;

/// <summary>Amounts as Hyperliquid writes them: no trailing zeros, but at least one decimal.</summary>
internal static class HyperliquidText
{
    /// <summary>Units of a scale: <c>110427.0</c>, <c>0.31694</c>.</summary>
    public static string Amount(long units, Scale scale)
    {
        var text = scale.Format(units);
        return text.Contains('.', StringComparison.Ordinal) ? text : text + ".0";
    }

    /// <summary>A decimal, to at most so many decimals.</summary>
    public static string Amount(decimal amount, int decimals = 6)
    {
        var text = Math.Round(amount, decimals).ToString("0.0#################", CultureInfo.InvariantCulture);
        return text == "-0.0" ? "0.0" : text;
    }

    /// <summary>Twenty bytes drawn from a number, as an address.</summary>
    public static string Address(ulong seed) =>
        $"0x{SeededRandom.Mix(seed, 1):x16}{SeededRandom.Mix(seed, 2):x16}{(uint)SeededRandom.Mix(seed, 3):x8}";

    /// <summary>Thirty-two bytes drawn from a number, as a hash.</summary>
    public static string Hash(ulong seed) =>
        $"0x{SeededRandom.Mix(seed, 4):x16}{SeededRandom.Mix(seed, 5):x16}{SeededRandom.Mix(seed, 6):x16}{SeededRandom.Mix(seed, 7):x16}";
}
