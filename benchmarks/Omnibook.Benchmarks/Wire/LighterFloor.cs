using System.Text.Json;
using Omnibook.Benchmarks.Decode;

namespace Omnibook.Benchmarks.Wire;

/// <summary>The floor for Lighter.</summary>
internal sealed class LighterFloor(DepthFrames frames) : FloorContestant(frames, VenueGates.Floor, sign => new IndexedSide(sign))
{
    public override long Apply(byte[] frame)
    {
        var reader = new Utf8JsonReader(frame);
        var (previous, last) = (0L, 0L);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (reader.ValueTextEquals("asks"u8))
            {
                reader.Read();
                Objects(ref reader, "price"u8, "size"u8, Asks, 1);
            }
            else if (reader.ValueTextEquals("bids"u8))
            {
                reader.Read();
                Objects(ref reader, "price"u8, "size"u8, Bids, -1);
            }
            else if (reader.ValueTextEquals("nonce"u8))
            {
                last = Number(ref reader);
            }
            else if (reader.ValueTextEquals("begin_nonce"u8))
            {
                previous = Number(ref reader);
            }
        }

        return Follow(previous, last);
    }
}
