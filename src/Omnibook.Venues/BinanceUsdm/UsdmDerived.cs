using System.Globalization;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Binance;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.BinanceUsdm;

/// <summary>Mark prices and forced orders.</summary>
internal static class UsdmDerived
{
    /// <summary>
    /// <code>{"e":"markPriceUpdate","E":1562305380000,"s":"BTCUSDT","p":"11794.15000000","i":"11784.62659091","P":"11784.25641265","r":"0.00038167","T":1562306400000}</code>
    /// <c>E</c> is the only clock, <c>T</c> the next funding. Contracts without funding send <c>r</c> empty or <c>T</c> zero.
    /// </summary>
    public static string? Mark(
        scoped in BinanceFields fields, Instrument instrument, Timestamp receivedAt, ref long unknownTimes, EventBatch batch)
    {
        var index = 0L;
        var rate = 0L;
        if (DerivedScales.Price.TryParse(fields.Price, out var mark) != AmountError.None || mark < 0
            || (!fields.Index.IsEmpty && (DerivedScales.Price.TryParse(fields.Index, out index) != AmountError.None || index < 0))
            || (!fields.Rate.IsEmpty && DerivedScales.Rate.TryParse(fields.Rate, out rate) != AmountError.None))
        {
            return "markPriceUpdate whose amounts cannot be read";
        }

        var times = TimesOf(fields.SendTime, receivedAt, ref unknownTimes);
        if (mark > 0)
        {
            batch.On(new MarkPrice(instrument.Id, new Price(mark), new Price(index), times));
        }

        if (!fields.Rate.IsEmpty && fields.EngineTime != 0)
        {
            var next = TimesOf(fields.EngineTime, receivedAt, ref unknownTimes).VenueTime;
            batch.On(new Funding(instrument.Id, rate, next, TimeSpan.Zero, times));
        }

        return null;
    }

    /// <summary>
    /// <code>{"e":"forceOrder","E":1568014460893,"o":{"s":"BTCUSDT","S":"SELL","o":"LIMIT","f":"IOC","q":"0.014","p":"9910","ap":"9910","X":"FILLED","l":"0.014","z":"0.014","T":1568014460893}}</code>
    /// At most one a second and symbol: a sample, not the whole tape. An order of which nothing was filled is no event.
    /// </summary>
    public static string? ForcedOrder(scoped in BinanceFields fields, Instrument instrument, EventTimes times, EventBatch batch)
    {
        var isSell = fields.Side.SequenceEqual("SELL"u8);
        if (!isSell && !fields.Side.SequenceEqual("BUY"u8))
        {
            return "forceOrder without side";
        }

        if (instrument.QuantityScale.TryParse(fields.Filled, out var filled) != AmountError.None || filled < 0)
        {
            return "forceOrder whose filled quantity cannot be read";
        }

        if (filled == 0)
        {
            return null;
        }

        if (!TryAveragePrice(fields.AveragePrice, instrument.PriceScale, out var price))
        {
            return "forceOrder whose average price cannot be read";
        }

        batch.On(new Liquidation(
            instrument.Id, isSell ? TakerSide.Sell : TakerSide.Buy, price, new Quantity(filled), times));
        return null;
    }

    /// <summary>
    /// An average does not keep to the tick (<c>9910.12345678</c>). It is the one amount that is rounded here, half away
    /// from zero, to the instrument's scale; decimal arithmetic, so the rounding is exact.
    /// </summary>
    private static bool TryAveragePrice(ReadOnlySpan<byte> text, Scale scale, out Price price)
    {
        price = default;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var average)
            || average <= 0
            || average > long.MaxValue / scale.UnitsPerOne)
        {
            return false;
        }

        price = new Price((long)decimal.Round(average * scale.UnitsPerOne, MidpointRounding.AwayFromZero));
        return price.Units > 0;
    }

    private static EventTimes TimesOf(long milliseconds, Timestamp receivedAt, ref long unknownTimes)
    {
        if (!VenueTimes.TryFromMilliseconds(milliseconds, out var time))
        {
            unknownTimes++;
        }

        return new EventTimes(time, receivedAt);
    }
}
