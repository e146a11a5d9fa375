using System.Text.Json;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Venues.Candles;

namespace Omnibook.Venues.Hyperliquid;

/// <summary>
/// Reads the data of <c>candle</c>: the whole candle, at each change. Nothing says that it is over, and nothing when it was sent;
/// <c>v</c> is in base assets, summed by the venue in floating point.
/// </summary>
/// <example>
/// <code>
/// {"t":1764806400000,"T":1764892799999,"s":"HYPE","i":"1d","o":"34.668","c":"34.868","h":"36.219","l":"34.251","v":"3495670.8399999999","n":102895}
/// </code>
/// </example>
/// <seealso href="https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/websocket/subscriptions"/>
internal static class CandleReader
{
    /// <summary>Reads the object at which <paramref name="reader"/> stands.</summary>
    public static FrameReading Read(ref Utf8JsonReader reader, SymbolTable symbols, Timestamp receivedAt, out CandleUpdate candle)
    {
        candle = default;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return FrameReading.Malformed;
        }

        var fields = default(CandleFields);
        ReadOnlySpan<byte> coin = default;
        CandleInterval? interval = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.ValueSpan.Length == 1 ? reader.ValueSpan[0] : default;
            var text = FrameJson.NextText(ref reader);
            switch (key)
            {
                case (byte)'s': coin = text; break;
                case (byte)'i': interval = CandleInterval.TryParse(text, out var known) ? known : null; break;
                default: Keep(key, text, ref fields); break;
            }
        }

        if (coin.IsEmpty || interval is null)
        {
            return FrameReading.Malformed;
        }

        if (!symbols.TryFind(coin, out var instrument))
        {
            return FrameReading.UnknownCoin;
        }

        return fields.TryConclude(instrument, interval, new EventTimes(default, receivedAt), out candle) ? FrameReading.Complete : FrameReading.Malformed;
    }

    private static void Keep(byte key, ReadOnlySpan<byte> text, scoped ref CandleFields fields)
    {
        switch (key)
        {
            case (byte)'t': FrameJson.TryInteger(text, out fields.Start); break;
            case (byte)'n': fields.Trades = FrameJson.TryInteger(text, out var trades) ? trades : null; break;
            case (byte)'o': fields.Open = text; break;
            case (byte)'h': fields.High = text; break;
            case (byte)'l': fields.Low = text; break;
            case (byte)'c': fields.Close = text; break;
            case (byte)'v': fields.BaseVolume = text; break;
        }
    }
}
