using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Bybit;

/// <summary>
/// Reads the answer of <c>/v5/market/orderbook</c>, whose result is laid out like the <c>data</c> of the socket.
/// <code>
/// {"retCode":0,"retMsg":"OK","result":{"s":"BTCUSDT","b":[["65485.47","47.081829"]],"a":[["65557.7","16.606555"]],"ts":1716863719031,"u":230704,"seq":1432604333,"cts":1716863718905},"retExtInfo":{},"time":1716863719382}
/// </code>
/// https://bybit-exchange.github.io/docs/v5/market/orderbook
/// </summary>
internal static class BybitRestBook
{
    /// <summary>Reads the answer into a snapshot. False, and nothing in the batch, when it is no book.</summary>
    /// <exception cref="JsonException">The body is not JSON.</exception>
    public static bool TryRead(Instrument instrument, ReadOnlySpan<byte> body, Timestamp receivedAt, EventBatch batch)
    {
        var reader = new Utf8JsonReader(body, JsonRead.Options);
        var code = -1L;
        var result = default(Utf8JsonReader);
        var hasResult = false;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("retCode"u8))
            {
                reader.Read();
                code = JsonRead.TryInteger(reader, out var read) ? read : -1;
            }
            else if (reader.ValueTextEquals("result"u8))
            {
                result = reader;
                hasResult = true;
                reader.Skip();
            }
            else
            {
                reader.Skip();
            }
        }

        return !reader.Read() && code == 0 && hasResult && TryReadResult(instrument, result, receivedAt, batch);
    }

    private static bool TryReadResult(Instrument instrument, Utf8JsonReader result, Timestamp receivedAt, EventBatch batch)
    {
        var times = result;
        batch.BeginSnapshot(instrument.Id);
        if (BybitBookReader.Read(ref result, instrument, batch, out var book) is not null)
        {
            batch.CancelBook();
            return false;
        }

        batch.EndBook(book.Update, book.Update, new EventTimes(EngineTime(times), receivedAt));
        return true;
    }

    /// <summary><c>cts</c>, or where it is missing <c>ts</c>.</summary>
    private static Timestamp EngineTime(Utf8JsonReader result)
    {
        var (engineAt, sentAt) = (0L, 0L);
        result.Read();
        while (result.Read() && result.TokenType == JsonTokenType.PropertyName)
        {
            var (isEngine, isSent) = (result.ValueTextEquals("cts"u8), result.ValueTextEquals("ts"u8));
            result.Read();
            if ((isEngine || isSent) && JsonRead.TryInteger(result, out var milliseconds))
            {
                (engineAt, sentAt) = isEngine ? (milliseconds, sentAt) : (engineAt, milliseconds);
            }

            result.Skip();
        }

        VenueTimes.TryFromMilliseconds(engineAt != 0 ? engineAt : sentAt, out var time);
        return time;
    }
}
