using Omnibook.Core.Events;

namespace Omnibook.Tests.Venues.BinanceUsdm;

/// <summary>One number for all events of a batch, every field of them: quicker to compare than <see cref="EventLog"/>, and not to be read.</summary>
internal sealed class EventDigest : IMarketEvents
{
    private HashCode _hash;

    /// <summary>The number of a batch's events; empties the batch.</summary>
    public static (int Events, int Levels, int Hash) TakeFrom(EventBatch batch)
    {
        var digest = new EventDigest();
        batch.DeliverTo(digest);
        var counts = (batch.Count, batch.LevelCount, digest._hash.ToHashCode());
        batch.Clear();
        return counts;
    }

    public void On(in Trade trade) => _hash.Add(trade);

    public void On(in BookSnapshot snapshot, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks) => Add(snapshot, bids, asks);

    public void On(in BookUpdate update, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks) => Add(update, bids, asks);

    public void On(in TopOfBook top) => _hash.Add(top);

    public void On(in MarkPrice mark) => _hash.Add(mark);

    public void On(in Funding funding) => _hash.Add(funding);

    public void On(in OpenInterest openInterest) => _hash.Add(openInterest);

    public void On(in Liquidation liquidation) => _hash.Add(liquidation);

    public void On(NewsItem news) => _hash.Add(news);

    public void On(in CandleUpdate candle) => _hash.Add(candle);

    public void On(in VenueStatus status) => _hash.Add(status);

    public void On(in Tick tick) => _hash.Add(tick);

    private void Add<T>(T book, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        _hash.Add(book);
        _hash.Add(bids.Length);
        foreach (ref readonly var bid in bids)
        {
            _hash.Add(bid);
        }

        foreach (ref readonly var ask in asks)
        {
            _hash.Add(ask);
        }
    }
}
