using System.Text.Json;
using Omnibook.Benchmarks.Decode;

namespace Omnibook.Benchmarks.Wire;

/// <summary>The floor for Hyperliquid: every frame replaces the book.</summary>
internal sealed class HyperliquidFloor(DepthFrames frames) : FloorContestant(frames, VenueGates.Floor, sign => new RefilledSide(sign))
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

            if (reader.ValueTextEquals("time"u8))
            {
                last = Number(ref reader);
            }
            else if (reader.ValueTextEquals("levels"u8))
            {
                reader.Read();
                Refill(ref reader, Bids, -1);
                Refill(ref reader, Asks, 1);
            }
        }

        return Follow(Sequence, last);
    }

    private void Refill(ref Utf8JsonReader reader, FloorSide side, int sign)
    {
        ((RefilledSide)side).Clear();
        reader.Read();
        Objects(ref reader, "px"u8, "sz"u8, side, sign);
    }
}
