using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Coinbase;

/// <summary>
/// Reads one event of <c>l2_data</c>, in whatever order its keys come.
/// <code>
/// {"type":"snapshot","product_id":"BTC-USD","updates":[{"side":"bid","event_time":"2026-04-07T14:30:00.123456Z","price_level":"68900.00","new_quantity":"1.50000000"},
///  {"side":"offer","event_time":"…","price_level":"68901.00","new_quantity":"0"}]}
/// </code>
/// Quantities are absolute, zero deletes; levels come in no promised order, both sides mixed.
/// </summary>
internal ref struct CoinbaseBookReader
{
    private Utf8JsonReader _updates;
    private bool _hasUpdates;
    private bool _isUpdate;

    /// <summary>Whose book; empty when the event does not say.</summary>
    public ReadOnlySpan<byte> Product;

    /// <summary>A whole book, or a change.</summary>
    public bool IsSnapshot;

    /// <summary>Reads the event at whose brace the reader stands, all but its levels. False when something is missing.</summary>
    public bool TryRead(scoped ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isType, isProduct) = (reader.ValueTextEquals("type"u8), reader.ValueTextEquals("product_id"u8));
            var isUpdates = reader.ValueTextEquals("updates"u8);
            reader.Read();
            if (isType)
            {
                var type = JsonRead.Text(reader);
                (IsSnapshot, _isUpdate) = (type.SequenceEqual("snapshot"u8), type.SequenceEqual("update"u8));
            }
            else if (isProduct)
            {
                Product = JsonRead.Text(reader);
            }
            else if (isUpdates)
            {
                _updates = reader;
                _hasUpdates = reader.TokenType == JsonTokenType.StartArray;
            }

            reader.Skip();
        }

        return _hasUpdates && !Product.IsEmpty && (IsSnapshot || _isUpdate);
    }

    /// <summary>Reads the levels, once the product has told their scales. False when one cannot be read.</summary>
    public readonly bool TryReadLevels(Instrument instrument, LevelBuffer bids, LevelBuffer asks)
    {
        bids.Clear();
        asks.Clear();
        var reader = _updates;
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            if (!TryReadLevel(ref reader, instrument, bids, asks))
            {
                return false;
            }
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    private static bool TryReadLevel(ref Utf8JsonReader reader, Instrument instrument, LevelBuffer bids, LevelBuffer asks)
    {
        LevelBuffer? side = null;
        var (price, quantity) = (0L, -1L);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isSide, isPrice) = (reader.ValueTextEquals("side"u8), reader.ValueTextEquals("price_level"u8));
            var isQuantity = reader.ValueTextEquals("new_quantity"u8);
            reader.Read();
            if (isSide)
            {
                var name = JsonRead.Text(reader);
                side = name.SequenceEqual("bid"u8) ? bids : name.SequenceEqual("offer"u8) ? asks : null;
            }
            else if ((isPrice && !JsonRead.TryAmount(reader, instrument.PriceScale, out price))
                || (isQuantity && !JsonRead.TryAmount(reader, instrument.QuantityScale, out quantity)))
            {
                return false;
            }

            reader.Skip();
        }

        if (side is null || price <= 0 || quantity < 0)
        {
            return false;
        }

        side.Add(price, quantity);
        return true;
    }
}
