using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Hyperliquid;

/// <summary>
/// Reads the data of <c>l2Book</c>, which is the same on the socket and as the answer of POST /info. It is always the whole of what
/// the venue shows, 20 levels a side, best first; it has no sequence number, so <c>time</c> stands for one.
/// </summary>
/// <example>
/// The documentation and the recorded frames order the keys differently, so no order is assumed:
/// <code>
/// {"coin":"BTC","time":1790000000123,"levels":[[{"px":"110427.0","sz":"4.11882","n":12}],[{"px":"110428.0","sz":"3.72573","n":9}]]}
/// {"coin":"BTC","levels":[[{"n":5,"px":"105055.0","sz":"3.03622"}],[{"n":8,"px":"105056.0","sz":"4.2"}]],"time":1737918843000}
/// </code>
/// </example>
/// <seealso href="https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/websocket/subscriptions"/>
internal ref struct BookReader(SymbolTable symbols, EventBatch batch)
{
    private readonly SymbolTable _symbols = symbols;
    private readonly EventBatch _batch = batch;
    private Instrument? _readFor;
    private Utf8JsonReader _levels;
    private bool _hasLevels;
    private bool _hasCoin;

    /// <summary>Whose book it is.</summary>
    public Instrument? Instrument { get; private set; }

    /// <summary>The venue's time of the book, milliseconds since the Unix epoch.</summary>
    public long Time { get; private set; }

    /// <summary>
    /// Reads the object at which <paramref name="reader"/> stands. When it is complete the batch holds an open snapshot with
    /// every level, to be ended or cancelled by the caller; otherwise nothing is open.
    /// </summary>
    public FrameReading Read(ref Utf8JsonReader reader)
    {
        var reading = reader.TokenType == JsonTokenType.StartObject && TryReadFields(ref reader)
            ? Complete()
            : FrameReading.Malformed;
        if (reading != FrameReading.Complete)
        {
            _batch.CancelBook();
        }

        return reading;
    }

    private bool TryReadFields(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("levels"u8))
            {
                reader.Read();
                if (!TryMeetLevels(ref reader))
                {
                    return false;
                }
            }
            else if (reader.ValueTextEquals("coin"u8))
            {
                MeetCoin(FrameJson.NextText(ref reader));
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

        return true;
    }

    private void MeetCoin(ReadOnlySpan<byte> coin)
    {
        _hasCoin = !coin.IsEmpty;
        Instrument = _hasCoin && _symbols.TryFind(coin, out var found) ? found : null;
    }

    private bool TryMeetLevels(ref Utf8JsonReader reader)
    {
        _levels = reader;
        _hasLevels = true;
        _readFor = Instrument;
        if (Instrument is not null)
        {
            return TryReadLevels(ref reader, Instrument);
        }

        reader.Skip();
        return true;
    }

    private FrameReading Complete()
    {
        if (!_hasCoin || !_hasLevels || Time == 0)
        {
            return FrameReading.Malformed;
        }

        if (Instrument is null)
        {
            return FrameReading.UnknownCoin;
        }

        // The coin decides the scales. Where it stands behind the levels they are read now, from where they began.
        var again = _levels;
        return ReferenceEquals(_readFor, Instrument) || TryReadLevels(ref again, Instrument)
            ? FrameReading.Complete
            : FrameReading.Malformed;
    }

    private readonly bool TryReadLevels(ref Utf8JsonReader reader, Instrument instrument)
    {
        _batch.BeginSnapshot(instrument.Id);
        return reader.TokenType == JsonTokenType.StartArray
            && TryReadSide(ref reader, instrument, Side.Bid)
            && TryReadSide(ref reader, instrument, Side.Ask)
            && reader.Read()
            && reader.TokenType == JsonTokenType.EndArray;
    }

    private readonly bool TryReadSide(ref Utf8JsonReader reader, Instrument instrument, Side side)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            if (!LevelReader.TryRead(ref reader, instrument, out var level))
            {
                return false;
            }

            if (side == Side.Bid)
            {
                _batch.AddBid(level);
            }
            else
            {
                _batch.AddAsk(level);
            }
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }
}
