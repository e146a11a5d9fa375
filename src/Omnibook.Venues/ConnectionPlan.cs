using Omnibook.Core.Derived;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues;

/// <summary>What kind of data a stream carries.</summary>
public enum Channel
{
    /// <summary>The order book: snapshots or updates.</summary>
    Book,

    /// <summary>The best bid and ask alone.</summary>
    TopOfBook,

    /// <summary>Trades.</summary>
    Trades,

    /// <summary>Mark price, index, funding, open interest.</summary>
    Derived,

    /// <summary>Forced orders.</summary>
    Liquidations,

    /// <summary>Candles of the stream's <see cref="StreamPlan.Interval"/>.</summary>
    Candles,
}

/// <summary>One stream of one connection.</summary>
/// <param name="Name">The venue's name of it: <c>btcusdt@depth@100ms</c>, <c>l2Book BTC</c>.</param>
/// <param name="Channel">What it carries.</param>
/// <param name="Instrument">Of which instrument.</param>
/// <param name="QuietLimit">
/// After how much silence it counts as broken, or null where silence is normal (trades, liquidations). It is a floor:
/// a stream that is habitually slower is given twenty times its mean interval.
/// </param>
public sealed record StreamPlan(string Name, Channel Channel, Instrument Instrument, TimeSpan? QuietLimit)
{
    /// <summary>Length of the candles; null for a stream of something else.</summary>
    public CandleInterval? Interval { get; init; }
}

/// <summary>Candles that somebody wants to follow.</summary>
/// <param name="Instrument">Of which instrument.</param>
/// <param name="Interval">How long they are.</param>
public readonly record struct CandleStream(Instrument Instrument, CandleInterval Interval);

/// <summary>One socket: where it goes, and what is subscribed on it.</summary>
/// <param name="Name">A short name for logs and states, unique within the venue: <c>public-0</c>.</param>
/// <param name="Address">The socket's address.</param>
/// <param name="Streams">Everything that is subscribed on it.</param>
public sealed record ConnectionPlan(string Name, Uri Address, IReadOnlyList<StreamPlan> Streams)
{
    /// <summary>After how much silence the connection counts as dead, where it may rest for longer than <see cref="VenueRules.SilenceLimit"/>; otherwise null.</summary>
    public TimeSpan? SilenceLimit { get; init; }

    /// <summary>The instruments whose books come over this connection.</summary>
    public IEnumerable<Instrument> Books =>
        Streams.Where(stream => stream.Channel == Channel.Book).Select(stream => stream.Instrument).Distinct();
}
