using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Hyperliquid;

/// <summary>Reads one level: <c>{"px":"110427.0","sz":"4.11882","n":12}</c>, keys in any order, <c>n</c> absent in older answers.</summary>
internal static class LevelReader
{
    /// <summary>Reads the object at which <paramref name="reader"/> stands and leaves the reader at its end.</summary>
    /// <returns>False when price or quantity is missing, or something is not what it should be.</returns>
    public static bool TryRead(ref Utf8JsonReader reader, Instrument instrument, out Level level)
    {
        ReadOnlySpan<byte> price = default;
        ReadOnlySpan<byte> quantity = default;
        long orders = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("px"u8))
            {
                price = FrameJson.NextText(ref reader);
            }
            else if (reader.ValueTextEquals("sz"u8))
            {
                quantity = FrameJson.NextText(ref reader);
            }
            else if (reader.ValueTextEquals("n"u8))
            {
                orders = FrameJson.TryInteger(FrameJson.NextText(ref reader), out var count) ? count : -1;
            }
            else
            {
                reader.Skip();
            }
        }

        return TryMake(instrument, price, quantity, orders, out level);
    }

    /// <summary>Makes a level of the venue's texts.</summary>
    /// <returns>False when the price is not above zero, the quantity or the count below it, or one is no amount of the instrument's scales.</returns>
    public static bool TryMake(
        Instrument instrument, ReadOnlySpan<byte> price, ReadOnlySpan<byte> quantity, long orders, out Level level)
    {
        var listing = instrument.Listing;
        if (FrameJson.TryAmount(price, listing.PriceScale, out var priceUnits) && priceUnits > 0
            && FrameJson.TryAmount(quantity, listing.QuantityScale, out var quantityUnits) && quantityUnits >= 0
            && orders is >= 0 and <= int.MaxValue)
        {
            level = new Level(new Price(priceUnits), new Quantity(quantityUnits), (int)orders);
            return true;
        }

        level = default;
        return false;
    }
}
