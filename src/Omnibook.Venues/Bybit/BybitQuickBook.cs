using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Bybit;

/// <summary>
/// Reads a book frame whose bytes are laid out as the venue lays them out, without a tokenizer:
/// <code>
/// {"topic":"orderbook.200.BTCUSDT","type":"delta","ts":1687940967466,"data":{"s":"BTCUSDT","b":[["30247.20","30.028"],["30240.00","0"]],"a":[["30248.70","0"]],"u":177400507,"seq":66544703342},"cts":1687940967464}
/// </code>
/// Depth 1 puts <c>ts</c> before <c>type</c>. Anything else (another order, a blank, an escape, a new key) is left to
/// <see cref="BybitBookReader"/>, which means the same by it; a test compares the two.
/// </summary>
internal ref struct BybitQuickBook
{
    private CompactJson _frame;

    /// <summary>Whose topic it is.</summary>
    public BybitRoute? Route;

    /// <summary>A whole book, or a change.</summary>
    public bool IsSnapshot;

    /// <summary>When the frame was made, in milliseconds.</summary>
    public long SentAt;

    /// <summary>When the matching engine made the change, in milliseconds; 0 when the frame does not say.</summary>
    public long EngineAt;

    /// <summary>What the frame says beside its levels.</summary>
    public BybitBook Book;

    /// <summary>Reads the frame into a book event of <paramref name="batch"/>, which stays open. False, and nothing open, for another layout.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, BybitRoutes routes, EventBatch batch, out BybitQuickBook book)
    {
        book = new BybitQuickBook { _frame = new CompactJson(frame) };
        if (!book.TryReadHead(routes))
        {
            return false;
        }

        BybitBooks.Begin(book.Route!, book.IsSnapshot, batch);
        if (book.TryReadData(batch))
        {
            return true;
        }

        batch.CancelBook();
        return false;
    }

    private bool TryReadHead(BybitRoutes routes) =>
        _frame.TrySkip("{\"topic\":\""u8)
        && _frame.TryRestOfString(out var topic)
        && routes.TryFindKnown(topic, out Route)
        && Route.Channel is Channel.Book or Channel.TopOfBook
        && (TryReadType() && TryReadTime() || TryReadTime() && TryReadType())
        && _frame.TrySkip(",\"data\":{\"s\":\""u8)
        && _frame.TryRestOfString(out var symbol)
        && topic.EndsWith(symbol);

    private bool TryReadType()
    {
        IsSnapshot = _frame.TrySkip(",\"type\":\"snapshot\""u8);
        return IsSnapshot || _frame.TrySkip(",\"type\":\"delta\""u8);
    }

    private bool TryReadTime() => _frame.TrySkip(",\"ts\":"u8) && _frame.TryDigits(out SentAt);

    private bool TryReadData(EventBatch batch)
    {
        var instrument = Route!.Instrument;
        if (!_frame.TrySkip(",\"b\":["u8)
            || !TryReadSide(instrument, Side.Bid, batch, out var bestBid, out var bids)
            || !_frame.TrySkip(",\"a\":["u8)
            || !TryReadSide(instrument, Side.Ask, batch, out var bestAsk, out var asks)
            || !_frame.TrySkip(",\"u\":"u8)
            || !_frame.TryDigits(out var update)
            || update <= 0
            || !_frame.TrySkip(",\"seq\":"u8)
            || !_frame.TryDigits(out _)
            || !_frame.TrySkip('}'))
        {
            return false;
        }

        Book = new BybitBook(update, bids + asks, bestBid, bestAsk);
        return (!_frame.TrySkip(",\"cts\":"u8) || _frame.TryDigits(out EngineAt)) && _frame.TrySkip('}') && _frame.IsAtEnd;
    }

    private bool TryReadSide(Instrument instrument, Side side, EventBatch batch, out Level first, out int count)
    {
        (first, count) = (default, 0);
        if (_frame.TrySkip(']'))
        {
            return true;
        }

        var (priceDecimals, quantityDecimals) = (instrument.PriceScale.Decimals, instrument.QuantityScale.Decimals);
        do
        {
            if (!_frame.TrySkip('[') || !_frame.TryQuotedAmount(priceDecimals, out var price) || price == 0
                || !_frame.TrySkip(',') || !_frame.TryQuotedAmount(quantityDecimals, out var quantity)
                || !_frame.TrySkip(']'))
            {
                return false;
            }

            var level = new Level(new Price(price), new Quantity(quantity));
            first = count++ == 0 ? level : first;
            if (side == Side.Bid)
            {
                batch.AddBid(level);
            }
            else
            {
                batch.AddAsk(level);
            }
        }
        while (_frame.TrySkip(','));

        return _frame.TrySkip(']');
    }
}
