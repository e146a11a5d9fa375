using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Configuration;
using Omnibook.Venues.Feed;

namespace Omnibook.Server.Pipeline.Demand;

/// <summary>
/// Where to ask that something be followed which the configuration does not name: an instrument's book and trades, or its candles. Whoever
/// asks gets a lease; all leases of the same thing share one subscription, which ends some time after the last of them.
/// </summary>
internal sealed class MarketDemand(
    OmnibookOptions options, VenueFeeds feeds, InstrumentCatalog catalog, MarketLoop loop, TimeProvider time, ILogger<MarketDemand> log) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<VenueId, VenueDemand> _venues = [];
    private bool _isEnding;

    /// <summary>Follows the book and the trades of an instrument. One that is configured is followed anyway: its lease costs nothing.</summary>
    /// <param name="listing">What the venue says of it.</param>
    /// <exception cref="DemandRefusedException">The venue is not followed, or as much as is allowed is followed there already.</exception>
    public MarketLease Acquire(InstrumentListing listing)
    {
        var venue = VenueOf(listing.Venue);
        return venue.Symbols.Contains(listing.Symbol, StringComparer.Ordinal)
            ? new MarketLease(catalog.Register(listing))
            : DemandOf(venue).Acquire(catalog.Register(listing), interval: null);
    }

    /// <summary>Follows the candles of an instrument; they come as <see cref="CandleUpdate"/>. Its book is not followed thereby.</summary>
    /// <param name="listing">What the venue says of the instrument.</param>
    /// <param name="interval">One of <see cref="StreamedCandles"/>.</param>
    /// <exception cref="DemandRefusedException">
    /// The venue is not followed or streams no such candles, or as much as is allowed is followed there already.
    /// </exception>
    public MarketLease AcquireCandles(InstrumentListing listing, CandleInterval interval)
    {
        var venue = VenueOf(listing.Venue);
        return venue.Venue.StreamedCandles.Contains(interval)
            ? DemandOf(venue).Acquire(catalog.Register(listing), interval)
            : throw new DemandRefusedException(
                DemandRefusal.CandlesNotStreamed,
                venue.Venue.StreamedCandles.Count == 0
                    ? $"{venue.Id} streams no candles."
                    : $"{venue.Id} streams no candles of {interval}; there are {string.Join(", ", venue.Venue.StreamedCandles)}.");
    }

    /// <summary>The candles that a venue streams; empty for one that streams none or is not followed.</summary>
    public IReadOnlyList<CandleInterval> StreamedCandles(VenueId venue) => feeds.Find(venue)?.Venue.StreamedCandles ?? [];

    /// <summary>Whether the stream of candles has stood without a break since a moment, so that nothing was missed.</summary>
    public bool HasStoodSince(Instrument instrument, CandleInterval interval, Timestamp moment)
    {
        VenueDemand? demand;
        lock (_gate)
        {
            demand = _venues.GetValueOrDefault(instrument.Venue);
        }

        return demand is not null
            && demand.ConnectionsOf(instrument.Id, interval) is { Count: > 0 } connections
            && connections.All(connection => connection.Feed.Status is { State: FeedState.Connected } status && Timestamp.From(status.Since) <= moment);
    }

    /// <summary>Opens and closes nothing any more; leases may still come back. To be ended before the venues are.</summary>
    public async ValueTask DisposeAsync()
    {
        VenueDemand[] ending;
        lock (_gate)
        {
            _isEnding = true;
            ending = [.. _venues.Values];
            _venues.Clear();
        }

        await Task.WhenAll(ending.Select(venue => venue.DisposeAsync().AsTask()));
    }

    private FollowedVenue VenueOf(VenueId id) =>
        feeds.Find(id) ?? throw new DemandRefusedException(
            DemandRefusal.VenueNotFollowed,
            $"{id} is not followed; there are {string.Join(", ", feeds.States.Select(state => state.Id))}.");

    private VenueDemand DemandOf(FollowedVenue venue)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isEnding, this);
            if (!_venues.TryGetValue(venue.Id, out var demand))
            {
                demand = new VenueDemand(venue.Venue, venue.Connections, venue.Symbols, loop, options.Demand, time, log);
                _venues.Add(venue.Id, demand);
            }

            return demand;
        }
    }
}
