using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.BinanceUsdm;

/// <summary>
/// From the fields of one event to market events: the venue's rules, the same for every parser. An event is added to the
/// batch only when all of it has been found good.
/// </summary>
internal static class UsdmTranslation
{
    /// <summary>Translates the event. Levels of a <c>depthUpdate</c> have been read already.</summary>
    /// <returns>Null when it is good; otherwise what is wrong with it.</returns>
    public static string? Translate(
        scoped in UsdmFields fields, Instrument instrument, UsdmLevels levels, Timestamp receivedAt, ref long unknownTimes, EventBatch batch)
    {
        switch (fields.Event)
        {
            case UsdmEvent.DepthUpdate:
                return Depth(fields, instrument, levels, Times(fields, receivedAt, ref unknownTimes), batch);
            case UsdmEvent.AggTrade or UsdmEvent.Trade:
                return Trade(fields, instrument, Times(fields, receivedAt, ref unknownTimes), batch);
            case UsdmEvent.BookTicker:
                return Top(fields, instrument, Times(fields, receivedAt, ref unknownTimes), batch);
            case UsdmEvent.MarkPrice:
                return UsdmDerived.Mark(fields, instrument, receivedAt, ref unknownTimes, batch);
            case UsdmEvent.ForceOrder:
                return UsdmDerived.ForcedOrder(fields, instrument, Times(fields, receivedAt, ref unknownTimes), batch);
            default:
                throw new ArgumentOutOfRangeException(nameof(fields), fields.Event, "Not an event of an instrument.");
        }
    }

    /// <summary>The matching engine's time <c>T</c>, or where an event has none the sending time <c>E</c>.</summary>
    public static EventTimes Times(scoped in UsdmFields fields, Timestamp receivedAt, ref long unknownTimes)
    {
        var milliseconds = fields.Has(UsdmKeys.EngineTime) ? fields.EngineTime : fields.SendTime;
        if (!VenueTimes.TryFromMilliseconds(milliseconds, out var time))
        {
            unknownTimes++;
        }

        return new EventTimes(time, receivedAt);
    }

    /// <summary>
    /// Numbers are shared by all symbols, so an update is chained to the one before by <c>pu</c> alone; <c>U</c> may lie
    /// anywhere above it. The update therefore covers <c>pu + 1</c> to <c>u</c>.
    /// https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/How-to-manage-a-local-order-book-correctly
    /// </summary>
    private static string? Depth(scoped in UsdmFields fields, Instrument instrument, UsdmLevels levels, EventTimes times, EventBatch batch)
    {
        if (!fields.Has(UsdmKeys.FirstId | UsdmKeys.LastId | UsdmKeys.PreviousId | UsdmKeys.Bids | UsdmKeys.Asks))
        {
            return "depthUpdate without U, u, pu, b or a";
        }

        if (fields.PreviousId < -1 || fields.PreviousId >= fields.LastId || fields.FirstId > fields.LastId)
        {
            return "depthUpdate whose U, u and pu contradict each other";
        }

        batch.On(
            new BookUpdate(instrument.Id, fields.PreviousId + 1, fields.LastId, times), levels.Bids.Levels, levels.Asks.Levels);
        return null;
    }

    /// <summary>
    /// Only <c>X = MARKET</c> is a trade between two traders; insurance fund and deleveraging come as <c>NA</c> with price
    /// and quantity zero. Aggregates never hold those and have no <c>X</c>. <c>m</c>: the buyer was the maker, so the taker sold.
    /// </summary>
    private static string? Trade(scoped in UsdmFields fields, Instrument instrument, EventTimes times, EventBatch batch)
    {
        if (fields.Has(UsdmKeys.Type) && !fields.Type.SequenceEqual("MARKET"u8))
        {
            return null;
        }

        if (!fields.Has(UsdmKeys.TradeId | UsdmKeys.BuyerIsMaker) || fields.TradeId < 0)
        {
            return "trade without number or side";
        }

        if (!TryQuantity(instrument, fields.Quantity, out var quantity))
        {
            return "trade whose quantity cannot be read";
        }

        if (quantity == Quantity.Zero)
        {
            return null;
        }

        if (!TryPrice(instrument, fields.Price, out var price))
        {
            return "trade whose price cannot be read";
        }

        batch.On(new Trade(
            instrument.Id, fields.TradeId, price, quantity, fields.BuyerIsMaker ? TakerSide.Sell : TakerSide.Buy, times));
        return null;
    }

    private static string? Top(scoped in UsdmFields fields, Instrument instrument, EventTimes times, EventBatch batch)
    {
        if (!fields.Has(UsdmKeys.LastId) || fields.LastId < 0)
        {
            return "bookTicker without u";
        }

        if (!TryTop(instrument, fields.BidPrice, fields.BidQuantity, out var bid)
            || !TryTop(instrument, fields.AskPrice, fields.AskQuantity, out var ask))
        {
            return "bookTicker whose prices or quantities cannot be read";
        }

        batch.On(new TopOfBook(instrument.Id, fields.LastId, bid, ask, times));
        return null;
    }

    /// <summary>An empty side is sent as price zero and quantity zero.</summary>
    private static bool TryTop(Instrument instrument, ReadOnlySpan<byte> price, ReadOnlySpan<byte> quantity, out Level level)
    {
        level = default;
        if (!TryQuantity(instrument, quantity, out var quantityRead)
            || instrument.PriceScale.TryParse(price, out var priceUnits) != AmountError.None)
        {
            return false;
        }

        level = new Level(new Price(priceUnits), quantityRead);
        return priceUnits > 0 || (priceUnits == 0 && quantityRead == Quantity.Zero);
    }

    private static bool TryPrice(Instrument instrument, ReadOnlySpan<byte> text, out Price price)
    {
        var error = instrument.PriceScale.TryParse(text, out var units);
        price = new Price(units);
        return error == AmountError.None && units > 0;
    }

    private static bool TryQuantity(Instrument instrument, ReadOnlySpan<byte> text, out Quantity quantity)
    {
        var error = instrument.QuantityScale.TryParse(text, out var units);
        quantity = new Quantity(units);
        return error == AmountError.None && units >= 0;
    }
}
