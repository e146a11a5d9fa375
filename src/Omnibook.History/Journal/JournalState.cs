using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.History.Journal;

/// <summary>
/// What the next event of a record is told against. Each record begins with nothing known, so that it can be read without those before it.
/// Writer and reader keep the same.
/// </summary>
internal sealed class JournalState
{
    private Known[] _known = new Known[64];
    private int _record;

    /// <summary>The instrument of the last event; -1 before the first.</summary>
    public int Instrument { get; set; } = -1;

    /// <summary>The times of the last event.</summary>
    public EventTimes Times { get; set; }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _record++;
        (Instrument, Times) = (-1, default);
    }

    /// <summary>What is known of an instrument in this record.</summary>
    public ref Known Of(int instrument)
    {
        if (instrument >= _known.Length)
        {
            Array.Resize(ref _known, Math.Max(instrument + 1, _known.Length * 2));
        }

        ref var known = ref _known[instrument];
        if (known.Record != _record)
        {
            known = new Known { Record = _record };
        }

        return ref known;
    }

    /// <summary>The last of one instrument.</summary>
    internal struct Known
    {
        public int Record { get; init; }

        public long TradeId { get; set; }

        public long Price { get; set; }
    }
}

/// <summary>The steps of an instrument's prices and quantities.</summary>
internal readonly record struct Steps(long Tick, long Lot)
{
    /// <summary>The steps of a listing.</summary>
    public static Steps Of(InstrumentListing listing) => new(Math.Max(1, listing.Tick.Units), Math.Max(1, listing.Lot.Units));
}
