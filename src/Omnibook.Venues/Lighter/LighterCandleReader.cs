using System.Text.Json;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Candles;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Lighter;

/// <summary>
/// Reads <c>candles</c>. <c>v</c> is in base and <c>V</c> in quote assets, both summed by the venue in floating point; <c>i</c> is the number of the
/// last trade, not a count. Nothing says that a candle is over.
/// <code>
/// [{"t":1778821440000,"o":2264.2,"h":2264.34,"l":2263.36,"c":2263.97,"v":13.223699999999997,"V":29934.600011999984,"i":19993571166}]
/// </code>
/// https://apidocs.lighter.xyz/docs/websocket-reference
/// </summary>
internal static class LighterCandleReader
{
    /// <summary>Reads the array that follows; null is an empty one, as everywhere at this venue.</summary>
    /// <returns>False when one of the candles cannot be read; what was read before is then worth nothing.</returns>
    public static bool TryRead(ref Utf8JsonReader reader, Instrument instrument, CandleInterval interval, EventTimes times, List<CandleUpdate> candles)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            return reader.TokenType == JsonTokenType.Null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var fields = default(CandleFields);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = reader.ValueSpan.Length == 1 ? reader.ValueSpan[0] : default;
                reader.Read();
                Keep(key, reader, ref fields);
                reader.Skip();
            }

            if (!fields.TryConclude(instrument, interval, times, out var candle))
            {
                return false;
            }

            candles.Add(candle);
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    private static void Keep(byte key, scoped in Utf8JsonReader reader, scoped ref CandleFields fields)
    {
        switch (key)
        {
            case (byte)'t': JsonRead.TryInteger(reader, out fields.Start); break;
            case (byte)'o': fields.Open = JsonRead.Text(reader); break;
            case (byte)'h': fields.High = JsonRead.Text(reader); break;
            case (byte)'l': fields.Low = JsonRead.Text(reader); break;
            case (byte)'c': fields.Close = JsonRead.Text(reader); break;
            case (byte)'v': fields.BaseVolume = JsonRead.Text(reader); break;
            case (byte)'V': fields.QuoteVolume = JsonRead.Text(reader); break;
        }
    }
}
