using Omnibook.Core.Derived;
using Omnibook.Core.Instruments;

namespace Omnibook.Server.Pipeline.Demand;

/// <summary>Something that was asked for: an instrument with its book and trades, or its candles. Kept by <see cref="DemandLedger"/>, under its lock.</summary>
internal sealed class Demanded(Instrument instrument, CandleInterval? interval)
{
    /// <summary>Of which instrument.</summary>
    public Instrument Instrument { get; } = instrument;

    /// <summary>Length of the candles; null for the instrument itself.</summary>
    public CandleInterval? Interval { get; } = interval;

    /// <summary>How many leases there are.</summary>
    public int Holders { get; set; } = 1;

    /// <summary>When the last lease ended; means nothing while there is one.</summary>
    public long IdleSince { get; set; }

    /// <summary>Its place is needed by something else: it is let go without waiting.</summary>
    public bool IsDue { get; set; }

    /// <summary>The connections that it shares; null until they are opened.</summary>
    public DemandGroup? Group { get; set; }
}

/// <summary>What came to be followed together, and so shares its connections.</summary>
/// <param name="Members">What is followed.</param>
/// <param name="Connections">The connections.</param>
internal sealed record DemandGroup(IReadOnlyList<Demanded> Members, IReadOnlyList<FollowedConnection> Connections);
