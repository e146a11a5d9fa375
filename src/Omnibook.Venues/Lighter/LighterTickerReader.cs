using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Lighter;

/// <summary>
/// Reads a <c>ticker</c>: the best bid and ask, at each change of the book.
/// <code>
/// {"s":"ETH","a":{"price":"2325.00","size":"99.0000"},"b":{"price":"2000.00","size":"0.0200"},"last_updated_at":1778138260508118}
/// {"a":{"price":"","size":""},"b":{"price":"","size":""},"last_updated_at":0,"s":"ADA"}
/// </code>
/// </summary>
internal static class LighterTickerReader
{
    /// <summary>Reads the object that follows.</summary>
    /// <param name="reader">Stands before the object.</param>
    /// <param name="instrument">Gives the scales.</param>
    /// <param name="bid">The best bid; all zero when there is none.</param>
    /// <param name="ask">The best ask; all zero when there is none.</param>
    /// <param name="isWhole">True when both sides were told.</param>
    public static bool TryRead(ref Utf8JsonReader reader, Instrument instrument, out Level bid, out Level ask, out bool isWhole)
    {
        (bid, ask, isWhole) = (default, default, false);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var (hasBid, hasAsk) = (false, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isBid, isAsk) = (reader.ValueTextEquals("b"u8), reader.ValueTextEquals("a"u8));
            reader.Read();
            if ((isBid && !LighterLevel.TryReadBest(ref reader, instrument, out bid, out hasBid))
                || (isAsk && !LighterLevel.TryReadBest(ref reader, instrument, out ask, out hasAsk)))
            {
                return false;
            }

            reader.Skip();
        }

        isWhole = hasBid && hasAsk;
        return reader.TokenType == JsonTokenType.EndObject;
    }
}
