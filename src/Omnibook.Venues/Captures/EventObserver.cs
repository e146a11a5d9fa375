using Omnibook.Core.Events;

namespace Omnibook.Venues.Captures;

/// <summary>Looks at some events and lets the others pass.</summary>
internal abstract class EventObserver : IMarketEvents
{
    public virtual void On(in Trade trade)
    {
    }

    public virtual void On(in BookSnapshot snapshot, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
    }

    public virtual void On(in BookUpdate update, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
    }

    public virtual void On(in TopOfBook top)
    {
    }

    public virtual void On(in MarkPrice mark)
    {
    }

    public virtual void On(in Funding funding)
    {
    }

    public virtual void On(in OpenInterest openInterest)
    {
    }

    public virtual void On(in Liquidation liquidation)
    {
    }

    public virtual void On(NewsItem news)
    {
    }

    public virtual void On(in CandleUpdate candle)
    {
    }

    public virtual void On(in VenueStatus status)
    {
    }

    public virtual void On(in Tick tick)
    {
    }
}
