using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Binance;

/// <summary>
/// Reads the fields of an event whatever its layout: blanks, other key order, unknown keys, quoted or bare numbers.
/// A key that comes twice counts with its last value; null is as if the key were missing.
/// </summary>
internal ref struct BinanceGeneralParser
{
    private readonly Span<byte> _scratch;
    private Utf8JsonReader _bids;
    private Utf8JsonReader _asks;
    private BinanceKeys _seen;

    /// <param name="scratch">Takes a symbol that is written with escapes.</param>
    public BinanceGeneralParser(Span<byte> scratch) => _scratch = scratch;

    /// <summary>How many keys came more than once.</summary>
    public int Duplicates { get; private set; }

    /// <summary>Reads every field but the levels. The envelope has found the frame to be JSON.</summary>
    public void Read(scoped in BinanceEnvelope envelope, BinanceEvent kind, scoped ref BinanceFields fields)
    {
        fields.Event = kind;
        fields.Stream = envelope.Stream;
        fields.Family = 1;
        var reader = envelope.Payload;
        ReadObject(ref reader, ref fields);
    }

    /// <summary>Reads the levels, once the symbol has told their scales.</summary>
    public bool TryReadLevels(Instrument instrument, BinanceLevels levels) =>
        BinanceLevels.TryRead(ref _bids, instrument, levels.Bids) && BinanceLevels.TryRead(ref _asks, instrument, levels.Asks);

    private void ReadObject(scoped ref Utf8JsonReader reader, scoped ref BinanceFields fields)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = BinanceKeyNames.Of(reader.ValueSpan, fields.Event);
            reader.Read();
            if (key == BinanceKeys.Order && reader.TokenType == JsonTokenType.StartObject)
            {
                ReadObject(ref reader, ref fields);
                continue;
            }

            if (key is not (BinanceKeys.None or BinanceKeys.Order))
            {
                Note(key, ReadField(key, ref reader, ref fields), ref fields);
            }

            reader.Skip();
        }
    }

    private void Note(BinanceKeys key, bool isPresent, scoped ref BinanceFields fields)
    {
        Duplicates += (_seen & key) != BinanceKeys.None ? 1 : 0;
        _seen |= key;
        fields.Present = isPresent ? fields.Present | key : fields.Present & ~key;
    }

    private bool ReadField(BinanceKeys key, scoped ref Utf8JsonReader reader, scoped ref BinanceFields fields)
    {
        switch (key)
        {
            case BinanceKeys.SendTime: return JsonRead.TryInteger(reader, out fields.SendTime);
            case BinanceKeys.EngineTime: return JsonRead.TryInteger(reader, out fields.EngineTime);
            case BinanceKeys.Symbol: return JsonRead.TryName(reader, _scratch, out fields.Symbol);
            case BinanceKeys.Family: return JsonRead.TryInteger(reader, out fields.Family);
            case BinanceKeys.FirstId: return JsonRead.TryInteger(reader, out fields.FirstId);
            case BinanceKeys.LastId: return JsonRead.TryInteger(reader, out fields.LastId);
            case BinanceKeys.PreviousId: return JsonRead.TryInteger(reader, out fields.PreviousId);
            case BinanceKeys.TradeId: return JsonRead.TryInteger(reader, out fields.TradeId);
            case BinanceKeys.BuyerIsMaker: return TryBoolean(reader, out fields.BuyerIsMaker);
            case BinanceKeys.Bids: _bids = reader; return reader.TokenType == JsonTokenType.StartArray;
            case BinanceKeys.Asks: _asks = reader; return reader.TokenType == JsonTokenType.StartArray;
            case BinanceKeys.Candle: return BinanceCandle.TryRead(reader, ref fields);
            default: return ReadText(key, JsonRead.Text(reader), ref fields);
        }
    }

    private static bool ReadText(BinanceKeys key, ReadOnlySpan<byte> text, scoped ref BinanceFields fields)
    {
        switch (key)
        {
            case BinanceKeys.Price: fields.Price = text; break;
            case BinanceKeys.Quantity: fields.Quantity = text; break;
            case BinanceKeys.BidPrice: fields.BidPrice = text; break;
            case BinanceKeys.BidQuantity: fields.BidQuantity = text; break;
            case BinanceKeys.AskPrice: fields.AskPrice = text; break;
            case BinanceKeys.AskQuantity: fields.AskQuantity = text; break;
            case BinanceKeys.Type: fields.Type = text; break;
            case BinanceKeys.Index: fields.Index = text; break;
            case BinanceKeys.Rate: fields.Rate = text; break;
            case BinanceKeys.Side: fields.Side = text; break;
            case BinanceKeys.AveragePrice: fields.AveragePrice = text; break;
            case BinanceKeys.Filled: fields.Filled = text; break;
            default: throw new ArgumentOutOfRangeException(nameof(key), key, "Not a text.");
        }

        return !text.IsEmpty;
    }

    private static bool TryBoolean(scoped in Utf8JsonReader reader, out bool value)
    {
        value = reader.TokenType == JsonTokenType.True;
        return value || reader.TokenType == JsonTokenType.False;
    }
}
