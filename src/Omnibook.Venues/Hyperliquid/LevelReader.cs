using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Hyperliquid;

/// <summary>Reads one level: <c>{"px":"110427.0","sz":"4.11882","n":12}</c>, keys in any order, <c>n</c> absent in older answers.</summary>
internal static class LevelReader
{
    /// <summary>Reads the object at which <paramref name="reader"/> stands and leaves the reader at its end.</summary>
    /// <returns>False when price or quantity is missing, no amount of the instrument's scales, or not above zero.</returns>
    public static bool TryRead(ref Utf8JsonReader reader, Instrument instrument, out Level level)
    {
        long price = 0;
        long quantity = -1;
        long orders = 0;
        var isGood = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("px"u8))
            {
                isGood &= FrameJson.TryAmount(FrameJson.NextText(ref reader), instrument.PriceScale, out price);
            }
            else if (reader.ValueTextEquals("sz"u8))
            {
                isGood &= FrameJson.TryAmount(FrameJson.NextText(ref reader), instrument.QuantityScale, out quantity);
            }
            else if (reader.ValueTextEquals("n"u8))
            {
                isGood &= FrameJson.TryInteger(FrameJson.NextText(ref reader), out orders);
            }
            else
            {
                reader.Skip();
            }
        }

        level = new Level(new Price(price), new Quantity(quantity), unchecked((int)orders));
        return isGood && price > 0 && quantity >= 0 && orders is >= 0 and <= int.MaxValue;
    }
}
