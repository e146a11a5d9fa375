using System.Text.Json;

namespace Omnibook.Benchmarks.Decode;

/// <summary>The floor for both markets of Binance.</summary>
internal sealed class FloorDepth(DepthFrames frames, string name, Func<int, FloorSide> makeSide) : FloorContestant(frames, name, makeSide)
{
    public override long Apply(byte[] frame)
    {
        var reader = new Utf8JsonReader(frame);
        var (last, previous) = (0L, 0L);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (reader.ValueTextEquals("b"u8) || reader.ValueTextEquals("bids"u8))
            {
                Pairs(ref reader, Bids, -1, last == 0 || last > Sequence);
            }
            else if (reader.ValueTextEquals("a"u8) || reader.ValueTextEquals("asks"u8))
            {
                Pairs(ref reader, Asks, 1, last == 0 || last > Sequence);
            }
            else if (reader.ValueTextEquals("u"u8) || reader.ValueTextEquals("lastUpdateId"u8))
            {
                last = Number(ref reader);
            }
            else if (reader.ValueTextEquals("U"u8))
            {
                previous = Number(ref reader) - 1;
            }
            else if (reader.ValueTextEquals("pu"u8))
            {
                // Only contracts tell it, and there U does not follow on.
                previous = Number(ref reader);
            }
        }

        return Follow(previous, last);
    }
}
