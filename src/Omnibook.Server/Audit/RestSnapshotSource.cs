using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Pipeline;
using Omnibook.Venues;

namespace Omnibook.Server.Audit;

/// <summary>Asks the venue's REST host.</summary>
internal sealed class RestSnapshotSource(FollowedVenue venue, TimeProvider time) : SnapshotSource(venue)
{
    /// <inheritdoc />
    public override async Task<EventBatch?> FetchAsync(Instrument instrument, CancellationToken cancellationToken)
    {
        if (Venue.Venue.SnapshotRequest(instrument) is not { } request)
        {
            return null;
        }

        var body = await Venue.Rest.SendAsync(request, cancellationToken);
        var batch = new EventBatch();
        return Venue.Venue.TryTranslateSnapshot(instrument, body, Timestamp.From(time.GetUtcNow()), batch)
            ? batch
            : throw new VenueRequestException(RequestFailure.Unreadable, "The answer is JSON, but not a snapshot.");
    }
}
