using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.History.Journal;

/// <summary>The last trade of each instrument, by the venue's clock.</summary>
internal sealed class LastTrades
{
    private Trade?[] _trades = [];

    /// <summary>Notes a trade, unless a later one is known.</summary>
    public void Note(in Trade trade)
    {
        var index = trade.Instrument.Index;
        if (index >= _trades.Length)
        {
            Array.Resize(ref _trades, Math.Max(index + 1, 2 * _trades.Length));
        }

        if (_trades[index] is not { } last || !(trade.Times.VenueTime < last.Times.VenueTime))
        {
            _trades[index] = trade;
        }
    }

    /// <summary>Forgets an instrument.</summary>
    public void Forget(InstrumentId instrument)
    {
        if (instrument.Index < _trades.Length)
        {
            _trades[instrument.Index] = null;
        }
    }

    /// <summary>The last trade, or null.</summary>
    public Trade? Of(InstrumentId instrument) => instrument.Index < _trades.Length ? _trades[instrument.Index] : null;
}
