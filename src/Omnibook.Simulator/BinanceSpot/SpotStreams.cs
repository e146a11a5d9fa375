using Omnibook.Simulator.Binance;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.BinanceSpot;

/// <summary>The streams of Spot. <c>!bookTicker</c> and <c>!ticker@arr</c> are gone since 2022 and 2026: acknowledged, and silent.</summary>
internal static class SpotStreams
{
    private static readonly string[] DepthSpeeds = ["", "@100ms", "@1000ms"];
    private static readonly string[] PartialDepths = ["depth5", "depth10", "depth20"];

    /// <summary>The channels, for faults.</summary>
    public static IReadOnlyList<string> Channels { get; } =
        ["depth", "partialDepth", "bookTicker", "trade", "aggTrade", "kline", "ticker", "miniTicker", "avgPrice"];

    /// <summary>Reads a name. Null for a name that the venue does not know: it acknowledges those too, and never delivers.</summary>
    public static StreamName? Parse(string text) => text == "!miniTicker@arr"
        ? new StreamName(text, null, "miniTicker", StreamRoute.Public)
        : StreamName.OfSymbol(text, ChannelOf);

    private static (string Channel, StreamRoute Route)? ChannelOf(string kind) => kind switch
    {
        "bookTicker" or "trade" or "aggTrade" or "ticker" or "miniTicker" or "avgPrice" => (kind, StreamRoute.Public),
        _ when kind.StartsWith("kline_", StringComparison.Ordinal) && CandleInterval.Find(kind[6..]) is not null => ("kline", StreamRoute.Public),
        _ when DepthSpeeds.Any(speed => kind == "depth" + speed) => ("depth", StreamRoute.Public),
        _ when PartialDepths.Any(depth => DepthSpeeds.Any(speed => kind == depth + speed)) => ("partialDepth", StreamRoute.Public),
        _ => null,
    };
}
