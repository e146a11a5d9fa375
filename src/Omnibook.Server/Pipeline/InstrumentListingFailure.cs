using Omnibook.Core.Books;
using Omnibook.Venues;

namespace Omnibook.Server.Pipeline;

/// <summary>What a failed request for the instruments means for whoever looks, and how long to wait after it.</summary>
/// <param name="State">The state to show.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Wait">How long to leave the venue alone.</param>
internal readonly record struct InstrumentListingFailure(BookState State, string Reason, TimeSpan Wait)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan GeoBlocked = TimeSpan.FromMinutes(15);

    /// <summary>Waits 1, 2, 4 … 60 seconds, or as long as the venue says.</summary>
    public static InstrumentListingFailure Of(VenueRequestException failure, int failuresBefore, DateTimeOffset now)
    {
        var wait = TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, Math.Pow(2, Math.Min(failuresBefore, 10))));
        var reason = failure.VenueMessage is { Length: > 0 } words ? $"{failure.Message} {words}" : failure.Message;
        return failure switch
        {
            { Failure: RequestFailure.RateLimited } =>
                new InstrumentListingFailure(BookState.RateLimited, reason, failure.Until is { } until && until > now + wait ? until - now : wait),
            { Failure: RequestFailure.GeoBlocked } => new InstrumentListingFailure(BookState.GeoBlocked, reason, GeoBlocked),
            _ => new InstrumentListingFailure(BookState.Connecting, reason, wait),
        };
    }
}
