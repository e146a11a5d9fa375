using Omnibook.Core.Instruments;
using Omnibook.Venues.Binance;

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

    private static StreamPlan Stream(Instrument instrument, string suffix, Channel channel, TimeSpan? quietLimit) =>
        BinanceStreamNames.Stream(instrument, suffix, channel, quietLimit);
}
