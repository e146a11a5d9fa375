using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Binance;

/// <summary>
/// Notices that the venue counts a book's updates anew. Events that come twice or late are a little behind; one whose number is less than
/// half of the one before is of another count, and so is everything that follows it.
/// </summary>
internal sealed class BinanceNumbers
{
    private long[] _latest = [];

    /// <summary>Takes the last number of an update. True when it begins another count.</summary>
    public bool BeginAnew(InstrumentId instrument, long number)
    {
        if (instrument.Index >= _latest.Length)
        {
            Array.Resize(ref _latest, Math.Max(instrument.Index + 1, _latest.Length * 2));
        }

        ref var latest = ref _latest[instrument.Index];
        var isAnew = number < latest / 2;
        latest = isAnew ? number : Math.Max(latest, number);
        return isAnew;
    }
}
