using Omnibook.Core.Instruments;
using Omnibook.Venues.Binance;

namespace Omnibook.Venues.BinanceSpot;

/// <summary>Which stream feeds <see cref="Core.Events.Trade"/>. Never both at once: they tell of the same trades under different numbers.</summary>
public enum SpotTradeFeed
{
    /// <summary><c>@aggTrade</c>: the fills of one taker order at one price are one trade. Numbered without holes, and refilled over REST for a sixth of the weight.</summary>
    Aggregates,

    /// <summary><c>@trade</c>: each fill. Numbered without holes; refilled by <c>historicalTrades</c>, which the hosts for market data alone do not have.</summary>
    Fills,
}

/// <summary>The streams that are followed of an instrument.</summary>
internal static class SpotStreams
{
    // Books are sent every 100 ms while they change; the thinnest pairs pause for some seconds.
    private static readonly TimeSpan BookQuiet = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan TopQuiet = TimeSpan.FromSeconds(30);

    /// <summary>Book, best bid and ask, trades.</summary>
    public static IEnumerable<StreamPlan> Of(Instrument instrument, SpotTradeFeed trades)
    {
        yield return BinanceStreamNames.Stream(instrument, "@depth@100ms", Channel.Book, BookQuiet);
        yield return BinanceStreamNames.Stream(instrument, "@bookTicker", Channel.TopOfBook, TopQuiet);
        yield return BinanceStreamNames.Stream(
            instrument, trades == SpotTradeFeed.Aggregates ? "@aggTrade" : "@trade", Channel.Trades, quietLimit: null);
    }
}
