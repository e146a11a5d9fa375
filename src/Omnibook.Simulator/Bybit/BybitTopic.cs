using System.Globalization;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Bybit;

/// <summary>A topic of the linear socket, for example <c>orderbook.50.BTCUSDT</c>.</summary>
/// <param name="Name">As clients write it.</param>
/// <param name="Channel">The part before the first point.</param>
/// <param name="Parameter">The depth or the interval, empty where there is none.</param>
/// <param name="Symbol">The part after the last point.</param>
internal sealed record BybitTopic(string Name, string Channel, string Parameter, string Symbol)
{
    /// <summary>The depths of linear books: 500 was taken away on 2025-09-11, when 1000 had come.</summary>
    public static readonly int[] Depths = [1, 50, 200, 1000];

    private static readonly Dictionary<string, string> Intervals = new(StringComparer.Ordinal)
    {
        ["1"] = "1m",
        ["3"] = "3m",
        ["5"] = "5m",
        ["15"] = "15m",
        ["30"] = "30m",
        ["60"] = "1h",
        ["120"] = "2h",
        ["240"] = "4h",
        ["360"] = "6h",
        ["720"] = "12h",
        ["D"] = "1d",
        ["W"] = "1w",
        ["M"] = "1M",
    };

    /// <summary>The channels, for faults.</summary>
    public static IReadOnlyList<string> Channels { get; } = ["orderbook", "publicTrade", "tickers", "kline", "allLiquidation"];

    /// <summary>The depth of a book topic.</summary>
    public int Depth => int.Parse(Parameter, CultureInfo.InvariantCulture);

    /// <summary>The interval of a kline topic.</summary>
    public CandleInterval Interval => IntervalOf(Parameter)!;

    /// <summary>The interval of a name as Bybit writes it, or null.</summary>
    public static CandleInterval? IntervalOf(string name) => Intervals.TryGetValue(name, out var usual) ? CandleInterval.Find(usual) : null;

    /// <summary>The topic of a name, or null when nobody handles it. The symbol is not looked up.</summary>
    public static BybitTopic? Parse(string name) => name.Split('.') switch
    {
        ["orderbook", var depth, var symbol] when Depths.Any(known => BybitText.Text(known) == depth) => new(name, "orderbook", depth, symbol),
        ["kline", var interval, var symbol] when Intervals.ContainsKey(interval) => new(name, "kline", interval, symbol),
        [("publicTrade" or "tickers" or "allLiquidation") and var channel, var symbol] => new(name, channel, "", symbol),
        _ => null,
    };
}
