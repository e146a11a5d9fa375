using Omnibook.Core.Derived;
using Omnibook.Core.Instruments;

namespace Omnibook.Server.Pipeline.Demand;

/// <summary>
/// The promise that something is followed until this is disposed. It says nothing about how the venue is doing: that is told by the
/// state of the book, as of any other.
/// </summary>
internal sealed class MarketLease : IDisposable
{
    private Action? _release;

    /// <summary>A lease of something.</summary>
    /// <param name="instrument">What is followed.</param>
    /// <param name="interval">Length of the candles; null for the instrument itself.</param>
    /// <param name="release">Called once when the lease ends; null where nothing has to end.</param>
    public MarketLease(Instrument instrument, CandleInterval? interval = null, Action? release = null) =>
        (Instrument, Interval, _release) = (instrument, interval, release);

    /// <summary>What is followed: its book and trades, with the id by which the market knows it.</summary>
    public Instrument Instrument { get; }

    /// <summary>Length of the candles that are followed; null where the lease is for book and trades.</summary>
    public CandleInterval? Interval { get; }

    /// <summary>Ends the lease. A second time does nothing.</summary>
    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
