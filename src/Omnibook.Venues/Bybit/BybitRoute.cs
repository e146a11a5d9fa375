using Omnibook.Core.Derived;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Bybit;

/// <summary>One topic of a connection, and what has to be remembered between two of its frames.</summary>
internal sealed class BybitRoute(Channel channel, Instrument instrument, int stream, CandleInterval? interval = null)
{
    /// <summary>What the topic carries.</summary>
    public Channel Channel { get; } = channel;

    /// <summary>Of which instrument.</summary>
    public Instrument Instrument { get; } = instrument;

    /// <summary>Index into <see cref="ConnectionPlan.Streams"/>, or -1 for a topic that was learned from a replay.</summary>
    public int Stream { get; } = stream;

    /// <summary>Length of the candles; null for a topic of something else.</summary>
    public CandleInterval? Interval { get; } = interval;

    /// <summary>The last <c>u</c> of a book; 0 before the first snapshot.</summary>
    public long LastUpdate { get; set; }

    /// <summary>True once a book has come on this connection.</summary>
    public bool HasSnapshot { get; set; }

    /// <summary>True while the venue says that there is no book: delisted, or between the phases of an auction.</summary>
    public bool IsWithoutBook { get; set; }

    /// <summary>What the ticker said last.</summary>
    public BybitTicker Ticker { get; set; }
}
