using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Lighter;

/// <summary>Reads a level: <c>{"price":"2064.54","size":"0.3285"}</c>.</summary>
internal static class LighterLevel
{
    /// <summary>Reads the rest of the object in which <paramref name="reader"/> stands.</summary>
    public static bool TryRead(ref Utf8JsonReader reader, Instrument instrument, out Level level)
    {
        var (price, quantity) = (0L, -1L);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("price"u8))
            {
                reader.Read();
                if (!JsonRead.TryAmount(reader, instrument.PriceScale, out price))
                {
                    break;
                }
            }
            else if (reader.ValueTextEquals("size"u8))
            {
                reader.Read();
                if (!JsonRead.TryAmount(reader, instrument.QuantityScale, out quantity))
                {
                    break;
                }
            }
            else
            {
                reader.Skip();
            }
        }

        level = new Level(new Price(price), new Quantity(quantity));
        return reader.TokenType == JsonTokenType.EndObject && price > 0 && quantity >= 0;
    }

    /// <summary>Reads one side of a ticker at which <paramref name="reader"/> stands; an empty one has empty texts: <c>{"price":"","size":""}</c>.</summary>
    /// <param name="reader">Stands at the object.</param>
    /// <param name="instrument">Gives the scales.</param>
    /// <param name="level">The level; all zero for an empty side.</param>
    /// <param name="isThere">False when the side says nothing at all.</param>
    public static bool TryReadBest(ref Utf8JsonReader reader, Instrument instrument, out Level level, out bool isThere)
    {
        (level, isThere) = (default, false);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return reader.TokenType == JsonTokenType.Null;
        }

        var (price, quantity) = (0L, 0L);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isPrice = reader.ValueTextEquals("price"u8);
            var isSize = reader.ValueTextEquals("size"u8);
            reader.Read();
            if ((isPrice && !TryAmountOrEmpty(reader, instrument.PriceScale, out price))
                || (isSize && !TryAmountOrEmpty(reader, instrument.QuantityScale, out quantity)))
            {
                return false;
            }

            isThere |= isPrice || isSize;
            reader.Skip();
        }

        level = new Level(new Price(price), new Quantity(quantity));
        return (price > 0 && quantity >= 0) || (price == 0 && quantity == 0);
    }

    private static bool TryAmountOrEmpty(in Utf8JsonReader reader, Scale scale, out long units)
    {
        units = 0;
        return (reader.TokenType == JsonTokenType.String && reader.ValueSpan.IsEmpty) || JsonRead.TryAmount(reader, scale, out units);
    }
}
