using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Bybit;

/// <summary>
/// Reads the <c>data</c> of a book, in whatever order its keys come, into a book event that the caller has opened.
/// <code>
/// {"s":"BTCUSDT","b":[["30247.20","30.028"],["30240.00","0"]],"a":[["30248.70","0"],["30249.30","0.892"]],"u":177400507,"seq":66544703342}
/// </code>
/// Size <c>0</c> deletes. <c>seq</c> orders the topics of one symbol among each other and has holes; only <c>u</c> is a chain.
/// https://bybit-exchange.github.io/docs/v5/websocket/public/orderbook
/// </summary>
internal static class BybitBookReader
{
    /// <summary>Reads the object that follows.</summary>
    /// <param name="reader">Stands before the object.</param>
    /// <param name="instrument">Gives the scales.</param>
    /// <param name="batch">Takes the levels.</param>
    /// <param name="book">What else the object says.</param>
    /// <returns>Null when it is good; otherwise what is wrong with it.</returns>
    public static string? Read(ref Utf8JsonReader reader, Instrument instrument, EventBatch batch, out BybitBook book)
    {
        book = default;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return "orderbook without data";
        }

        var (hasBids, hasAsks, hasUpdate) = (false, false, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isBids = reader.ValueTextEquals("b"u8);
            if (isBids || reader.ValueTextEquals("a"u8))
            {
                if ((isBids ? hasBids : hasAsks) || !TryReadSide(ref reader, instrument, isBids ? Side.Bid : Side.Ask, batch, out var first, out var count))
                {
                    return "orderbook whose levels cannot be read";
                }

                hasBids |= isBids;
                hasAsks |= !isBids;
                book = isBids
                    ? book with { Levels = book.Levels + count, BestBid = first }
                    : book with { Levels = book.Levels + count, BestAsk = first };
            }
            else if (reader.ValueTextEquals("u"u8))
            {
                reader.Read();
                hasUpdate = JsonRead.TryInteger(reader, out var update) && update > 0;
                book = book with { Update = update };
            }
            else
            {
                reader.Skip();
            }
        }

        return hasBids && hasAsks && hasUpdate ? null : "orderbook without b, a or u";
    }

    private static bool TryReadSide(
        ref Utf8JsonReader reader, Instrument instrument, Side side, EventBatch batch, out Level first, out int count)
    {
        first = default;
        count = 0;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            if (!TryReadLevel(ref reader, instrument, out var level))
            {
                return false;
            }

            Add(batch, side, level);
            first = count++ == 0 ? level : first;
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    private static bool TryReadLevel(ref Utf8JsonReader reader, Instrument instrument, out Level level)
    {
        level = default;
        if (!reader.Read() || !JsonRead.TryAmount(reader, instrument.PriceScale, out var price) || price <= 0
            || !reader.Read() || !JsonRead.TryAmount(reader, instrument.QuantityScale, out var quantity) || quantity < 0
            || !reader.Read() || reader.TokenType != JsonTokenType.EndArray)
        {
            return false;
        }

        level = new Level(new Price(price), new Quantity(quantity));
        return true;
    }

    private static void Add(EventBatch batch, Side side, in Level level)
    {
        if (side == Side.Bid)
        {
            batch.AddBid(level);
        }
        else
        {
            batch.AddAsk(level);
        }
    }
}

/// <summary>What a book frame says, beside the levels that it puts into a batch.</summary>
/// <param name="Update">The number <c>u</c>.</param>
/// <param name="Levels">How many levels it carries, both sides together.</param>
/// <param name="BestBid">The first bid; all zero when there is none.</param>
/// <param name="BestAsk">The first ask; all zero when there is none.</param>
internal readonly record struct BybitBook(long Update, int Levels, Level BestBid, Level BestAsk);
