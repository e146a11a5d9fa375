using System.Collections.Concurrent;

namespace Omnibook.Venues.Lighter;

/// <summary>
/// Tells new trades from old ones. Each subscription begins with the latest trades: the first time they are from before we listened,
/// after a reconnect they fill the hole. Which is which only those know who were there before, so this outlives the connections.
/// </summary>
internal sealed class LighterTape
{
    private readonly Lock _gate = new();
    private long _floor = -1;
    private long _newestForced = -1;

    /// <summary>Takes the latest trades that a subscription began with.</summary>
    /// <param name="newestId">The highest number among them; -1 when there are none.</param>
    /// <returns>The number above which they are ours to tell; those that were told before are recognised by their number further on.</returns>
    public long Begin(long newestId)
    {
        lock (_gate)
        {
            if (_floor < 0)
            {
                _floor = Math.Max(newestId, 0);
                _newestForced = Math.Max(_newestForced, _floor);
                return long.MaxValue;
            }

            return _floor;
        }
    }

    /// <summary>
    /// Whether a forced trade is to be told as a liquidation: nobody further on recognises one that was told before. Those of an
    /// update are new by nature.
    /// </summary>
    public bool IsNewForced(long id, bool isReplayed)
    {
        lock (_gate)
        {
            var isNew = id > _newestForced;
            _newestForced = Math.Max(id, _newestForced);
            return isNew || !isReplayed;
        }
    }
}

/// <summary>The tapes of a venue's markets.</summary>
internal sealed class LighterTapes
{
    private readonly ConcurrentDictionary<string, LighterTape> _tapes = new(StringComparer.Ordinal);

    /// <summary>The tape of a market.</summary>
    /// <param name="market">The market's number.</param>
    public LighterTape Of(string market) => _tapes.GetOrAdd(market, static _ => new LighterTape());
}
