using System.Diagnostics.CodeAnalysis;
using System.Text;
using Omnibook.Core.Derived;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Lighter;

/// <summary>
/// The public channels. Requests join name and market with a slash (<c>order_book/1</c>), frames with a colon (<c>order_book:1</c>).
/// https://apidocs.lighter.xyz/docs/websocket-reference
/// </summary>
internal static class LighterChannels
{
    /// <summary>
    /// Subscriptions on one connection. The venue's page allowed 100 at first and 500 since the middle of 2026; the older figure is kept.
    /// https://apidocs.lighter.xyz/docs/rate-limits
    /// </summary>
    public const int MaxPerConnection = 100;

    /// <summary>Subscriptions of one address over all its connections, by the oldest and smallest figure.</summary>
    public const int MaxSubscriptions = 1000;

    // A traded market changes every 50 ms; the thinnest of the equities rest for a while.
    private static readonly TimeSpan BookQuiet = TimeSpan.FromSeconds(15);

    /// <summary>Everything that is followed of an instrument, what is most wanted first. Trades bring the forced ones along; spot pays no funding.</summary>
    public static IEnumerable<StreamPlan> Of(Instrument instrument)
    {
        yield return Stream("order_book", Channel.Book, instrument, BookQuiet);
        yield return Stream("trade", Channel.Trades, instrument, quietLimit: null);
        if (instrument.Listing.Kind == InstrumentKind.Perpetual)
        {
            yield return Stream("market_stats", Channel.Derived, instrument, quietLimit: null);
        }

        yield return Stream("ticker", Channel.TopOfBook, instrument, quietLimit: null);
    }

    /// <summary>The candles that are streamed.</summary>
    public static IReadOnlyList<CandleInterval> Intervals { get; } =
        [.. CandleInterval.All.Where(interval => interval.Name is "1m" or "5m" or "15m" or "30m" or "1h" or "4h" or "12h" or "1d")];

    /// <summary>The candles of an instrument: <c>candle/0/1m</c>. They rest while nobody trades.</summary>
    public static StreamPlan Of(CandleStream candles) =>
        new($"candle/{candles.Instrument.Listing.WireSymbol}/{candles.Interval}", Channel.Candles, candles.Instrument, null) { Interval = candles.Interval };

    /// <summary>Takes what stands behind <c>candle:</c> apart: <c>0:1m</c>. False for candles of a length that nobody here knows.</summary>
    public static bool TrySplitCandles(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> market, [NotNullWhen(true)] out CandleInterval? interval)
    {
        interval = null;
        var at = name.IndexOfAny((byte)':', (byte)'/');
        market = at < 0 ? default : name[..at];
        return at > 0 && CandleInterval.TryParse(name[(at + 1)..], out interval);
    }

    /// <summary>Takes a channel of a frame apart. False for channels that are not followed.</summary>
    public static bool TrySplit(ReadOnlySpan<byte> name, out Channel channel, out ReadOnlySpan<byte> market)
    {
        var at = name.IndexOfAny((byte)':', (byte)'/');
        market = at < 0 ? default : name[(at + 1)..];
        return TryRead(at < 0 ? name : name[..at], out channel) && !market.IsEmpty;
    }

    /// <summary>The frame that subscribes a stream.</summary>
    public static ReadOnlyMemory<byte> Subscribe(StreamPlan stream) => Request("subscribe", stream);

    /// <summary>The frame that gives a stream up.</summary>
    public static ReadOnlyMemory<byte> Unsubscribe(StreamPlan stream) => Request("unsubscribe", stream);

    private static bool TryRead(ReadOnlySpan<byte> name, out Channel channel)
    {
        (channel, var isKnown) = name switch
        {
            _ when name.SequenceEqual("order_book"u8) => (Channel.Book, true),
            _ when name.SequenceEqual("trade"u8) => (Channel.Trades, true),
            _ when name.SequenceEqual("market_stats"u8) => (Channel.Derived, true),
            _ when name.SequenceEqual("ticker"u8) => (Channel.TopOfBook, true),
            _ when name.SequenceEqual("candle"u8) => (Channel.Candles, true),
            _ => (default, false),
        };
        return isKnown;
    }

    private static ReadOnlyMemory<byte> Request(string type, StreamPlan stream) =>
        Encoding.UTF8.GetBytes($$"""{"type":"{{type}}","channel":"{{stream.Name}}"}""");

    private static StreamPlan Stream(string name, Channel channel, Instrument instrument, TimeSpan? quietLimit) =>
        new($"{name}/{instrument.Listing.WireSymbol}", channel, instrument, quietLimit);
}
