using System.Collections.Concurrent;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Apis.MarketData.Live;
using Omnibook.Server.Pipeline.Demand;

namespace Omnibook.Tests.Server.Apis.MarketData;

/// <summary>Follows nothing, and counts what it is asked to follow and what is let go.</summary>
internal sealed class RecordedFollowing(InstrumentCatalog catalog)
{
    private readonly ConcurrentQueue<string> _asked = new();
    private int _released;

    /// <summary>What was asked for, in order.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    /// <summary>How many leases came back.</summary>
    public int Released => Volatile.Read(ref _released);

    /// <summary>Thrown instead of a lease.</summary>
    public DemandRefusedException? Refusal { get; set; }

    /// <summary>Thrown instead of a lease, as if our own code were wrong.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Whether streams of candles stood.</summary>
    public bool HasStood { get; set; } = true;

    public MarketFollowing Following => new(listing => Lease(listing, null), Lease, HasStoodSince);

    private bool HasStoodSince(Instrument instrument, CandleInterval interval, Timestamp moment) => HasStood;

    private MarketLease Lease(InstrumentListing listing, CandleInterval? interval)
    {
        _asked.Enqueue($"{listing.Venue}/{listing.Symbol}{(interval is null ? "" : $" {interval}")}");
        return (Fault ?? Refusal) is { } refusal ? throw refusal : new MarketLease(catalog.Register(listing), interval, () => Interlocked.Increment(ref _released));
    }
}
