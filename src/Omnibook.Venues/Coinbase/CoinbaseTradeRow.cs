using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Coinbase;

/// <summary>The fields of one trade as they were read; amounts are text until the product has told their scales.</summary>
internal ref struct CoinbaseTradeRow
{
    private ReadOnlySpan<byte> _id;
    private ReadOnlySpan<byte> _price;
    private ReadOnlySpan<byte> _size;
    private ReadOnlySpan<byte> _side;
    private ReadOnlySpan<byte> _time;

    /// <summary>Of which product; empty when it does not say.</summary>
    public ReadOnlySpan<byte> Product;

    /// <summary>Reads the object at whose brace the reader stands.</summary>
    public void Read(scoped ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.ValueSpan;
            reader.Read();
            Keep(key, JsonRead.Text(reader));
            reader.Skip();
        }
    }

    /// <summary>The trade; false when a field is missing or cannot be.</summary>
    public readonly bool TryConclude(Instrument instrument, Timestamp receivedAt, out Trade trade)
    {
        var isRead = new Scale(0).TryParse(_id, out var id) == AmountError.None & id >= 0
            & instrument.PriceScale.TryParse(_price, out var price) == AmountError.None & price > 0
            & instrument.QuantityScale.TryParse(_size, out var size) == AmountError.None & size > 0;
        var isMakerBuyer = _side.SequenceEqual("BUY"u8);
        trade = new Trade(
            instrument.Id, id, new Price(price), new Quantity(size), isMakerBuyer ? TakerSide.Sell : TakerSide.Buy,
            new EventTimes(CoinbaseTimes.Read(_time), receivedAt));
        return isRead && (isMakerBuyer || _side.SequenceEqual("SELL"u8));
    }

    private void Keep(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text)
    {
        if (key.SequenceEqual("product_id"u8))
        {
            Product = text;
        }
        else if (key.SequenceEqual("trade_id"u8))
        {
            _id = text;
        }
        else if (key.SequenceEqual("price"u8))
        {
            _price = text;
        }
        else if (key.SequenceEqual("size"u8))
        {
            _size = text;
        }
        else if (key.SequenceEqual("side"u8))
        {
            _side = text;
        }
        else if (key.SequenceEqual("time"u8))
        {
            _time = text;
        }
    }
}
