using Omnibook.Core.Events;

namespace Omnibook.Core.Flow;

/// <summary>What an archive has of a span of time, already made into candles.</summary>
/// <param name="Candles">Oldest first, with their cells where a tick was asked for. Whether they are partial is not known here.</param>
/// <param name="To">Where the span ends: no trade of then or later is in it. The last candle may go on beyond.</param>
/// <param name="FirstAt">When the earliest trade was that the archive has of the instrument, even before the span; unknown where it has none.</param>
public sealed record PastCandles(IReadOnlyList<FlowCandle> Candles, Timestamp To, Timestamp FirstAt);
