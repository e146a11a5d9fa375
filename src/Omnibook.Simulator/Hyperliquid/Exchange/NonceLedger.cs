namespace Omnibook.Simulator.Hyperliquid.Exchange;

/// <summary>
/// The nonces of one signer. The venue keeps the hundred highest, refuses what it has or what is lower than all of them, and what is more than
/// two days behind its clock or one day ahead of it.
/// </summary>
internal sealed class NonceLedger
{
    private const int Kept = 100;
    private const long Day = 86_400_000;
    private readonly SortedSet<long> _highest = [];

    /// <summary>Takes a nonce.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public string? Take(long nonce, long now)
    {
        if (nonce < now - 2 * Day || nonce > now + Day)
        {
            return $"Invalid nonce: {nonce} is outside of the window of two days before and one day after {now}";
        }

        if (_highest.Count == Kept && nonce < _highest.Min)
        {
            return $"Invalid nonce: {nonce} is below the {Kept} highest";
        }

        if (!_highest.Add(nonce))
        {
            return $"Invalid nonce: duplicate nonce {nonce}";
        }

        if (_highest.Count > Kept)
        {
            _highest.Remove(_highest.Min);
        }

        return null;
    }
}
