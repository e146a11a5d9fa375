using Omnibook.Core.Instruments;

namespace Omnibook.Simulator.Markets;

/// <summary>One change of one level, with what was there before, so that it can be undone.</summary>
/// <param name="Sequence">The venue's number of the change: an update id at Binance, the block time at Hyperliquid.</param>
/// <param name="Milliseconds">When it happened, in Unix milliseconds.</param>
/// <param name="Side">The side of the book.</param>
/// <param name="Before">The level before.</param>
/// <param name="After">The level after; quantity 0 when it is gone.</param>
internal readonly record struct LevelChange(long Sequence, long Milliseconds, Side Side, TrueLevel Before, TrueLevel After);
