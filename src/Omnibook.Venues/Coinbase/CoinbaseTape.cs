using System.Collections.Concurrent;

namespace Omnibook.Venues.Coinbase;

/// <summary>
/// Tells new trades from old ones. Each subscription begins with the latest trades: the first time they are from before we listened,
/// later they fill the hole before it. Which is which only those know who were there before, so this outlives the connections.
/// </summary>
internal sealed class CoinbaseTape
{
    private long _floor = -1;

    /// <summary>Takes the latest trades that a subscription began with.</summary>
    /// <param name="newestId">The highest number among them.</param>
    /// <returns>The number above which they are ours to tell; those that were told before are recognised by their number further on.</returns>
    public long Begin(long newestId)
    {
        var before = Interlocked.CompareExchange(ref _floor, newestId, -1);
        return before < 0 ? long.MaxValue : before;
    }
}

/// <summary>The tapes of a venue's products.</summary>
internal sealed class CoinbaseTapes
{
    private readonly ConcurrentDictionary<string, CoinbaseTape> _tapes = new(StringComparer.Ordinal);

    /// <summary>The tape of an instrument.</summary>
    /// <param name="symbol">Its own symbol: two names of one book are two instruments, each with its tape.</param>
    public CoinbaseTape Of(string symbol) => _tapes.GetOrAdd(symbol, static _ => new CoinbaseTape());
}
