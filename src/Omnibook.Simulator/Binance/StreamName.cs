namespace Omnibook.Simulator.Binance;

/// <summary>The path of a USD-M socket decides what it delivers, since the URL split of 2026. Spot is not split: all of it is public.</summary>
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
    /// <summary>For <c>kline_1m</c> the interval.</summary>
    public string Interval => Text[(Text.IndexOf("kline_", StringComparison.Ordinal) + 6)..];

    /// <summary>Reads the name of a stream of one symbol, which is in small letters; null when its kind is not known.</summary>
    public static StreamName? OfSymbol(string text, Func<string, (string Channel, StreamRoute Route)?> channelOf)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at <= 0 || text[..at].Any(char.IsUpper) || channelOf(text[(at + 1)..]) is not { } kind
            ? null
            : new StreamName(text, text[..at].ToUpperInvariant(), kind.Channel, kind.Route);
    }
}
