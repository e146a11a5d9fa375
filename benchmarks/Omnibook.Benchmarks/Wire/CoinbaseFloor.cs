using System.Text.Json;
using Omnibook.Benchmarks.Decode;

namespace Omnibook.Benchmarks.Wire;

/// <summary>The floor for Coinbase. Sides that can be refilled are emptied by a whole book.</summary>
internal sealed class CoinbaseFloor(DepthFrames frames, Func<int, FloorSide> makeSide) : FloorContestant(frames, VenueGates.Floor, makeSide)
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

            if (reader.ValueTextEquals("sequence_num"u8))
            {
                last = Number(ref reader);
            }
            else if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                Begin(reader.ValueTextEquals("snapshot"u8));
            }
            else if (reader.ValueTextEquals("updates"u8))
            {
                reader.Read();
                Updates(ref reader);
            }
        }

        return Follow(last - 1, last);
    }

    private void Begin(bool isSnapshot)
    {
        if (isSnapshot)
        {
            (Bids as RefilledSide)?.Clear();
            (Asks as RefilledSide)?.Clear();
        }
    }

    private void Updates(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var (isBid, price, quantity) = (false, 0L, 0L);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (isSide, isPrice) = (reader.ValueTextEquals("side"u8), reader.ValueTextEquals("price_level"u8));
                var isQuantity = reader.ValueTextEquals("new_quantity"u8);
                reader.Read();
                isBid |= isSide && reader.ValueTextEquals("bid"u8);
                price = isPrice ? Price(reader) : price;
                quantity = isQuantity ? Quantity(reader) : quantity;
            }

            (isBid ? Bids : Asks).Set(isBid ? -price : price, quantity);
        }
    }
}
