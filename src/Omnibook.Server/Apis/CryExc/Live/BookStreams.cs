using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Flow;
using Omnibook.Core.Instruments;
using Omnibook.Server.Pipeline.Demand;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.CryExc.Live;

/// <summary>
/// <c>{"type":"orderbook","data":{"exchange":"binancef","symbol":"BTCUSDT","timestamp":1700000000100,"bestBid":42000.1,"bestAsk":42000.2,"midPrice":42000.15,
/// "bids":[{"price":42000.1,"quantity":1.2}],"asks":[{"price":42000.2,"quantity":0.7}]}}</c>: the whole book whenever it has changed, while it is live.
/// Best prices and their middle are those of the book itself, however it is regrouped.
/// </summary>
internal sealed class OrderBookStream(StreamKey key, MarketLease lease, StreamParts parts, long tick, int depth) : MarketStream(key, lease, parts)
{
    /// <summary>A book of more levels is told more seldom, so that it costs no more than one of so many.</summary>
    private const int OrdinaryLevels = 2_000;

    private bool _hasChanged;
    private TimeSpan _pace = parts.Rules.BookPace;

    /// <inheritdoc />
    public override Frame? Greeting(Market market) => market.BookOf(Instrument.Id) is { IsLive: true } book ? Render(book) : null;

    /// <inheritdoc />
    public override void OnBook() => _hasChanged = true;

    /// <inheritdoc />
    public override void Pulse(Market market)
    {
        if (!_hasChanged || !IsDue(market, _pace))
        {
            return;
        }

        _hasChanged = false;
        var book = market.BookOf(Instrument.Id);
        if (book.IsLive)
        {
            _pace = Rules.BookPace * Math.Max(1, (book.Bids.Count + book.Asks.Count) / OrdinaryLevels);
            Topic.Publish(Render(book));
        }
        else
        {
            Topic.Forget();
        }
    }

    private Frame Render(OrderBook book)
    {
        Head(StreamNames.OrderBook).Raw(",\"timestamp\":"u8).Integer(TimeOf(book.Times));
        Best(Writer, book);
        return Writer.Raw(",\"bids\":"u8).Levels(BookGrouping.Group(book.Bids, tick, depth), Instrument)
            .Raw(",\"asks\":"u8).Levels(BookGrouping.Group(book.Asks, tick, depth), Instrument)
            .Raw("}}"u8).Complete();
    }

    private void Best(FrameWriter writer, OrderBook book)
    {
        var (hasBid, hasAsk) = (book.Bids.TryGetBest(out var bid), book.Asks.TryGetBest(out var ask));
        OrNull(writer.Raw(",\"bestBid\":"u8), hasBid, bid.Price);
        OrNull(writer.Raw(",\"bestAsk\":"u8), hasAsk, ask.Price);
        writer.Raw(",\"midPrice\":"u8);
        _ = hasBid && hasAsk ? writer.Middle((Int128)bid.Price.Units + ask.Price.Units, Instrument) : writer.Raw("null"u8);
    }

    private void OrNull(FrameWriter writer, bool isThere, Price price) =>
        _ = isThere ? writer.Amount(price.Units, Instrument.PriceScale) : writer.Raw("null"u8);
}

/// <summary>
/// <c>{"type":"orderbook_stats","data":{"exchange":"binancef","symbol":"BTCUSDT","timestamp":1700000000500,"bestBid":42000.1,"bestAsk":42000.2,"midPrice":42000.15,
/// "spread":0.1,"bidQuantity_0_5pct":120.5,"askQuantity_0_5pct":98.1,…,"totalBidQuantity":460,"totalAskQuantity":440}}</c>: twice a second, while the book is live.
/// </summary>
internal sealed class BookStatisticsStream(StreamKey key, MarketLease lease, StreamParts parts) : MarketStream(key, lease, parts)
{
    /// <inheritdoc />
    public override Frame? Greeting(Market market) =>
        market.BookOf(Instrument.Id) is var book && BookStatistics.TryOf(book, out var statistics) ? Render(market, statistics) : null;

    /// <inheritdoc />
    public override void Pulse(Market market)
    {
        if (!IsDue(market, Rules.FlowPace))
        {
            return;
        }

        if (Greeting(market) is { } frame)
        {
            Topic.Publish(frame);
        }
        else
        {
            Topic.Forget();
        }
    }

    private Frame Render(Market market, in BookStatistics statistics)
    {
        Head(StreamNames.BookStatistics)
            .Raw(",\"timestamp\":"u8).Integer(market.Now.UnixMilliseconds)
            .Raw(",\"bestBid\":"u8).Amount(statistics.BestBid.Units, Instrument.PriceScale)
            .Raw(",\"bestAsk\":"u8).Amount(statistics.BestAsk.Units, Instrument.PriceScale)
            .Raw(",\"midPrice\":"u8).Middle(statistics.TwiceMid, Instrument)
            .Raw(",\"spread\":"u8).Amount(statistics.BestAsk.Units - statistics.BestBid.Units, Instrument.PriceScale);
        Band(",\"bidQuantity_0_5pct\":"u8, ",\"askQuantity_0_5pct\":"u8, statistics.Half);
        Band(",\"bidQuantity_2pct\":"u8, ",\"askQuantity_2pct\":"u8, statistics.Two);
        Band(",\"bidQuantity_10pct\":"u8, ",\"askQuantity_10pct\":"u8, statistics.Ten);
        Band(",\"totalBidQuantity\":"u8, ",\"totalAskQuantity\":"u8, statistics.Total);
        return Writer.Raw("}}"u8).Complete();
    }

    private void Band(ReadOnlySpan<byte> bid, ReadOnlySpan<byte> ask, in BookBand band) =>
        Writer.Raw(bid).Base(band.Bid, Instrument).Raw(ask).Base(band.Ask, Instrument);
}
