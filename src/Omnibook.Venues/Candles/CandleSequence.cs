using System.Runtime.InteropServices;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Candles;

/// <summary>
/// Says that a candle is over once a later one comes on the same connection, for venues that do not say it: what the candle was last
/// is then what it is. A candle that was going on when another connection broke is not told to be over, since its end was not seen.
/// </summary>
internal sealed class CandleSequence
{
    private static readonly Comparison<CandleUpdate> ByStart = (left, right) => left.Start.CompareTo(right.Start);
    private readonly Dictionary<(InstrumentId, CandleInterval), CandleUpdate> _latest = [];

    /// <summary>Adds the candles of one frame to <paramref name="batch"/>, oldest first; what was before the first is history and left out.</summary>
    public void AddTo(EventBatch batch, List<CandleUpdate> frame)
    {
        var candles = CollectionsMarshal.AsSpan(frame);
        candles.Sort(ByStart);
        for (var i = 0; i < candles.Length; i++)
        {
            if (_latest.ContainsKey(KeyOf(candles[i])) || !HasLater(candles[(i + 1)..], candles[i]))
            {
                AddTo(batch, candles[i]);
            }
        }
    }

    /// <summary>Adds a candle.</summary>
    public void AddTo(EventBatch batch, in CandleUpdate candle)
    {
        ref var latest = ref CollectionsMarshal.GetValueRefOrAddDefault(_latest, KeyOf(candle), out var isKnown);
        if (isKnown && candle.Start < latest.Start)
        {
            return;
        }

        if (isKnown && candle.Start > latest.Start)
        {
            batch.On(latest with { IsClosed = true, Times = candle.Times });
        }

        latest = candle;
        batch.On(candle);
    }

    /// <summary>Something was missed: of no candle is known how it ended.</summary>
    public void Forget() => _latest.Clear();

    private static bool HasLater(ReadOnlySpan<CandleUpdate> rest, in CandleUpdate candle)
    {
        foreach (ref readonly var other in rest)
        {
            if (KeyOf(other) == KeyOf(candle))
            {
                return true;
            }
        }

        return false;
    }

    private static (InstrumentId, CandleInterval) KeyOf(in CandleUpdate candle) => (candle.Instrument, candle.Interval);
}
