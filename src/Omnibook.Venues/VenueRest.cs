namespace Omnibook.Venues;

/// <summary>One venue's REST host, with the one budget that all callers share.</summary>
public abstract class VenueRest
{
    /// <summary>Waits for the budget, sends, and gives back the body of a successful answer.</summary>
    /// <exception cref="VenueRequestException">The venue refused, could not be reached in time, or sent something else.</exception>
    public abstract Task<byte[]> SendAsync(RestRequest request, CancellationToken cancellationToken);
}
