using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.BinanceUsdm;

/// <summary>
/// The book over REST.
/// <code>{"lastUpdateId":1027024,"E":1589436922972,"T":1589436922959,"bids":[["4.00000000","431.00000000"]],"asks":[["4.00000200","12.00000000"]]}</code>
/// https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Order-Book
/// </summary>
internal static class UsdmSnapshot
{
    // 1,000 levels a side, the most there is, for a weight of 20.
    private const int Levels = 1000;
    private const int Weight = 20;

    public static RestRequest Request(Instrument instrument) =>
        new($"fapi/v1/depth?symbol={Uri.EscapeDataString(instrument.Symbol)}&limit={Levels}", Weight);

    public static bool TryTranslate(Instrument instrument, ReadOnlySpan<byte> body, Timestamp receivedAt, EventBatch batch)
    {
        var levels = new UsdmLevels();
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

    private static bool TryRead(Instrument instrument, ReadOnlySpan<byte> body, UsdmLevels levels, out long sequence, out Timestamp time)
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
                hasBids = UsdmLevels.TryRead(ref reader, instrument, levels.Bids);
                if (!hasBids)
                {
                    return false;
                }
            }
            else if (key.SequenceEqual("asks"u8))
            {
                hasAsks = UsdmLevels.TryRead(ref reader, instrument, levels.Asks);
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
