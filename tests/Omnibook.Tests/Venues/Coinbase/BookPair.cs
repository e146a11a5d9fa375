using Omnibook.Core.Books;
using Omnibook.Core.Events;

namespace Omnibook.Tests.Venues.Coinbase;

/// <summary>A few books, each at the index of its instrument, fed with the events of a connection.</summary>
internal sealed class BookPair(OrderBook[] books) : IMarketEvents
{
    public void On(in BookSnapshot snapshot, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks) => Of(snapshot.Instrument.Index)?.Apply(snapshot, bids, asks);

    public void On(in BookUpdate update, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks) => Of(update.Instrument.Index)?.Apply(update, bids, asks);

    public void On(in CandleUpdate candle)
    {
    }

    public void On(in VenueStatus status) => Of(status.Instrument.Index)?.Apply(status);

    public void On(in TopOfBook top) => Of(top.Instrument.Index)?.Apply(top);

    public void On(in Trade trade) => Assert.True(trade.Price.Units > 0);

    public void On(in MarkPrice mark) => Assert.Fail("Coinbase marks nothing.");

    public void On(in Funding funding) => Assert.Fail("Coinbase funds nothing.");

    public void On(in OpenInterest openInterest) => Assert.Fail("Coinbase has no open interest.");

    public void On(in Liquidation liquidation) => Assert.Fail("Coinbase tells no liquidations.");

    public void On(NewsItem news) => Assert.Fail("Coinbase tells no news.");

    public void On(in Tick tick) => Assert.Fail("Time is the feed's business.");

    private OrderBook? Of(int index) => index < books.Length ? books[index] : null;
}
