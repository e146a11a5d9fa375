using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Tests.Venues.Hyperliquid;

/// <summary>Keeps every event that is delivered.</summary>
internal sealed class SeenEvents : IMarketEvents
{
    public List<Trade> Trades { get; } = [];

    public List<SeenBook> Books { get; } = [];

    public List<TopOfBook> Tops { get; } = [];

    public List<MarkPrice> Marks { get; } = [];

    public List<Funding> Fundings { get; } = [];

    public List<OpenInterest> OpenInterests { get; } = [];

    public List<CandleUpdate> Candles { get; } = [];

    public List<VenueStatus> Statuses { get; } = [];

    public static SeenEvents Of(EventBatch batch)
    {
        var seen = new SeenEvents();
        batch.DeliverTo(seen);
        return seen;
    }

    public void On(in Trade trade) => Trades.Add(trade);

    public void On(in BookSnapshot snapshot, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks) =>
        Books.Add(new SeenBook(snapshot, bids.ToArray(), asks.ToArray()));

    public void On(in BookUpdate update, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks) =>
        Assert.Fail("Hyperliquid sends no updates.");

    public void On(in TopOfBook top) => Tops.Add(top);

    public void On(in MarkPrice mark) => Marks.Add(mark);

    public void On(in Funding funding) => Fundings.Add(funding);

    public void On(in OpenInterest openInterest) => OpenInterests.Add(openInterest);

    public void On(in Liquidation liquidation) => Assert.Fail("Hyperliquid publishes no liquidations.");

    public void On(NewsItem news) => Assert.Fail("Hyperliquid tells no news.");

    public void On(in CandleUpdate candle) => Candles.Add(candle);

    public void On(in VenueStatus status) => Statuses.Add(status);

    public void On(in Tick tick) => Assert.Fail("Time is the feed's business.");
}

internal sealed record SeenBook(BookSnapshot Snapshot, Level[] Bids, Level[] Asks)
{
    /// <summary>Levels as <c>price quantity orders</c>, shortest exact decimals.</summary>
    public static string Text(Instrument instrument, Level level) =>
        $"{instrument.PriceScale.Format(level.Price.Units)} {instrument.QuantityScale.Format(level.Quantity.Units)} {level.Orders}";
}
