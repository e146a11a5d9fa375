using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Venues.Candles;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Bybit;

/// <summary>
/// Reads the <c>data</c> of <c>kline</c>, oldest first; <c>confirm</c> says that a candle is over, <c>turnover</c> is in the quote asset.
/// <code>
/// [{"start":1672324800000,"end":1672325099999,"interval":"5","open":"16649.5","close":"16677","high":"16677","low":"16608","volume":"2.081",
///   "turnover":"34666.4005","confirm":false,"timestamp":1672324988882}]
/// </code>
/// https://bybit-exchange.github.io/docs/v5/websocket/public/kline
/// </summary>
internal static class BybitCandleReader
{
    /// <summary>Reads the array that follows.</summary>
    /// <returns>False when one of the candles cannot be read; what was read before is then worth nothing.</returns>
    public static bool TryRead(ref Utf8JsonReader reader, BybitRoute route, EventTimes times, List<CandleUpdate> candles)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var fields = new CandleFields { IsClosed = false };
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = reader.ValueSpan;
                reader.Read();
                Keep(key, reader, ref fields);
                reader.Skip();
            }

            if (!fields.TryConclude(route.Instrument, route.Interval!, times, out var candle))
            {
                return false;
            }

            candles.Add(candle);
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    private static void Keep(ReadOnlySpan<byte> key, scoped in Utf8JsonReader reader, scoped ref CandleFields fields)
    {
        switch (key)
        {
            case var _ when key.SequenceEqual("start"u8): JsonRead.TryInteger(reader, out fields.Start); break;
            case var _ when key.SequenceEqual("open"u8): fields.Open = JsonRead.Text(reader); break;
            case var _ when key.SequenceEqual("high"u8): fields.High = JsonRead.Text(reader); break;
            case var _ when key.SequenceEqual("low"u8): fields.Low = JsonRead.Text(reader); break;
            case var _ when key.SequenceEqual("close"u8): fields.Close = JsonRead.Text(reader); break;
            case var _ when key.SequenceEqual("volume"u8): fields.BaseVolume = JsonRead.Text(reader); break;
            case var _ when key.SequenceEqual("turnover"u8): fields.QuoteVolume = JsonRead.Text(reader); break;
            case var _ when key.SequenceEqual("confirm"u8): fields.IsClosed = reader.TokenType == JsonTokenType.True; break;
        }
    }
}
