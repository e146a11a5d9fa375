namespace Omnibook.Simulator.Binance;

/// <summary>
/// The venue's limits for one address: so much weight in each minute of the clock; then 429, and for who goes on regardless a
/// ban with 418. Some families of endpoints have pools of their own.
/// </summary>
/// <param name="perMinute">The limit of a minute.</param>
internal sealed class RequestWeights(int perMinute)
{
    private const int PatienceAfterLimit = 10;
    private const long Minute = 60_000;
    private const long FiveMinutes = 5 * Minute;
    private const long BanMilliseconds = 2 * Minute;
    private readonly Dictionary<string, (long Window, int Used)> _pools = new(StringComparer.Ordinal);
    private long _minute;
    private int _ignored;

    /// <summary>The weight used in the running minute.</summary>
    public int Used { get; private set; }

    /// <summary>Until when the address is banned, Unix milliseconds; 0 when it is not.</summary>
    public long BannedUntil { get; private set; }

    /// <summary>Charges a request.</summary>
    /// <returns>0 when it may go on, else the HTTP status of the refusal.</returns>
    public int Charge(int weight, long now)
    {
        if (now < BannedUntil)
        {
            return 418;
        }

        if (now / Minute != _minute)
        {
            (_minute, Used, _ignored) = (now / Minute, 0, 0);
        }

        Used += weight;
        if (Used <= perMinute)
        {
            return 0;
        }

        if (++_ignored <= PatienceAfterLimit)
        {
            return 429;
        }

        BannedUntil = now + BanMilliseconds;
        return 418;
    }

    /// <summary>Counts a request of a family with so many requests in five minutes.</summary>
    /// <returns>0 when it may go on, else 429.</returns>
    public int Count(string family, int limit, long now)
    {
        var (window, used) = _pools.GetValueOrDefault(family);
        used = window == now / FiveMinutes ? used + 1 : 1;
        _pools[family] = (now / FiveMinutes, used);
        return used > limit ? 429 : 0;
    }

    /// <summary>How many seconds until the limit is over.</summary>
    public long RetryAfterSeconds(long now) => (Math.Max(BannedUntil, (now / Minute + 1) * Minute) - now + 999) / 1000;
}
