using System.Globalization;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Lighter;

/// <summary>A channel: <c>order_book/0</c> in requests, <c>order_book:0</c> in answers.</summary>
/// <param name="Kind">The part before the first slash.</param>
/// <param name="Market">The market's number, or null for all or none.</param>
/// <param name="Interval">The interval of candles.</param>
/// <param name="Name">As answers spell it.</param>
internal sealed record LighterChannel(string Kind, int? Market, CandleInterval? Interval, string Name)
{
    private static readonly string[] Intervals = ["1m", "5m", "15m", "30m", "1h", "4h", "12h", "1d"];

    /// <summary>The channels, for faults.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["order_book", "trade", "market_stats", "ticker", "candle", "height"];

    /// <summary>The interval of a resolution, or null.</summary>
    public static CandleInterval? IntervalOf(string? name) => Intervals.Contains(name, StringComparer.Ordinal) ? CandleInterval.Find(name) : null;

    /// <summary>Reads the name in a request; null when there is no such channel. The market is not looked up.</summary>
    public static LighterChannel? Parse(string text)
    {
        var name = text.Replace('/', ':');
        return text.Split('/') switch
        {
            ["height"] => new("height", null, null, name),
            ["market_stats", "all"] => new("market_stats", null, null, name),
            [("order_book" or "trade" or "market_stats" or "ticker") and var kind, var id] when TryRead(id, out var market) => new(kind, market, null, name),
            ["candle", var id, var interval] when TryRead(id, out var market) && IntervalOf(interval) is { } known => new("candle", market, known, name),
            _ => null,
        };
    }

    private static bool TryRead(string text, out int market) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out market);
}
