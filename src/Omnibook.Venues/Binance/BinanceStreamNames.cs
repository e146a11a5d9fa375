using System.Text;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Binance;

/// <summary>Names of streams, which are the same on all Binance markets: the symbol in lower case, <c>@</c>, what it carries.</summary>
internal static class BinanceStreamNames
{
    /// <summary>
    /// Streams on one connection. Both markets allow 1,024 and futures allowed 200 before 2025; a connection that is lost
    /// takes its books along, so the older figure is kept.
    /// https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/Connect
    /// https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams
    /// </summary>
    public const int MaxPerConnection = 200;

    /// <summary>A candle is sent while there are trades; of the thinnest instruments there is none for minutes. The socket's own pings find a dead connection.</summary>
    private static readonly TimeSpan CandleSilence = TimeSpan.FromMinutes(30);

    /// <summary>As many connections as the streams need; the streams of one instrument stay together.</summary>
    /// <param name="name">What the connections are called, before their number.</param>
    /// <param name="address">Where they go.</param>
    /// <param name="instruments">What is followed.</param>
    /// <param name="streamsOf">The streams of one instrument, as many for each.</param>
    public static IEnumerable<ConnectionPlan> Plan(
        string name, Uri address, IReadOnlyList<Instrument> instruments, Func<Instrument, IEnumerable<StreamPlan>> streamsOf)
    {
        var perInstrument = instruments.Distinct().Select(instrument => streamsOf(instrument).ToArray()).ToArray();
        return perInstrument.Length == 0
            ? []
            : perInstrument
                .Chunk(MaxPerConnection / perInstrument[0].Length)
                .Select((chunk, i) => new ConnectionPlan($"{name}-{i}", address, chunk.SelectMany(streams => streams).ToArray()));
    }

    /// <summary>As many connections as the candles need.</summary>
    /// <param name="address">Where they go.</param>
    /// <param name="candles">What is followed.</param>
    public static IReadOnlyList<ConnectionPlan> PlanCandles(Uri address, IReadOnlyList<CandleStream> candles) =>
    [
        .. candles.Distinct()
            .Select(candle => Stream(candle.Instrument, $"@kline_{candle.Interval}", Channel.Candles, quietLimit: null) with { Interval = candle.Interval })
            .Chunk(MaxPerConnection)
            .Select((streams, i) => new ConnectionPlan($"candles-{i}", address, streams) { SilenceLimit = CandleSilence }),
    ];

    /// <summary>A stream of an instrument. Names carry the symbol in lower case; symbols may hold letters of any alphabet.</summary>
    public static StreamPlan Stream(Instrument instrument, string suffix, Channel channel, TimeSpan? quietLimit) =>
        new(instrument.Symbol.ToLowerInvariant() + suffix, channel, instrument, quietLimit);

    /// <summary>The event that a stream of ours carries.</summary>
    /// <exception cref="ArgumentException">The name is not one of the streams that this venue plans.</exception>
    public static BinanceEvent EventOf(string name) =>
        Array.Find(Enum.GetValues<BinanceEvent>(), kind => Carries(Encoding.UTF8.GetBytes(name), kind)) is var found && found != BinanceEvent.None
            ? found
            : throw new ArgumentException($"{name} is not a stream that is planned.", nameof(name));

    /// <summary>
    /// True when a stream of this name carries this event. <c>@depth20@100ms</c> and <c>@rpiDepth@500ms</c> send
    /// <c>depthUpdate</c> as well, but the one is a whole top of book and the other a different book: neither is taken as a change.
    /// </summary>
    /// <param name="name">The name; empty for a frame without an envelope.</param>
    /// <param name="kind">The event.</param>
    public static bool Carries(ReadOnlySpan<byte> name, BinanceEvent kind)
    {
        var at = name.IndexOf((byte)'@');
        var suffix = at < 0 ? default : name[at..];
        return name.IsEmpty || kind switch
        {
            BinanceEvent.DepthUpdate => suffix.SequenceEqual("@depth"u8) || suffix.StartsWith("@depth@"u8),
            BinanceEvent.AggTrade => suffix.SequenceEqual("@aggTrade"u8),
            BinanceEvent.Trade => suffix.SequenceEqual("@trade"u8),
            BinanceEvent.BookTicker => suffix.SequenceEqual("@bookTicker"u8) || name.SequenceEqual("!bookTicker"u8),
            BinanceEvent.MarkPrice => suffix.SequenceEqual("@markPrice"u8) || suffix.StartsWith("@markPrice@"u8),
            BinanceEvent.Kline => suffix.StartsWith("@kline_"u8) && suffix.LastIndexOf((byte)'@') == 0,
            BinanceEvent.ForceOrder => suffix.SequenceEqual("@forceOrder"u8) || name.SequenceEqual("!forceOrder@arr"u8),
            _ => false,
        };
    }
}
