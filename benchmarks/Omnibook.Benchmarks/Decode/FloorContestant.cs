using System.Text.Json;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Benchmarks.Decode;

/// <summary>
/// A floor: the general tokenizer, scaled integers, and a bare structure for the book. No instrument is looked up, no event made, nothing
/// is refused; a gap in the numbering ends the run.
/// </summary>
internal abstract class FloorContestant(DepthFrames frames, string name, Func<int, FloorSide> makeSide) : DepthContestant(name)
{
    /// <summary>The number of the last frame; 0 before the first.</summary>
    protected long Sequence { get; private set; }

    /// <summary>The bids, whose prices are negated.</summary>
    protected FloorSide Bids { get; private set; } = makeSide(-1);

    /// <summary>The asks.</summary>
    protected FloorSide Asks { get; private set; } = makeSide(1);

    public override void Restart()
    {
        (Bids, Asks, Sequence) = (makeSide(-1), makeSide(1), 0);
        Apply(frames.Snapshot);
    }

    public override string Digest()
    {
        Level[] bids = [.. Bids.BestFirst().Select(level => new Level(new Price(-level.Price), new Quantity(level.Quantity)))];
        Level[] asks = [.. Asks.BestFirst().Select(level => new Level(new Price(level.Price), new Quantity(level.Quantity)))];
        return BookDigest.Of(bids, asks, frames.Instrument.PriceScale, frames.Instrument.QuantityScale);
    }

    /// <summary>Counts a frame, and looks at the best prices.</summary>
    protected long Follow(long previous, long last)
    {
        if (last > Sequence)
        {
            if (Sequence != 0 && previous > Sequence)
            {
                throw new InvalidOperationException("gap");
            }

            Sequence = last;
        }

        return Asks.Best - Bids.Best;
    }

    /// <summary>The price at which the reader stands.</summary>
    protected long Price(in Utf8JsonReader reader)
    {
        frames.Instrument.PriceScale.TryParse(reader.ValueSpan, out var price);
        return price;
    }

    /// <summary>The quantity at which the reader stands.</summary>
    protected long Quantity(in Utf8JsonReader reader)
    {
        frames.Instrument.QuantityScale.TryParse(reader.ValueSpan, out var quantity);
        return quantity;
    }

    /// <summary>The whole number that follows.</summary>
    protected static long Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetInt64();
    }

    /// <summary>Reads levels that are pairs of price and quantity.</summary>
    protected void Pairs(ref Utf8JsonReader reader, FloorSide side, int sign, bool isNew)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            reader.Read();
            var price = Price(reader);
            reader.Read();
            var quantity = Quantity(reader);
            if (isNew)
            {
                side.Set(sign * price, quantity);
            }

            reader.Read();
        }
    }

    /// <summary>Reads levels that are objects, up to the end of their array.</summary>
    protected void Objects(ref Utf8JsonReader reader, ReadOnlySpan<byte> priceKey, ReadOnlySpan<byte> quantityKey, FloorSide side, int sign)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var (price, quantity) = (0L, 0L);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (isPrice, isQuantity) = (reader.ValueTextEquals(priceKey), reader.ValueTextEquals(quantityKey));
                reader.Read();
                price = isPrice ? Price(reader) : price;
                quantity = isQuantity ? Quantity(reader) : quantity;
            }

            side.Set(sign * price, quantity);
        }
    }
}
