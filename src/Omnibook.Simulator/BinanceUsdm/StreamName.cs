using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.BinanceUsdm;

/// <summary>The path of a socket decides what it delivers, since the URL split of 2026.</summary>
internal enum StreamRoute
{
    /// <summary><c>/public</c>, and sockets without a route: books and trades.</summary>
    Public,

    /// <summary><c>/market</c>: everything else that is public.</summary>
    Market,

    /// <summary><c>/private</c>: user data, of which the simulator has none.</summary>
    Private,
}

/// <summary>A stream that the simulator delivers, for example <c>btcusdt@depth@100ms</c>.</summary>
/// <param name="Text">As clients write it.</param>
/// <param name="Symbol">In capitals, or null for streams of all symbols.</param>
/// <param name="Channel">The kind of stream.</param>
/// <param name="Route">The only path that delivers it.</param>
internal sealed record StreamName(string Text, string? Symbol, string Channel, StreamRoute Route)
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

    /// <summary>For <c>kline_1m</c> the interval.</summary>
    public string Interval => Text[(Text.IndexOf("kline_", StringComparison.Ordinal) + 6)..];

    /// <summary>Reads a name. Null for a name that the venue does not know: it acknowledges those too, and never delivers.</summary>
    public static StreamName? Parse(string text)
    {
        if (AllSymbols.TryGetValue(text, out var all))
        {
            return new StreamName(text, null, all.Channel, all.Route);
        }

        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at <= 0 || text[..at].Any(char.IsUpper) || ChannelOf(text[(at + 1)..]) is not { } kind)
        {
            return null;
        }

        return new StreamName(text, text[..at].ToUpperInvariant(), kind.Channel, kind.Route);
    }

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
