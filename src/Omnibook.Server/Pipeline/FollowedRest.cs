using Omnibook.Core.Instruments;
using Omnibook.Venues;

namespace Omnibook.Server.Pipeline;

/// <summary>The REST host of a venue by its key, for those who may ask before the venue is followed, or when it never will be.</summary>
internal sealed class FollowedRest(VenueFeeds feeds, VenueId venue) : VenueRest
{
    /// <inheritdoc />
    public override Task<byte[]> SendAsync(RestRequest request, CancellationToken cancellationToken) =>
        feeds.RestOf(venue) is { } rest
            ? rest.SendAsync(request, cancellationToken)
            : throw new VenueRequestException(RequestFailure.Unreachable, $"{venue} is not followed.");
}
