using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Binance;

/// <summary>From fields to market events, as far as the markets agree.</summary>
internal static class BinanceTranslation
{
    /// <summary>The matching engine's time <c>T</c>, or where an event has none the sending time <c>E</c>.</summary>
    public static EventTimes Times(scoped in BinanceFields fields, Timestamp receivedAt, ref long unknownTimes)
    {
        var milliseconds = fields.Has(BinanceKeys.EngineTime) ? fields.EngineTime : fields.SendTime;
        if (!VenueTimes.TryFromMilliseconds(milliseconds, out var time))
        {
            unknownTimes++;
        }

        return new EventTimes(time, receivedAt);
    }

    /// <summary>
    /// Only <c>X = MARKET</c> is a trade between two traders; insurance fund and deleveraging come as <c>NA</c> with price
    /// and quantity zero. Aggregates never hold those and have no <c>X</c>. <c>m</c>: the buyer was the maker, so the taker sold.
    /// </summary>
    public static string? Trade(scoped in BinanceFields fields, Instrument instrument, EventTimes times, EventBatch batch)
    {
        if (fields.Has(BinanceKeys.Type) && !fields.Type.SequenceEqual("MARKET"u8))
        {
            return null;
        }

        if (!fields.Has(BinanceKeys.TradeId | BinanceKeys.BuyerIsMaker) || fields.TradeId < 0)
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

    /// <summary>The best bid and ask, with the number of the book to which they belong.</summary>
    public static string? Top(scoped in BinanceFields fields, Instrument instrument, EventTimes times, EventBatch batch)
    {
        if (!fields.Has(BinanceKeys.LastId) || fields.LastId < 0)
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

    /// <summary>A candle so far, or whole when <c>x</c> says so.</summary>
    public static string? Candle(scoped in BinanceFields fields, Instrument instrument, EventTimes times, EventBatch batch)
    {
        if (fields.Interval is null || !fields.Candle.TryConclude(instrument, fields.Interval, times, out var candle))
        {
            return "kline whose interval, times or amounts cannot be read";
        }

        batch.On(candle);
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
