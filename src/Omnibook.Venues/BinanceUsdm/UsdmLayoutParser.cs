using System.Diagnostics.CodeAnalysis;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.BinanceUsdm;

/// <summary>
/// Reads the four frequent events in the layout in which the venue writes them: no blanks, no escapes, the event's name first,
/// levels after the symbol. It never says that a frame is bad, only that it is not for it: the general parser judges then.
/// </summary>
/// <remarks>
/// The order of the other keys is free: the venue changed it in 2026 when <c>ps</c> and <c>st</c> came in. What a key means is
/// asked of <see cref="UsdmKeyNames"/>, as the general parser does.
/// </remarks>
internal static class UsdmLayoutParser
{
    /// <summary>Reads the fields, and the levels of a <c>depthUpdate</c>.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> frame,
        UsdmRoutes routes,
        UsdmLevels levels,
        ref UsdmFields fields,
        [NotNullWhen(true)] out Instrument? instrument,
        out int stream)
    {
        (instrument, stream) = (null, -1);
        var json = new CompactJson(frame);
        if (!TryBegin(ref json, ref fields, out var isWrapped))
        {
            return false;
        }

        while (json.TrySkip(','))
        {
            var key = ReadKey(ref json, fields.Event);
            if (key is UsdmKeys.Bids or UsdmKeys.Asks && instrument is null && !routes.TryFind(fields, out instrument, out stream))
            {
                return false;
            }

            if ((fields.Present & key) != UsdmKeys.None || !TryReadValue(ref json, key, instrument, levels, ref fields))
            {
                return false;
            }

            fields.Present |= key & ~(UsdmKeys.Ignored | UsdmKeys.Unreadable);
        }

        return TryEnd(ref json, isWrapped)
            && fields.Family == 1
            && (instrument is not null || routes.TryFind(fields, out instrument, out stream));
    }

    /// <summary>Reads <c>{"stream":"btcusdt@trade","data":{"e":"trade"</c> or <c>{"e":"trade"</c>.</summary>
    private static bool TryBegin(ref CompactJson json, ref UsdmFields fields, out bool isWrapped)
    {
        fields.Family = 1;
        isWrapped = json.TrySkip("{\"stream\":\""u8);
        if (isWrapped && !(json.TryRestOfString(out fields.Stream) && json.TrySkip(",\"data\":"u8)))
        {
            return false;
        }

        if (!json.TrySkip("{\"e\":\""u8) || !json.TryRestOfString(out var name))
        {
            return false;
        }

        fields.Event = UsdmEventNames.Read(name);
        return fields.Event is UsdmEvent.DepthUpdate or UsdmEvent.Trade or UsdmEvent.AggTrade or UsdmEvent.BookTicker;
    }

    private static bool TryEnd(ref CompactJson json, bool isWrapped) =>
        json.TrySkip('}') && (!isWrapped || json.TrySkip('}')) && json.IsAtEnd;

    /// <summary>Reads <c>"E":</c>. Keys of one or two letters only: the venue has no others in these events.</summary>
    private static UsdmKeys ReadKey(ref CompactJson json, UsdmEvent kind)
    {
        var rest = json.Rest;
        // A second "e" would change the event, so it is left to the general parser.
        if (rest.Length < 5 || rest[0] != '"' || !char.IsAsciiLetter((char)rest[1]) || (rest[1] == 'e' && rest[2] == '"'))
        {
            return UsdmKeys.Unreadable;
        }

        if (rest[2] == '"' && rest[3] == ':')
        {
            json.Advance(4);
            return Known(UsdmKeyNames.Of(rest[1], kind));
        }

        if (char.IsAsciiLetter((char)rest[2]) && rest[3] == '"' && rest[4] == ':')
        {
            json.Advance(5);
            return Known(UsdmKeyNames.Of(rest.Slice(1, 2), kind));
        }

        return UsdmKeys.Unreadable;
    }

    private static UsdmKeys Known(UsdmKeys key) => key == UsdmKeys.None ? UsdmKeys.Ignored : key;

    private static bool TryReadValue(
        ref CompactJson json, UsdmKeys key, Instrument? instrument, UsdmLevels levels, ref UsdmFields fields)
    {
        switch (key)
        {
            case UsdmKeys.SendTime: return json.TryDigits(out fields.SendTime);
            case UsdmKeys.EngineTime: return json.TryDigits(out fields.EngineTime);
            case UsdmKeys.Family: return json.TryDigits(out fields.Family);
            case UsdmKeys.FirstId: return json.TryDigits(out fields.FirstId);
            case UsdmKeys.LastId: return json.TryDigits(out fields.LastId);
            case UsdmKeys.PreviousId: return json.TryDigits(out fields.PreviousId);
            case UsdmKeys.TradeId: return json.TryDigits(out fields.TradeId);
            case UsdmKeys.BuyerIsMaker: return json.TryBoolean(out fields.BuyerIsMaker);
            case UsdmKeys.Symbol: return json.TrySkip('"') && json.TryRestOfString(out fields.Symbol);
            case UsdmKeys.Bids: return TryReadLevels(ref json, instrument!, levels.Bids);
            case UsdmKeys.Asks: return TryReadLevels(ref json, instrument!, levels.Asks);
            case UsdmKeys.Price: return json.TryWord(out fields.Price) && !fields.Price.IsEmpty;
            case UsdmKeys.Quantity: return json.TryWord(out fields.Quantity) && !fields.Quantity.IsEmpty;
            case UsdmKeys.Type: return json.TryWord(out fields.Type) && !fields.Type.IsEmpty;
            case UsdmKeys.BidPrice: return json.TryWord(out fields.BidPrice) && !fields.BidPrice.IsEmpty;
            case UsdmKeys.BidQuantity: return json.TryWord(out fields.BidQuantity) && !fields.BidQuantity.IsEmpty;
            case UsdmKeys.AskPrice: return json.TryWord(out fields.AskPrice) && !fields.AskPrice.IsEmpty;
            case UsdmKeys.AskQuantity: return json.TryWord(out fields.AskQuantity) && !fields.AskQuantity.IsEmpty;
            case UsdmKeys.Ignored: return json.TryWord(out _) || json.TryDigits(out _);
            default: return false;
        }
    }

    private static bool TryReadLevels(ref CompactJson json, Instrument instrument, LevelBuffer levels)
    {
        var length = UsdmLayoutLevels.Read(json.Rest, instrument, levels);
        json.Advance(length);
        return length > 0;
    }
}
