using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Hyperliquid;

/// <summary>Reads the data of <c>bbo</c>: the best bid and ask, sent per block and only when they changed; an empty side is null.</summary>
/// <example>
/// <code>{"coin":"BTC","time":1790000000200,"bbo":[{"px":"110427.0","sz":"4.11","n":12},null]}</code>
/// </example>
internal ref struct TopReader(SymbolTable symbols)
{
    private readonly SymbolTable _symbols = symbols;
    private Utf8JsonReader _sides;
    private bool _hasSides;
    private bool _hasCoin;

    /// <summary>Whose top of book it is.</summary>
    public Instrument? Instrument { get; private set; }

    /// <summary>The venue's time, milliseconds since the Unix epoch.</summary>
    public long Time { get; private set; }

    /// <summary>The best bid; all zero when there is none.</summary>
    public Level Bid { get; private set; }

    /// <summary>The best ask; all zero when there is none.</summary>
    public Level Ask { get; private set; }

    /// <summary>Reads the object at which <paramref name="reader"/> stands.</summary>
    public FrameReading Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return FrameReading.Malformed;
        }

        ReadFields(ref reader);
        if (!_hasCoin || !_hasSides || Time == 0)
        {
            return FrameReading.Malformed;
        }

        if (Instrument is null)
        {
            return FrameReading.UnknownCoin;
        }

        var sides = _sides;
        return TryReadSides(ref sides, Instrument) ? FrameReading.Complete : FrameReading.Malformed;
    }

    private void ReadFields(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("bbo"u8))
            {
                reader.Read();
                _sides = reader;
                _hasSides = true;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("coin"u8))
            {
                var coin = FrameJson.NextText(ref reader);
                _hasCoin = !coin.IsEmpty;
                Instrument = _hasCoin && _symbols.TryFind(coin, out var found) ? found : null;
            }
            else if (reader.ValueTextEquals("time"u8))
            {
                Time = FrameJson.TryTime(FrameJson.NextText(ref reader), out var time) ? time : 0;
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private bool TryReadSides(ref Utf8JsonReader reader, Instrument instrument)
    {
        if (reader.TokenType != JsonTokenType.StartArray
            || !TryReadSide(ref reader, instrument, out var bid)
            || !TryReadSide(ref reader, instrument, out var ask))
        {
            return false;
        }

        (Bid, Ask) = (bid, ask);
        return reader.Read() && reader.TokenType == JsonTokenType.EndArray;
    }

    private static bool TryReadSide(ref Utf8JsonReader reader, Instrument instrument, out Level level)
    {
        reader.Read();
        level = default;
        return reader.TokenType == JsonTokenType.Null
            || (reader.TokenType == JsonTokenType.StartObject && LevelReader.TryRead(ref reader, instrument, out level));
    }
}
