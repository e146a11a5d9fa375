using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Lighter;

/// <summary>
/// Reads a book frame without a tokenizer. Its keys have come in three orders within a year, so they are read as they come; but a
/// blank, an escape or an unknown key leaves the frame to <see cref="LighterBookReader"/>, which means the same by it; a test compares the two.
/// The type has to stand first or last, since it says what to do with the levels.
/// </summary>
internal ref struct LighterQuickBook
{
    private CompactJson _frame;
    private bool _hasBids;
    private bool _hasAsks;

    /// <summary>Whose book it is.</summary>
    public LighterMarket? Market;

    /// <summary>A whole book, or a change.</summary>
    public bool IsSnapshot;

    /// <summary>When the frame was sent, in milliseconds; 0 when it does not say.</summary>
    public long SentAt;

    /// <summary>When the book was changed, in microseconds; 0 when it does not say.</summary>
    public long ChangedAt;

    /// <summary>What the frame says beside its levels.</summary>
    public LighterBook Book;

    /// <summary>Reads the frame into a book event of <paramref name="batch"/>, which stays open. False, and nothing open, for another layout.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, LighterMarkets markets, EventBatch batch, out LighterQuickBook book)
    {
        book = new LighterQuickBook { _frame = new CompactJson(frame), IsSnapshot = Has(frame, "subscribed/order_book"u8) };
        if ((book.IsSnapshot || Has(frame, "update/order_book"u8)) && book.TryReadFrame(markets, batch))
        {
            return true;
        }

        batch.CancelBook();
        return false;
    }

    private static bool Has(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> type)
    {
        const int AroundFirst = 9; // {"type":"
        const int AroundLast = 2; // "}
        return frame.Length > type.Length + AroundFirst
            && (frame[AroundFirst..].StartsWith(type) || frame[..^AroundLast].EndsWith(type));
    }

    private bool TryReadFrame(LighterMarkets markets, EventBatch batch)
    {
        if (!_frame.TrySkip('{'))
        {
            return false;
        }

        do
        {
            if (!_frame.TrySkip('"') || !_frame.TryRestOfString(out var key) || !_frame.TrySkip(':') || !TryReadField(key, markets, batch))
            {
                return false;
            }
        }
        while (_frame.TrySkip(','));

        return _frame.TrySkip('}') && _frame.IsAtEnd && _hasBids && _hasAsks && Book.IsNumbered;
    }

    private bool TryReadField(ReadOnlySpan<byte> key, LighterMarkets markets, EventBatch batch)
    {
        if (key.SequenceEqual("order_book"u8))
        {
            return Market is not null && !_hasBids && TryReadBook(Market.Instrument, batch);
        }

        if (key.SequenceEqual("channel"u8))
        {
            return Market is null
                && _frame.TrySkip("\"order_book:"u8)
                && _frame.TryRestOfString(out var number)
                && markets.TryFindKnown(number, out Market);
        }

        if (key.SequenceEqual("type"u8))
        {
            return _frame.TrySkip(IsSnapshot ? "\"subscribed/order_book\""u8 : "\"update/order_book\""u8);
        }

        return key.SequenceEqual("timestamp"u8) ? _frame.TryDigits(out SentAt)
            : key.SequenceEqual("last_updated_at"u8) ? _frame.TryDigits(out ChangedAt)
            : key.SequenceEqual("offset"u8) && _frame.TryDigits(out _);
    }

    private bool TryReadBook(Instrument instrument, EventBatch batch)
    {
        if (IsSnapshot)
        {
            batch.BeginSnapshot(instrument.Id);
        }
        else
        {
            batch.BeginUpdate(instrument.Id);
        }

        if (!_frame.TrySkip('{'))
        {
            return false;
        }

        do
        {
            if (!_frame.TrySkip('"') || !_frame.TryRestOfString(out var key) || !_frame.TrySkip(':') || !TryReadBookField(key, instrument, batch))
            {
                return false;
            }
        }
        while (_frame.TrySkip(','));

        return _frame.TrySkip('}');
    }

    private bool TryReadBookField(ReadOnlySpan<byte> key, Instrument instrument, EventBatch batch)
    {
        if (key.SequenceEqual("asks"u8))
        {
            return !_hasAsks && (_hasAsks = true) && TryReadSide(instrument, Side.Ask, batch);
        }

        if (key.SequenceEqual("bids"u8))
        {
            return !_hasBids && (_hasBids = true) && TryReadSide(instrument, Side.Bid, batch);
        }

        return _frame.TryDigits(out var number) && TryKeep(key, number);
    }

    private bool TryKeep(ReadOnlySpan<byte> key, long number)
    {
        if (key.SequenceEqual("nonce"u8))
        {
            Book = Book with { Nonce = number };
        }
        else if (key.SequenceEqual("begin_nonce"u8))
        {
            Book = Book with { BeginNonce = number };
        }
        else if (key.SequenceEqual("offset"u8))
        {
            Book = Book with { Offset = number };
        }
        else
        {
            return key.SequenceEqual("code"u8) || key.SequenceEqual("last_updated_at"u8);
        }

        return true;
    }

    private bool TryReadSide(Instrument instrument, Side side, EventBatch batch)
    {
        if (!_frame.TrySkip('['))
        {
            return false;
        }

        if (_frame.TrySkip(']'))
        {
            return true;
        }

        var (priceDecimals, quantityDecimals) = (instrument.PriceScale.Decimals, instrument.QuantityScale.Decimals);
        do
        {
            if (!_frame.TrySkip("{\"price\":"u8) || !_frame.TryQuotedAmount(priceDecimals, out var price) || price == 0
                || !_frame.TrySkip(",\"size\":"u8) || !_frame.TryQuotedAmount(quantityDecimals, out var quantity)
                || !_frame.TrySkip('}'))
            {
                return false;
            }

            var level = new Level(new Price(price), new Quantity(quantity));
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
