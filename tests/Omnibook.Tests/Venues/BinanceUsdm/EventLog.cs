using System.Text;
using Omnibook.Core.Events;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.BinanceUsdm;

/// <summary>Writes events out, every field of them, so that two translations can be compared and read.</summary>
internal sealed class EventLog : IMarketEvents
{
    private readonly StringBuilder _text = new();

    /// <summary>Translates a frame and tells its outcome and its events.</summary>
    public static string Of(Func<EventBatch, FrameOutcome> translate)
    {
        var (batch, log) = (new EventBatch(), new EventLog());
        log.Add(translate(batch));
        batch.DeliverTo(log);
        return log._text.ToString();
    }

    /// <summary>The events of a batch.</summary>
    public static string Of(EventBatch batch)
    {
        var log = new EventLog();
        batch.DeliverTo(log);
        return log._text.ToString();
    }

    public void On(in Trade trade) => Add(trade);

    public void On(in BookSnapshot snapshot, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks) => Add(snapshot, bids, asks);

    public void On(in BookUpdate update, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks) => Add(update, bids, asks);

    public void On(in TopOfBook top) => Add(top);

    public void On(in MarkPrice mark) => Add(mark);

    public void On(in Funding funding) => Add(funding);

    public void On(in OpenInterest openInterest) => Add(openInterest);

    public void On(in Liquidation liquidation) => Add(liquidation);

    public void On(NewsItem news) => Add(news);

    public void On(in CandleUpdate candle) => Add(candle);

    public void On(in VenueStatus status) => Add(status);

    public void On(in Tick tick) => Add(tick);

    private void Add<T>(T item) => _text.Append(item).Append('\n');

    private void Add<T>(T book, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        Add(book);
        foreach (var bid in bids)
        {
            Add(bid);
        }

        Add("asks");
        foreach (var ask in asks)
        {
            Add(ask);
        }
    }
}
