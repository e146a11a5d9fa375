using Omnibook.Simulator.Binance;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.BinanceUsdm;

/// <summary>The streams of USD-M futures and the path of each.</summary>
internal static class UsdmStreams
{
    private static readonly string[] DepthSpeeds = ["", "@100ms", "@500ms"];
    private static readonly string[] PartialDepths = ["depth5", "depth10", "depth20"];

    private static readonly Dictionary<string, (string Channel, StreamRoute Route)> AllSymbols = new(StringComparer.Ordinal)
    {
        ["!bookTicker"] = ("bookTicker", StreamRoute.Public),
        ["!markPrice@arr"] = ("markPrice", StreamRoute.Market),
        ["!markPrice@arr@1s"] = ("markPrice", StreamRoute.Market),
        ["!miniTicker@arr"] = ("miniTicker", StreamRoute.Market),
        ["!ticker@arr"] = ("ticker", StreamRoute.Market),
        ["!forceOrder@arr"] = ("forceOrder", StreamRoute.Market),
        ["!contractInfo"] = ("contractInfo", StreamRoute.Market),
    };

    /// <summary>The channels, for faults.</summary>
    public static IReadOnlyList<string> Channels { get; } =
        ["depth", "partialDepth", "bookTicker", "trade", "aggTrade", "markPrice", "kline", "ticker", "miniTicker", "forceOrder", "contractInfo"];

    /// <summary>Reads a name. Null for a name that the venue does not know: it acknowledges those too, and never delivers.</summary>
    public static StreamName? Parse(string text) => AllSymbols.TryGetValue(text, out var all)
        ? new StreamName(text, null, all.Channel, all.Route)
        : StreamName.OfSymbol(text, ChannelOf);

    private static (string Channel, StreamRoute Route)? ChannelOf(string kind) => kind switch
    {
        "bookTicker" or "trade" => (kind, StreamRoute.Public),
        "aggTrade" or "forceOrder" or "ticker" or "miniTicker" => (kind, StreamRoute.Market),
        "markPrice" or "markPrice@1s" => ("markPrice", StreamRoute.Market),
        _ when kind.StartsWith("kline_", StringComparison.Ordinal) && CandleInterval.Find(kind[6..]) is not null => ("kline", StreamRoute.Market),
        _ when DepthSpeeds.Any(speed => kind == "depth" + speed) => ("depth", StreamRoute.Public),
        _ when PartialDepths.Any(depth => DepthSpeeds.Any(speed => kind == depth + speed)) => ("partialDepth", StreamRoute.Public),
        _ => null,
    };
}
