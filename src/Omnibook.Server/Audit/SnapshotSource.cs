using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Pipeline;
using Omnibook.Venues;

namespace Omnibook.Server.Audit;

/// <summary>Where the snapshot comes from with which a book of a venue is compared.</summary>
internal abstract class SnapshotSource(FollowedVenue venue)
{
    /// <summary>False where nothing can be compared and the book is only begun anew.</summary>
    public virtual bool Compares => true;

    /// <summary>Whether its snapshots are all that the stream shows of a book, not the best part of it.</summary>
    public virtual bool IsWhole => false;

    /// <summary>The venue.</summary>
    protected FollowedVenue Venue => venue;

    /// <summary>The way that the venue allows; see <see cref="VenueRules.BookCheck"/>.</summary>
    public static SnapshotSource Of(FollowedVenue venue, TimeSpan patience, TimeProvider time) => venue.Venue.Rules.BookCheck switch
    {
        BookCheck.RestSnapshot => new RestSnapshotSource(venue, time),
        BookCheck.SecondConnection => new ConnectionSnapshotSource(venue, patience, time),
        _ => new Resubscription(venue),
    };

    /// <summary>Whether the venue's request budget can spare a request that nobody waits for.</summary>
    public bool HasRoom(double share)
    {
        var budget = venue.Rest.Budget;
        return budget.BlockedUntil is null && budget.Waiting == 0 && budget.Spent <= venue.Venue.Rules.RestWeight * share;
    }

    /// <summary>Fetches a snapshot. Null when none came.</summary>
    /// <exception cref="VenueRequestException">The venue gave none.</exception>
    public abstract Task<EventBatch?> FetchAsync(Instrument instrument, CancellationToken cancellationToken);

    private sealed class Resubscription(FollowedVenue venue) : SnapshotSource(venue)
    {
        public override bool Compares => false;

        public override Task<EventBatch?> FetchAsync(Instrument instrument, CancellationToken cancellationToken)
        {
            Venue.Connections.RequestSnapshot(instrument.Id);
            return Task.FromResult<EventBatch?>(null);
        }
    }
}
