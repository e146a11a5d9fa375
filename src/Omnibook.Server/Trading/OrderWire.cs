using Omnibook.Core.Instruments;
using Omnibook.Server.Pipeline;
using Omnibook.Venues;

namespace Omnibook.Server.Trading;

/// <summary>
/// The only way on which orders leave. In the demo it goes to this machine alone: whatever is configured, an order that would leave it is refused here.
/// </summary>
/// <param name="feeds">The venues that are followed.</param>
/// <param name="venue">Where orders go.</param>
/// <param name="isDemo">Whether only simulators may be spoken to.</param>
internal sealed class OrderWire(VenueFeeds feeds, VenueId venue, bool isDemo) : VenueRest
{
    /// <inheritdoc />
    public override Task<byte[]> SendAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var followed = feeds.Find(venue) ?? throw new VenueRequestException(RequestFailure.OverBudget, $"{venue} is not followed.");
        return MayLeave(isDemo, followed.Rest.Host)
            ? followed.Rest.SendAsync(request, cancellationToken)
            : throw new VenueRequestException(RequestFailure.Rejected, "In the demo orders go to simulators alone.");
    }

    /// <summary>Whether a host may be spoken to.</summary>
    public static bool MayLeave(bool isDemo, Uri host) => !isDemo || host.IsLoopback;
}
