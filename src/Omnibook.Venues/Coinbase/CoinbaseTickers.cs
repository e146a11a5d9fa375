using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Coinbase;

/// <summary>
/// The best bids and asks of one frame, in a list that is kept. Rows have no time of their own.
/// <code>
/// {"type":"snapshot","tickers":[{"type":"ticker","product_id":"ETH-USDT","price":"21932.98",…,"best_bid":"21931.98","best_bid_quantity":"8000.21","best_ask":"21933.98","best_ask_quantity":"8038.07770938"}]}
/// </code>
/// </summary>
internal sealed class CoinbaseTickers
{
    private readonly List<(CoinbaseProduct Product, Level Bid, Level Ask)> _tops = [];

    /// <summary>The stream of the first; -1 when there is none.</summary>
    public int Stream => _tops.Count == 0 ? -1 : _tops[0].Product.StreamOf(Channel.TopOfBook);

    /// <summary>Forgets the frame before.</summary>
    public void Clear() => _tops.Clear();

    /// <summary>Reads the event at whose brace the reader stands. False when a row of a followed product cannot be read.</summary>
    public bool TryRead(ref Utf8JsonReader reader, CoinbaseProducts products)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isTickers = reader.ValueTextEquals("tickers"u8);
            reader.Read();
            if (isTickers && !TryReadRows(ref reader, products))
            {
                return false;
            }

            reader.Skip();
        }

        return true;
    }

    /// <summary>Gives the events to <paramref name="batch"/>. No page says that a book of some number has this top, so it bears none.</summary>
    public void AddTo(EventBatch batch, EventTimes times)
    {
        foreach (var (product, bid, ask) in _tops)
        {
            batch.On(new TopOfBook(product.Instrument.Id, 0, bid, ask, times));
        }
    }

    private bool TryReadRows(ref Utf8JsonReader reader, CoinbaseProducts products)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var row = default(Row);
            row.Read(ref reader);
            if (row.IsWhole && products.TryFindOrLearn(row.Product, out var product))
            {
                if (!row.TryConclude(product.Instrument, out var bid, out var ask))
                {
                    return false;
                }

                _tops.Add((product, bid, ask));
            }
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    private ref struct Row
    {
        private ReadOnlySpan<byte> _bid;
        private ReadOnlySpan<byte> _bidQuantity;
        private ReadOnlySpan<byte> _ask;
        private ReadOnlySpan<byte> _askQuantity;

        public ReadOnlySpan<byte> Product;

        /// <summary>A batched row has no best prices, and a side without orders comes empty.</summary>
        public readonly bool IsWhole => !_bid.IsEmpty && !_bidQuantity.IsEmpty && !_ask.IsEmpty && !_askQuantity.IsEmpty;

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

        public readonly bool TryConclude(Instrument instrument, out Level bid, out Level ask)
        {
            ask = default;
            return TryLevel(instrument, _bid, _bidQuantity, out bid) && TryLevel(instrument, _ask, _askQuantity, out ask);
        }

        private static bool TryLevel(Instrument instrument, ReadOnlySpan<byte> price, ReadOnlySpan<byte> quantity, out Level level)
        {
            var isRead = instrument.PriceScale.TryParse(price, out var priceUnits) == AmountError.None
                & instrument.QuantityScale.TryParse(quantity, out var quantityUnits) == AmountError.None;
            level = new Level(new Price(priceUnits), new Quantity(quantityUnits));
            return isRead && quantityUnits >= 0 && (priceUnits > 0 || (priceUnits == 0 && quantityUnits == 0));
        }

        private void Keep(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text)
        {
            if (key.SequenceEqual("product_id"u8))
            {
                Product = text;
            }
            else if (key.SequenceEqual("best_bid"u8))
            {
                _bid = text;
            }
            else if (key.SequenceEqual("best_bid_quantity"u8))
            {
                _bidQuantity = text;
            }
            else if (key.SequenceEqual("best_ask"u8))
            {
                _ask = text;
            }
            else if (key.SequenceEqual("best_ask_quantity"u8))
            {
                _askQuantity = text;
            }
        }
    }
}
