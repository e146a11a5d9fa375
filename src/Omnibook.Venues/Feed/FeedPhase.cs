namespace Omnibook.Venues.Feed;

/// <summary>What a feed is doing, as one value that is replaced as a whole.</summary>
/// <param name="State">What it is doing.</param>
/// <param name="Since">Since when.</param>
/// <param name="Reason">Why, in words that a person can act on.</param>
/// <param name="Until">When it goes on, where it waits.</param>
internal sealed record FeedPhase(FeedState State, DateTimeOffset Since, string Reason, DateTimeOffset? Until = null);

/// <summary>Keeps the same complaint from filling the log: a new one is let through at once, the same one now and then.</summary>
internal sealed class RepeatedNotice(TimeProvider time)
{
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan OfGeoBlock = TimeSpan.FromHours(1);
    private string? _code;
    private long _told;

    /// <summary>Whether a complaint with this code is to be told now.</summary>
    public bool IsDue(string code, bool isGeoBlock)
    {
        if (code == _code && time.GetElapsedTime(_told) < (isGeoBlock ? OfGeoBlock : Usual))
        {
            return false;
        }

        (_code, _told) = (code, time.GetTimestamp());
        return true;
    }

    /// <summary>All is well: the next complaint is new.</summary>
    public void Forget() => _code = null;
}
