using System.Globalization;
using Omnibook.Core.Liquidity;

namespace Omnibook.Server.Apis.Liquidity;

/// <summary>The windows by which depth can be asked for: <c>010bps</c>, <c>025bps</c>, <c>050bps</c>, <c>100bps</c>.</summary>
internal static class MetricWindow
{
    /// <summary>The window of <c>depth_050</c>.</summary>
    public const int UsualBps = 50;

    /// <summary>The windows that anybody may ask for.</summary>
    public static IReadOnlyList<int> Offered { get; } = [10, 25, UsualBps, 100];

    /// <summary>The name of a window.</summary>
    public static string NameOf(int bps) => string.Create(CultureInfo.InvariantCulture, $"{bps:000}bps");

    /// <summary>Reads <c>050bps</c>, <c>50bps</c> or <c>50</c>. False for what is no width between the bounds.</summary>
    public static bool TryParse(string text, out int bps)
    {
        var number = text.EndsWith("bps", StringComparison.OrdinalIgnoreCase) ? text.AsSpan(0, text.Length - 3) : text;
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out bps)
            && bps is >= LiquidityMeter.NarrowestBps and <= LiquidityMeter.WidestBps;
    }
}
