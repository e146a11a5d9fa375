namespace Omnibook.Venues;

/// <summary>Why a venue's REST host gave no usable answer.</summary>
public enum RequestFailure
{
    /// <summary>No connection: name resolution, refused, reset.</summary>
    Unreachable,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>Nothing was sent: what the venue allows was used up by other requests of ours for longer than the asker could wait.</summary>
    OverBudget,

    /// <summary>429 or 418: nothing may be asked until <see cref="VenueRequestException.Until"/>.</summary>
    RateLimited,

    /// <summary>451 or 403: the venue, or the firewall before it, refuses our address.</summary>
    GeoBlocked,

    /// <summary>The venue says that the request is wrong (4xx).</summary>
    Rejected,

    /// <summary>The venue is in trouble (5xx).</summary>
    ServerError,

    /// <summary>An answer that cannot be read: not JSON, or not of the promised shape.</summary>
    Unreadable,
}

/// <summary>A venue's REST host gave no usable answer.</summary>
public sealed class VenueRequestException : Exception
{
    /// <summary>Creates the exception.</summary>
    public VenueRequestException(RequestFailure failure, string message, Exception? inner = null)
        : base(message, inner) => Failure = failure;

    /// <summary>Why.</summary>
    public RequestFailure Failure { get; }

    /// <summary>The HTTP status, or 0 when there was none.</summary>
    public int StatusCode { get; init; }

    /// <summary>Until when nothing may be asked, by our clock; null when the venue does not say.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The venue's own words, shortened; null when there were none.</summary>
    public string? VenueMessage { get; init; }
}
