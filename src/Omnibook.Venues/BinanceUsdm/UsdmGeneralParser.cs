using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.BinanceUsdm;

/// <summary>
/// Reads the fields of an event whatever its layout: blanks, other key order, unknown keys, quoted or bare numbers.
/// A key that comes twice counts with its last value; null is as if the key were missing.
/// </summary>
internal ref struct UsdmGeneralParser
{
    private readonly Span<byte> _scratch;
    private Utf8JsonReader _bids;
    private Utf8JsonReader _asks;
    private UsdmKeys _seen;

    /// <param name="scratch">Takes a symbol that is written with escapes.</param>
    public UsdmGeneralParser(Span<byte> scratch) => _scratch = scratch;

    /// <summary>How many keys came more than once.</summary>
    public int Duplicates { get; private set; }

    /// <summary>Reads every field but the levels. The envelope has found the frame to be JSON.</summary>
    public void Read(scoped in UsdmEnvelope envelope, scoped ref UsdmFields fields)
    {
        fields.Event = UsdmEventNames.Read(envelope.Event);
        fields.Stream = envelope.Stream;
        fields.Family = 1;
        var reader = envelope.Payload;
        ReadObject(ref reader, ref fields);
    }

    /// <summary>Reads the levels, once the symbol has told their scales.</summary>
    public bool TryReadLevels(Instrument instrument, UsdmLevels levels) =>
        UsdmLevels.TryRead(ref _bids, instrument, levels.Bids) && UsdmLevels.TryRead(ref _asks, instrument, levels.Asks);

    private void ReadObject(scoped ref Utf8JsonReader reader, scoped ref UsdmFields fields)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = UsdmKeyNames.Of(reader.ValueSpan, fields.Event);
            reader.Read();
            if (key == UsdmKeys.Order && reader.TokenType == JsonTokenType.StartObject)
            {
                ReadObject(ref reader, ref fields);
                continue;
            }

            if (key is not (UsdmKeys.None or UsdmKeys.Order))
            {
                Note(key, ReadField(key, ref reader, ref fields), ref fields);
            }

            reader.Skip();
        }
    }

    private void Note(UsdmKeys key, bool isPresent, scoped ref UsdmFields fields)
    {
        Duplicates += (_seen & key) != UsdmKeys.None ? 1 : 0;
        _seen |= key;
        fields.Present = isPresent ? fields.Present | key : fields.Present & ~key;
    }

    private bool ReadField(UsdmKeys key, scoped ref Utf8JsonReader reader, scoped ref UsdmFields fields)
    {
        switch (key)
        {
            case UsdmKeys.SendTime: return JsonRead.TryInteger(reader, out fields.SendTime);
            case UsdmKeys.EngineTime: return JsonRead.TryInteger(reader, out fields.EngineTime);
            case UsdmKeys.Symbol: return JsonRead.TryName(reader, _scratch, out fields.Symbol);
            case UsdmKeys.Family: return JsonRead.TryInteger(reader, out fields.Family);
            case UsdmKeys.FirstId: return JsonRead.TryInteger(reader, out fields.FirstId);
            case UsdmKeys.LastId: return JsonRead.TryInteger(reader, out fields.LastId);
            case UsdmKeys.PreviousId: return JsonRead.TryInteger(reader, out fields.PreviousId);
            case UsdmKeys.TradeId: return JsonRead.TryInteger(reader, out fields.TradeId);
            case UsdmKeys.BuyerIsMaker: return TryBoolean(reader, out fields.BuyerIsMaker);
            case UsdmKeys.Bids: _bids = reader; return reader.TokenType == JsonTokenType.StartArray;
            case UsdmKeys.Asks: _asks = reader; return reader.TokenType == JsonTokenType.StartArray;
            default: return ReadText(key, JsonRead.Text(reader), ref fields);
        }
    }

    private static bool ReadText(UsdmKeys key, ReadOnlySpan<byte> text, scoped ref UsdmFields fields)
    {
        switch (key)
        {
            case UsdmKeys.Price: fields.Price = text; break;
            case UsdmKeys.Quantity: fields.Quantity = text; break;
            case UsdmKeys.BidPrice: fields.BidPrice = text; break;
            case UsdmKeys.BidQuantity: fields.BidQuantity = text; break;
            case UsdmKeys.AskPrice: fields.AskPrice = text; break;
            case UsdmKeys.AskQuantity: fields.AskQuantity = text; break;
            case UsdmKeys.Type: fields.Type = text; break;
            case UsdmKeys.Index: fields.Index = text; break;
            case UsdmKeys.Rate: fields.Rate = text; break;
            case UsdmKeys.Side: fields.Side = text; break;
            case UsdmKeys.AveragePrice: fields.AveragePrice = text; break;
            case UsdmKeys.Filled: fields.Filled = text; break;
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
