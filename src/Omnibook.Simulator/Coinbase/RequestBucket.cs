namespace Omnibook.Simulator.Coinbase;

/// <summary>
/// The limit of one address: ten requests a second, fifteen at once. The Advanced Trade pages state none; these are the figures of the
/// Exchange interface, and of client libraries.
/// </summary>
internal sealed class RequestBucket
{
    private const int Burst = 15;
    private const long MillisecondsPerRequest = 100;
    private long _emptyAt;

    /// <summary>How much of the burst is used at a moment.</summary>
    public int UsedAt(long now) => (int)((Math.Max(0, _emptyAt - now) + MillisecondsPerRequest - 1) / MillisecondsPerRequest);

    /// <summary>Counts a request; false when it is one too many.</summary>
    public bool TryTake(long now)
    {
        if (UsedAt(now) >= Burst)
        {
            return false;
        }

        _emptyAt = Math.Max(now, _emptyAt) + MillisecondsPerRequest;
        return true;
    }
}
