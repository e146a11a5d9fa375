namespace Omnibook.Venues.Hyperliquid.Orders;

/// <summary>
/// The nonces of one key: the time in milliseconds, and always higher than the one before, also when the clock was put back. The venue keeps the
/// hundred highest of a signer and takes none twice, so that each key needs a source of its own, and only one.
/// </summary>
/// <seealso href="https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/nonces-and-api-wallets"/>
/// <param name="time">Our clock.</param>
/// <param name="last">The highest nonce that an earlier process used; 0 for none.</param>
public sealed class NonceSource(TimeProvider time, long last = 0)
{
    /// <summary>The venue takes nonces up to a day ahead of its clock; half of that leaves room for a wrong clock of ours.</summary>
    private static readonly TimeSpan MostAhead = TimeSpan.FromHours(12);

    private readonly Lock _gate = new();
    private long _last = last;

    /// <summary>A nonce that was never given before.</summary>
    /// <exception cref="InvalidOperationException">The clock is so far behind the last nonce that the venue would refuse the next one.</exception>
    public long Next()
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        lock (_gate)
        {
            var next = Math.Max(now, _last + 1);
            if (next - now > MostAhead.TotalMilliseconds)
            {
                throw new InvalidOperationException(
                    $"The last nonce is {TimeSpan.FromMilliseconds(next - now).TotalHours:0} hours ahead of this machine's clock: the clock is wrong, or was when the last order was sent.");
            }

            return _last = next;
        }
    }
}
