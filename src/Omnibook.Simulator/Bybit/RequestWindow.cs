namespace Omnibook.Simulator.Bybit;

/// <summary>
/// The venue's limit for one address: 600 requests in 5 seconds. Beyond it comes code 10006, and for who goes on regardless HTTP 403
/// for ten minutes.
/// </summary>
internal sealed class RequestWindow
{
    /// <summary>The limit of a window.</summary>
    public const int Limit = 600;

    private const long WindowMilliseconds = 5000;
    private const long BanMilliseconds = 10 * 60_000;
    private const int PatienceAfterLimit = 20;
    private long _bannedUntil;

    /// <summary>The requests of the running window.</summary>
    public int Used { get; private set; }

    /// <summary>When the window began, Unix milliseconds.</summary>
    public long Since { get; private set; }

    /// <summary>Counts a request.</summary>
    /// <returns>0 when it may go on, 429 when it is one too many, 403 when the address is banned.</returns>
    public int Count(long now)
    {
        if (now < _bannedUntil)
        {
            return 403;
        }

        if (now - Since >= WindowMilliseconds)
        {
            (Since, Used) = (now, 0);
        }

        Used++;
        if (Used > Limit + PatienceAfterLimit)
        {
            _bannedUntil = now + BanMilliseconds;
            return 403;
        }

        return Used > Limit ? 429 : 0;
    }

    /// <summary>When requests are free again; now when they are.</summary>
    public long ResetAt(long now) => Used < Limit ? now : Since + WindowMilliseconds;
}
