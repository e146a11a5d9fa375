using System.Text.Json;
using Omnibook.Benchmarks.Decode;

namespace Omnibook.Benchmarks.Wire;

/// <summary>The floor for Bybit.</summary>
internal sealed class BybitFloor(DepthFrames frames) : FloorContestant(frames, VenueGates.Floor, sign => new IndexedSide(sign))
{
    public override long Apply(byte[] frame)
    {
        var reader = new Utf8JsonReader(frame);
        var last = 0L;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (reader.ValueTextEquals("b"u8))
            {
                Pairs(ref reader, Bids, -1, isNew: true);
            }
            else if (reader.ValueTextEquals("a"u8))
            {
                Pairs(ref reader, Asks, 1, isNew: true);
            }
            else if (reader.ValueTextEquals("u"u8))
            {
                last = Number(ref reader);
            }
        }

        return Follow(last - 1, last);
    }
}
