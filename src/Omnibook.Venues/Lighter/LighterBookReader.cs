using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Lighter;

/// <summary>
/// Reads an <c>order_book</c>, in whatever order its keys come, into a book event that the caller has opened.
/// <code>
/// {"code":0,"asks":[{"price":"2064.54","size":"0.3285"}],"bids":[],"offset":1558300,"nonce":9182390020,"last_updated_at":1774884082309144,"begin_nonce":9182389998}
/// </code>
/// A size of zero, however written, deletes. An empty side may be null. Updates promise no order of their levels.
/// </summary>
internal static class LighterBookReader
{
    /// <summary>Reads the object that follows.</summary>
    /// <returns>Null when it is good; otherwise what is wrong with it.</returns>
    public static string? Read(ref Utf8JsonReader reader, Instrument instrument, EventBatch batch, out LighterBook book)
    {
        book = default;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return "order_book that is no object";
        }

        var (hasBids, hasAsks) = (false, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isBids = reader.ValueTextEquals("bids"u8);
            if (isBids || reader.ValueTextEquals("asks"u8))
            {
                if ((isBids ? hasBids : hasAsks) || !TryReadSide(ref reader, instrument, isBids ? Side.Bid : Side.Ask, batch))
                {
                    return "order_book whose levels cannot be read";
                }

                hasBids |= isBids;
                hasAsks |= !isBids;
            }
            else if (!TryReadNumber(ref reader, ref book))
            {
                return "order_book whose numbers cannot be read";
            }
        }

        return book.IsNumbered ? null : "order_book whose nonce, begin_nonce and offset are missing or contradict each other";
    }

    private static bool TryReadNumber(ref Utf8JsonReader reader, ref LighterBook book)
    {
        if (reader.ValueTextEquals("nonce"u8))
        {
            reader.Read();
            var isRead = JsonRead.TryInteger(reader, out var nonce);
            book = book with { Nonce = nonce };
            return isRead;
        }

        if (reader.ValueTextEquals("begin_nonce"u8))
        {
            reader.Read();
            var isRead = JsonRead.TryInteger(reader, out var nonce);
            book = book with { BeginNonce = nonce };
            return isRead;
        }

        if (reader.ValueTextEquals("offset"u8))
        {
            reader.Read();
            var isRead = JsonRead.TryInteger(reader, out var offset);
            book = book with { Offset = offset };
            return isRead;
        }

        reader.Skip();
        return true;
    }

    private static bool TryReadSide(ref Utf8JsonReader reader, Instrument instrument, Side side, EventBatch batch)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            if (!LighterLevel.TryRead(ref reader, instrument, out var level))
            {
                return false;
            }

            if (side == Side.Bid)
            {
                batch.AddBid(level);
            }
            else
            {
                batch.AddAsk(level);
            }
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }
}
