using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Binance;

/// <summary>
/// The book over REST. Spot leaves out the times.
/// <code>{"lastUpdateId":1027024,"E":1589436922972,"T":1589436922959,"bids":[["4.00000000","431.00000000"]],"asks":[["4.00000200","12.00000000"]]}</code>
/// https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Order-Book
/// https://developers.binance.com/docs/binance-spot-api-docs/rest-api/market-data-endpoints
/// </summary>
internal static class BinanceSnapshot
{
    public static bool TryTranslate(Instrument instrument, ReadOnlySpan<byte> body, Timestamp receivedAt, EventBatch batch)
    {
        var levels = new BinanceLevels();
        try
        {
            return TryRead(instrument, body, levels, out var sequence, out var time) && Deliver(sequence, time);
        }
        catch (JsonException)
        {
            return false;
        }

        bool Deliver(long sequence, Timestamp time)
        {
            batch.On(
                new BookSnapshot(instrument.Id, sequence, new EventTimes(time, receivedAt)), levels.Bids.Levels, levels.Asks.Levels);
            return true;
        }
    }

    private static bool TryRead(Instrument instrument, ReadOnlySpan<byte> body, BinanceLevels levels, out long sequence, out Timestamp time)
    {
        (sequence, time) = (-1, default);
        var (hasBids, hasAsks) = (false, false);
        var reader = new Utf8JsonReader(body, JsonRead.Options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.ValueSpan;
            reader.Read();
            if (key.SequenceEqual("bids"u8))
            {
                hasBids = BinanceLevels.TryRead(ref reader, instrument, levels.Bids);
                if (!hasBids)
                {
                    return false;
                }
            }
            else if (key.SequenceEqual("asks"u8))
            {
                hasAsks = BinanceLevels.TryRead(ref reader, instrument, levels.Asks);
                if (!hasAsks)
                {
                    return false;
                }
            }
            else if (key.SequenceEqual("lastUpdateId"u8))
            {
                sequence = JsonRead.TryInteger(reader, out var id) ? id : -1;
            }
            else if (key.SequenceEqual("T"u8) && JsonRead.TryInteger(reader, out var milliseconds))
            {
                _ = VenueTimes.TryFromMilliseconds(milliseconds, out time);
            }

            reader.Skip();
        }

        return !reader.Read() && sequence >= 0 && hasBids && hasAsks;
    }
}
