using System.Text.Json;
using Omnibook.Core.Derived;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Binance;

/// <summary>
/// Reads the candle of a kline event. <c>T</c> is its last millisecond, <c>V</c> and <c>Q</c> what takers bought of <c>v</c> and <c>q</c>.
/// <code>
/// {"e":"kline","E":1638747660000,"s":"BTCUSDT","k":{"t":1638747660000,"T":1638747719999,"s":"BTCUSDT","i":"1m","f":100,"L":200,
///  "o":"0.0010","c":"0.0020","h":"0.0025","l":"0.0015","v":"1000","n":100,"x":false,"q":"1.0000","V":"500","Q":"0.500","B":"123456"}}
/// </code>
/// https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/Kline-Candlestick-Streams
/// </summary>
internal static class BinanceCandle
{
    /// <summary>Reads the object at whose brace the reader stands. Intervals that nobody here knows, such as <c>1s</c>, leave the interval null.</summary>
    /// <param name="reader">A copy: the caller passes over the object itself.</param>
    /// <param name="fields">Takes the candle.</param>
    public static bool TryRead(Utf8JsonReader reader, scoped ref BinanceFields fields)
    {
        fields.Candle = default;
        fields.Interval = null;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.ValueSpan.Length == 1 ? reader.ValueSpan[0] : default;
            reader.Read();
            Keep(key, reader, ref fields);
            reader.Skip();
        }

        return true;
    }

    private static void Keep(byte key, scoped in Utf8JsonReader reader, scoped ref BinanceFields fields)
    {
        switch (key)
        {
            case (byte)'t': JsonRead.TryInteger(reader, out fields.Candle.Start); break;
            case (byte)'n': fields.Candle.Trades = JsonRead.TryInteger(reader, out var trades) ? trades : null; break;
            case (byte)'x': fields.Candle.IsClosed = reader.TokenType == JsonTokenType.True; break;
            case (byte)'i': fields.Interval = CandleInterval.TryParse(JsonRead.Text(reader), out var interval) ? interval : null; break;
            case (byte)'o': fields.Candle.Open = JsonRead.Text(reader); break;
            case (byte)'c': fields.Candle.Close = JsonRead.Text(reader); break;
            case (byte)'h': fields.Candle.High = JsonRead.Text(reader); break;
            case (byte)'l': fields.Candle.Low = JsonRead.Text(reader); break;
            case (byte)'v': fields.Candle.BaseVolume = JsonRead.Text(reader); break;
            case (byte)'q': fields.Candle.QuoteVolume = JsonRead.Text(reader); break;
        }
    }
}
