namespace Omnibook.Venues;

/// <summary>Who goes first when the budget of a host is short.</summary>
public enum RequestPriority
{
    /// <summary>Somebody is looking at what the answer will show.</summary>
    Watched,

    /// <summary>Everything else. It leaves part of the budget to what is watched.</summary>
    Background,
}

/// <summary>A request to a venue's REST host, as data.</summary>
/// <param name="Path">Path and query, relative to the venue's REST address.</param>
/// <param name="Weight">What it costs of the venue's budget.</param>
/// <param name="Body">JSON to POST; null for a GET.</param>
public sealed record RestRequest(string Path, int Weight, ReadOnlyMemory<byte>? Body = null)
{
    /// <summary>Who goes first when the budget is short.</summary>
    public RequestPriority Priority { get; init; } = RequestPriority.Background;
}
