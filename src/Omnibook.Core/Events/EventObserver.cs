namespace Omnibook.Core.Events;

/// <summary>Looks at some events and lets the others pass.</summary>
public abstract class EventObserver : IMarketEvents
{
    /// <inheritdoc />
    public virtual void On(in Trade trade)
    {
    }

    /// <inheritdoc />
    public virtual void On(in BookSnapshot snapshot, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
    }

    /// <inheritdoc />
    public virtual void On(in BookUpdate update, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
    }

    /// <inheritdoc />
    public virtual void On(in TopOfBook top)
    {
    }

    /// <inheritdoc />
    public virtual void On(in MarkPrice mark)
    {
    }

    /// <inheritdoc />
    public virtual void On(in Funding funding)
    {
    }

    /// <inheritdoc />
    public virtual void On(in OpenInterest openInterest)
    {
    }

    /// <inheritdoc />
    public virtual void On(in Liquidation liquidation)
    {
    }

    /// <inheritdoc />
    public virtual void On(NewsItem news)
    {
    }

    /// <inheritdoc />
    public virtual void On(in CandleUpdate candle)
    {
    }

    /// <inheritdoc />
    public virtual void On(in VenueStatus status)
    {
    }

    /// <inheritdoc />
    public virtual void On(in Tick tick)
    {
    }
}
