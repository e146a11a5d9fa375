using Omnibook.Core.Events;

namespace Omnibook.Venues.Captures;

/// <summary>The best bid of a snapshot, and how far it lies from prices that are known.</summary>
internal sealed class SnapshotTouch : EventObserver
{
    private long _bestBid;

    public override void On(in BookSnapshot snapshot, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        foreach (ref readonly var bid in bids)
        {
            _bestBid = Math.Max(_bestBid, bid.Price.Units);
        }
    }

    /// <summary>0 within the prices at which the instrument was seen to stand, otherwise the factor to the nearest of them, less one.</summary>
    public double DistanceTo(CapturedInstrument instrument)
    {
        var (lowest, highest) = (instrument.Lowest.Units, instrument.Highest.Units);
        if (_bestBid == 0 || highest == 0)
        {
            return double.MaxValue;
        }

        if (_bestBid >= lowest && _bestBid <= highest)
        {
            return 0;
        }

        return _bestBid < lowest ? (double)lowest / _bestBid - 1 : (double)_bestBid / highest - 1;
    }
}
