using System.Text.Json;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Benchmarks.Decode;

/// <summary>A floor: the general tokenizer, scaled integers, and a bare structure for the book. No instrument is looked up, no event made.</summary>
internal sealed class FloorDepth(RecordedDepth recorded, string name, Func<int, FloorSide> makeSide) : DepthContestant(name)
{
    private FloorSide _bids = makeSide(-1);
    private FloorSide _asks = makeSide(1);
    private long _sequence;

    public override void Restart()
    {
        (_bids, _asks, _sequence) = (makeSide(-1), makeSide(1), 0);
        Apply(recorded.Snapshot);
    }

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
                Levels(ref reader, _bids, -1, last == 0 || last > _sequence);
            }
            else if (reader.ValueTextEquals("a"u8) || reader.ValueTextEquals("asks"u8))
            {
                Levels(ref reader, _asks, 1, last == 0 || last > _sequence);
            }
            else if (reader.ValueTextEquals("u"u8) || reader.ValueTextEquals("lastUpdateId"u8))
            {
                reader.Read();
                last = reader.GetInt64();
            }
            else if (reader.ValueTextEquals("pu"u8))
            {
                reader.Read();
                previous = reader.GetInt64();
            }
        }

        return Follow(previous, last);
    }

    public override string Digest()
    {
        Level[] bids = [.. _bids.BestFirst().Select(level => new Level(new Price(-level.Price), new Quantity(level.Quantity)))];
        Level[] asks = [.. _asks.BestFirst().Select(level => new Level(new Price(level.Price), new Quantity(level.Quantity)))];
        return BookDigest.Of(bids, asks, recorded.Instrument.PriceScale, recorded.Instrument.QuantityScale);
    }

    private long Follow(long previous, long last)
    {
        if (last > _sequence)
        {
            if (_sequence != 0 && previous > _sequence)
            {
                throw new InvalidOperationException("gap");
            }

            _sequence = last;
        }

        return _asks.Best - _bids.Best;
    }

    private void Levels(ref Utf8JsonReader reader, FloorSide side, int sign, bool isNew)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            reader.Read();
            recorded.Instrument.PriceScale.TryParse(reader.ValueSpan, out var price);
            reader.Read();
            recorded.Instrument.QuantityScale.TryParse(reader.ValueSpan, out var quantity);
            if (isNew)
            {
                side.Set(sign * price, quantity);
            }

            reader.Read();
        }
    }
}
