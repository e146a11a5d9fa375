using System.Text;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.BinanceUsdm;

/// <summary>Which stream feeds <see cref="Core.Events.Trade"/>. Never both at once: they tell of the same trades under different numbers.</summary>
public enum UsdmTradeFeed
{
    /// <summary><c>@aggTrade</c>: documented, numbered without holes, refillable over REST for 48 hours. Fills of one taker at one price within 100 ms are one trade.</summary>
    Aggregates,

    /// <summary><c>@trade</c>: each fill as it happens. On no page of the USD-M documentation, so it may fall silent any day.</summary>
    Fills,
}

/// <summary>
/// The streams of the venue and the paths that carry them. Since 2026 the socket host is split: a stream that is subscribed
/// on the wrong path is acknowledged and then silent, and so is everything but book data on the old unrouted path.
/// https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/Important-WebSocket-Change-Notice
/// </summary>
internal static class UsdmStreams
{
    /// <summary>
    /// Streams on one connection. The venue allows 1,024 since 2025 and allowed 200 before; a connection that is lost
    /// takes its books along, so the older figure is kept.
    /// https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/Connect
    /// </summary>
    public const int MaxPerConnection = 200;

    // Books change several times a second; the thinnest contracts pause for some seconds at night.
    private static readonly TimeSpan BookQuiet = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan TopQuiet = TimeSpan.FromSeconds(30);

    // Sent every second whatever happens.
    private static readonly TimeSpan MarkQuiet = TimeSpan.FromSeconds(10);

    /// <summary>The streams of an instrument on the path <c>/public</c>: book data, and (undocumented) single trades.</summary>
    public static IEnumerable<StreamPlan> Public(Instrument instrument, UsdmTradeFeed trades)
    {
        yield return Stream(instrument, "@depth@100ms", Channel.Book, BookQuiet);
        yield return Stream(instrument, "@bookTicker", Channel.TopOfBook, TopQuiet);
        if (trades == UsdmTradeFeed.Fills)
        {
            yield return Stream(instrument, "@trade", Channel.Trades, quietLimit: null);
        }
    }

    /// <summary>The streams of an instrument on the path <c>/market</c>: everything else.</summary>
    public static IEnumerable<StreamPlan> Market(Instrument instrument, UsdmTradeFeed trades)
    {
        if (trades == UsdmTradeFeed.Aggregates)
        {
            yield return Stream(instrument, "@aggTrade", Channel.Trades, quietLimit: null);
        }

        yield return Stream(instrument, "@markPrice@1s", Channel.Derived, MarkQuiet);
        yield return Stream(instrument, "@forceOrder", Channel.Liquidations, quietLimit: null);
    }

    /// <summary>The event that a stream of ours carries.</summary>
    /// <exception cref="ArgumentException">The name is not one of the streams that this venue plans.</exception>
    public static UsdmEvent EventOf(string name) =>
        Array.Find(Enum.GetValues<UsdmEvent>(), kind => Carries(Encoding.UTF8.GetBytes(name), kind)) is var found && found != UsdmEvent.None
            ? found
            : throw new ArgumentException($"{name} is not a stream of this venue.", nameof(name));

    /// <summary>
    /// True when a stream of this name carries this event. <c>@depth20@100ms</c> and <c>@rpiDepth@500ms</c> send
    /// <c>depthUpdate</c> as well, but the one is a whole top of book and the other a different book: neither is taken as a change.
    /// </summary>
    /// <param name="name">The name; empty for a frame without an envelope.</param>
    /// <param name="kind">The event.</param>
    public static bool Carries(ReadOnlySpan<byte> name, UsdmEvent kind)
    {
        var at = name.IndexOf((byte)'@');
        var suffix = at < 0 ? default : name[at..];
        return name.IsEmpty || kind switch
        {
            UsdmEvent.DepthUpdate => suffix.SequenceEqual("@depth"u8) || suffix.StartsWith("@depth@"u8),
            UsdmEvent.AggTrade => suffix.SequenceEqual("@aggTrade"u8),
            UsdmEvent.Trade => suffix.SequenceEqual("@trade"u8),
            UsdmEvent.BookTicker => suffix.SequenceEqual("@bookTicker"u8) || name.SequenceEqual("!bookTicker"u8),
            UsdmEvent.MarkPrice => suffix.SequenceEqual("@markPrice"u8) || suffix.StartsWith("@markPrice@"u8),
            UsdmEvent.ForceOrder => suffix.SequenceEqual("@forceOrder"u8) || name.SequenceEqual("!forceOrder@arr"u8),
            _ => false,
        };
    }

    /// <summary>Stream names carry the symbol in lower case; symbols may hold letters of any alphabet.</summary>
    private static StreamPlan Stream(Instrument instrument, string suffix, Channel channel, TimeSpan? quietLimit) =>
        new(instrument.Symbol.ToLowerInvariant() + suffix, channel, instrument, quietLimit);
}
