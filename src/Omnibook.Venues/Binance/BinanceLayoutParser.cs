using System.Diagnostics.CodeAnalysis;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Binance;

/// <summary>
/// Reads the four frequent events in the layout in which the venue writes them: no blanks, no escapes, the event's name first,
/// levels after the symbol. It never says that a frame is bad, only that it is not for it: the general parser judges then.
/// </summary>
/// <remarks>
/// The order of the other keys is free: the venue changed it in 2026 when <c>ps</c> and <c>st</c> came in. What a key means is
/// asked of <see cref="BinanceKeyNames"/>, as the general parser does.
/// </remarks>
internal static class BinanceLayoutParser
{
    /// <summary>Reads the fields, and the levels of a <c>depthUpdate</c>.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> frame,
        IBinanceMarket market,
        BinanceRoutes routes,
        BinanceLevels levels,
        ref BinanceFields fields,
        [NotNullWhen(true)] out Instrument? instrument,
        out int stream)
    {
        (instrument, stream) = (null, -1);
        var json = new CompactJson(frame);
        if (!TryBegin(ref json, market, ref fields, out var isWrapped, out var isNamed))
        {
            return false;
        }

        for (var isMore = !isNamed || json.TrySkip(','); isMore; isMore = json.TrySkip(','))
        {
            var key = ReadKey(ref json, fields.Event);
            if (key is BinanceKeys.Bids or BinanceKeys.Asks && instrument is null && !routes.TryFind(fields, out instrument, out stream))
            {
                return false;
            }

            if ((fields.Present & key) != BinanceKeys.None || !TryReadValue(ref json, key, instrument, levels, ref fields))
            {
                return false;
            }

            fields.Present |= key & ~(BinanceKeys.Ignored | BinanceKeys.Unreadable);
        }

        return TryEnd(ref json, isWrapped)
            && fields.Family == 1
            && (instrument is not null || routes.TryFind(fields, out instrument, out stream));
    }

    /// <summary>Reads <c>{"stream":"btcusdt@trade","data":{"e":"trade"</c> or <c>{"e":"trade"</c>; of a bookTicker without a name the brace alone.</summary>
    private static bool TryBegin(ref CompactJson json, IBinanceMarket market, ref BinanceFields fields, out bool isWrapped, out bool isNamed)
    {
        (fields.Family, isNamed) = (1, true);
        isWrapped = json.TrySkip("{\"stream\":\""u8);
        if (isWrapped && !(json.TryRestOfString(out fields.Stream) && json.TrySkip(",\"data\":"u8)))
        {
            return false;
        }

        if (market.LeavesTopsUnnamed && json.Rest.StartsWith("{\"u\":"u8))
        {
            (fields.Event, isNamed) = (BinanceEvent.BookTicker, false);
            return json.TrySkip('{');
        }

        if (!json.TrySkip("{\"e\":\""u8) || !json.TryRestOfString(out var name))
        {
            return false;
        }

        fields.Event = BinanceEventNames.Read(name);
        return fields.Event is BinanceEvent.DepthUpdate or BinanceEvent.Trade or BinanceEvent.AggTrade or BinanceEvent.BookTicker;
    }

    private static bool TryEnd(ref CompactJson json, bool isWrapped) =>
        json.TrySkip('}') && (!isWrapped || json.TrySkip('}')) && json.IsAtEnd;

    /// <summary>Reads <c>"E":</c>. Keys of one or two letters only: the venue has no others in these events.</summary>
    private static BinanceKeys ReadKey(ref CompactJson json, BinanceEvent kind)
    {
        var rest = json.Rest;
        // A second "e" would change the event, so it is left to the general parser.
        if (rest.Length < 5 || rest[0] != '"' || !char.IsAsciiLetter((char)rest[1]) || (rest[1] == 'e' && rest[2] == '"'))
        {
            return BinanceKeys.Unreadable;
        }

        if (rest[2] == '"' && rest[3] == ':')
        {
            json.Advance(4);
            return Known(BinanceKeyNames.Of(rest[1], kind));
        }

        if (char.IsAsciiLetter((char)rest[2]) && rest[3] == '"' && rest[4] == ':')
        {
            json.Advance(5);
            return Known(BinanceKeyNames.Of(rest.Slice(1, 2), kind));
        }

        return BinanceKeys.Unreadable;
    }

    private static BinanceKeys Known(BinanceKeys key) => key == BinanceKeys.None ? BinanceKeys.Ignored : key;

    private static bool TryReadValue(
        ref CompactJson json, BinanceKeys key, Instrument? instrument, BinanceLevels levels, ref BinanceFields fields)
    {
        switch (key)
        {
            case BinanceKeys.SendTime: return json.TryDigits(out fields.SendTime);
            case BinanceKeys.EngineTime: return json.TryDigits(out fields.EngineTime);
            case BinanceKeys.Family: return json.TryDigits(out fields.Family);
            case BinanceKeys.FirstId: return json.TryDigits(out fields.FirstId);
            case BinanceKeys.LastId: return json.TryDigits(out fields.LastId);
            case BinanceKeys.PreviousId: return json.TryDigits(out fields.PreviousId);
            case BinanceKeys.TradeId: return json.TryDigits(out fields.TradeId);
            case BinanceKeys.BuyerIsMaker: return json.TryBoolean(out fields.BuyerIsMaker);
            case BinanceKeys.Symbol: return json.TrySkip('"') && json.TryRestOfString(out fields.Symbol);
            case BinanceKeys.Bids: return TryReadLevels(ref json, instrument!, levels.Bids);
            case BinanceKeys.Asks: return TryReadLevels(ref json, instrument!, levels.Asks);
            case BinanceKeys.Price: return json.TryWord(out fields.Price) && !fields.Price.IsEmpty;
            case BinanceKeys.Quantity: return json.TryWord(out fields.Quantity) && !fields.Quantity.IsEmpty;
            case BinanceKeys.Type: return json.TryWord(out fields.Type) && !fields.Type.IsEmpty;
            case BinanceKeys.BidPrice: return json.TryWord(out fields.BidPrice) && !fields.BidPrice.IsEmpty;
            case BinanceKeys.BidQuantity: return json.TryWord(out fields.BidQuantity) && !fields.BidQuantity.IsEmpty;
            case BinanceKeys.AskPrice: return json.TryWord(out fields.AskPrice) && !fields.AskPrice.IsEmpty;
            case BinanceKeys.AskQuantity: return json.TryWord(out fields.AskQuantity) && !fields.AskQuantity.IsEmpty;
            case BinanceKeys.Ignored: return json.TryWord(out _) || json.TryBoolean(out _) || json.TryDigits(out _);
            default: return false;
        }
    }

    private static bool TryReadLevels(ref CompactJson json, Instrument instrument, LevelBuffer levels)
    {
        var length = BinanceLayoutLevels.Read(json.Rest, instrument, levels);
        json.Advance(length);
        return length > 0;
    }
}
