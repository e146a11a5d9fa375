using Omnibook.Core.Instruments;
using System.Text.Json;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Binance;

/// <summary>The levels of one book message, both sides.</summary>
internal sealed class BinanceLevels
{
    public LevelBuffer Bids { get; } = new();

    public LevelBuffer Asks { get; } = new();

    public void Clear()
    {
        Bids.Clear();
        Asks.Clear();
    }

    /// <summary>
    /// Reads <c>[["61800.20","0.014"],["61799.90","0.000"]]</c>, the reader standing at the outer bracket of text that is
    /// known to be JSON. Prices are above zero, quantities zero or more; further entries of a level are skipped.
    /// </summary>
    public static bool TryRead(ref Utf8JsonReader reader, Instrument instrument, LevelBuffer levels)
    {
        levels.Clear();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            if (!reader.Read() || !JsonRead.TryAmount(reader, instrument.PriceScale, out var price) || price <= 0
                || !reader.Read() || !JsonRead.TryAmount(reader, instrument.QuantityScale, out var quantity) || quantity < 0)
            {
                return false;
            }

            levels.Add(price, quantity);
            SkipRest(ref reader);
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    private static void SkipRest(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
        }
    }
}
