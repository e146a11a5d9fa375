using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Coinbase;

/// <summary>
/// Reads a frame of one book event without a tokenizer. A blank, an escape, an unknown key, levels with their keys in another order or a
/// second event leave the frame to <see cref="CoinbaseBookReader"/>, which means the same by it; a test compares the two.
/// </summary>
internal ref struct CoinbaseQuickBook
{
    private CompactJson _frame;
    private bool _hasChannel;
    private bool _hasUpdates;
    private bool _hasType;

    /// <summary>Whose book it is.</summary>
    public CoinbaseProduct? Product;

    /// <summary>A whole book, or a change.</summary>
    public bool IsSnapshot;

    /// <summary>The number of the frame on its connection.</summary>
    public long Number;

    /// <summary>When the frame was sent; empty when it does not say.</summary>
    public ReadOnlySpan<byte> SentAt;

    /// <summary>Reads the frame, its levels into <paramref name="bids"/> and <paramref name="asks"/>. False for another layout.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, CoinbaseProducts products, LevelBuffer bids, LevelBuffer asks, out CoinbaseQuickBook book)
    {
        book = new CoinbaseQuickBook { _frame = new CompactJson(frame), Number = -1 };
        return frame.StartsWith("{\"channel\":\"l2_data\""u8) && book.TryReadFrame(products, bids, asks);
    }

    private bool TryReadFrame(CoinbaseProducts products, LevelBuffer bids, LevelBuffer asks)
    {
        if (!_frame.TrySkip('{'))
        {
            return false;
        }

        do
        {
            if (!TryKey(out var key) || !TryReadField(key, products, bids, asks))
            {
                return false;
            }
        }
        while (_frame.TrySkip(','));

        return _frame.TrySkip('}') && _frame.IsAtEnd && _hasUpdates && _hasType && CoinbaseSession.IsNumber(Number);
    }

    private bool TryKey(out ReadOnlySpan<byte> key)
    {
        key = default;
        return _frame.TrySkip('"') && _frame.TryRestOfString(out key) && _frame.TrySkip(':');
    }

    private bool TryReadField(ReadOnlySpan<byte> key, CoinbaseProducts products, LevelBuffer bids, LevelBuffer asks)
    {
        if (key.SequenceEqual("events"u8))
        {
            return !_hasUpdates && _frame.TrySkip("[{"u8) && TryReadEvent(products, bids, asks) && _frame.TrySkip(']');
        }

        if (key.SequenceEqual("channel"u8))
        {
            return !_hasChannel && (_hasChannel = true) && _frame.TrySkip("\"l2_data\""u8);
        }

        return key.SequenceEqual("sequence_num"u8) ? Number < 0 && _frame.TryDigits(out Number)
            : key.SequenceEqual("timestamp"u8) ? SentAt.IsEmpty && _frame.TrySkip('"') && TryRestOfTime(out SentAt)
            : key.SequenceEqual("client_id"u8) && _frame.TryWord(out _);
    }

    private bool TryReadEvent(CoinbaseProducts products, LevelBuffer bids, LevelBuffer asks)
    {
        do
        {
            if (!TryKey(out var key) || !TryReadEventField(key, products, bids, asks))
            {
                return false;
            }
        }
        while (_frame.TrySkip(','));

        return _frame.TrySkip('}');
    }

    private bool TryReadEventField(ReadOnlySpan<byte> key, CoinbaseProducts products, LevelBuffer bids, LevelBuffer asks)
    {
        if (key.SequenceEqual("type"u8))
        {
            IsSnapshot = _frame.TrySkip("\"snapshot\""u8);
            return !_hasType && (_hasType = true) && (IsSnapshot || _frame.TrySkip("\"update\""u8));
        }

        if (key.SequenceEqual("product_id"u8))
        {
            return Product is null && _frame.TrySkip('"') && _frame.TryRestOfString(out var id) && products.TryFindKnown(id, out Product);
        }

        return key.SequenceEqual("updates"u8)
            && Product is not null && !_hasUpdates && (_hasUpdates = true)
            && TryReadLevels(Product.Instrument, bids, asks);
    }

    private bool TryReadLevels(Instrument instrument, LevelBuffer bids, LevelBuffer asks)
    {
        bids.Clear();
        asks.Clear();
        if (_frame.TrySkip("[]"u8))
        {
            return true;
        }

        if (!_frame.TrySkip('['))
        {
            return false;
        }

        var (priceDecimals, quantityDecimals) = (instrument.PriceScale.Decimals, instrument.QuantityScale.Decimals);
        do
        {
            var isBid = _frame.TrySkip("{\"side\":\"bid\",\"event_time\":\""u8);
            if ((!isBid && !_frame.TrySkip("{\"side\":\"offer\",\"event_time\":\""u8)) || !TryRestOfTime(out _)
                || !_frame.TrySkip(",\"price_level\":"u8) || !_frame.TryQuotedAmount(priceDecimals, out var price) || price == 0
                || !_frame.TrySkip(",\"new_quantity\":"u8) || !_frame.TryQuotedAmount(quantityDecimals, out var quantity)
                || !_frame.TrySkip('}'))
            {
                return false;
            }

            (isBid ? bids : asks).Add(price, quantity);
        }
        while (_frame.TrySkip(','));

        return _frame.TrySkip(']');
    }

    /// <summary>Reads digits and the letters of a moment, so that anything that needs a closer look (an escape, a control character) is left to the other reader.</summary>
    private bool TryRestOfTime(out ReadOnlySpan<byte> time)
    {
        time = default;
        var rest = _frame.Rest;
        var end = rest.IndexOfAnyExceptInRange((byte)'+', (byte)'Z');
        if (end < 0 || rest[end] != '"')
        {
            return false;
        }

        time = rest[..end];
        _frame.Advance(end + 1);
        return true;
    }
}
