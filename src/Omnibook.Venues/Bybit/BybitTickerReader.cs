using System.Text.Json;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Bybit;

/// <summary>
/// Reads the <c>data</c> of <c>tickers</c>, every 100 ms: a snapshot first, then only what changed.
/// <code>
/// {"symbol":"BTCUSDT","markPrice":"66666.60","indexPrice":"115418.19","openInterest":"492373.72","fundingIntervalHour":"8","nextFundingTime":"1760342400000","fundingRate":"-0.005","bid1Price":"66666.60"}
/// {"symbol":"BTCUSDT","markPrice":"66667.10","bid1Size":"11.2"}
/// </code>
/// <c>openInterest</c> is the sum of both sides; <c>singleOpenInterest</c>, one side, came on 2026-06-11.
/// https://bybit-exchange.github.io/docs/v5/websocket/public/ticker
/// </summary>
internal static class BybitTickerReader
{
    /// <summary>Reads the object that follows over what is known.</summary>
    /// <returns>False when a field that is followed cannot be read; <paramref name="ticker"/> is then worth nothing.</returns>
    public static bool TryRead(ref Utf8JsonReader reader, Instrument instrument, ref BybitTicker ticker)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        ticker.Named = BybitTickerFields.None;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!TryReadField(ref reader, instrument, ref ticker))
            {
                return false;
            }
        }

        return reader.TokenType == JsonTokenType.EndObject;
    }

    private static bool TryReadField(ref Utf8JsonReader reader, Instrument instrument, ref BybitTicker ticker)
    {
        if (reader.ValueTextEquals("markPrice"u8))
        {
            return TryPrice(ref reader, ref ticker, isMark: true);
        }

        if (reader.ValueTextEquals("indexPrice"u8))
        {
            return TryPrice(ref reader, ref ticker, isMark: false);
        }

        if (reader.ValueTextEquals("fundingRate"u8))
        {
            return TryRate(ref reader, ref ticker);
        }

        if (reader.ValueTextEquals("nextFundingTime"u8))
        {
            return TryNextFunding(ref reader, ref ticker);
        }

        if (reader.ValueTextEquals("fundingIntervalHour"u8))
        {
            return TryInterval(ref reader, ref ticker);
        }

        if (reader.ValueTextEquals("singleOpenInterest"u8))
        {
            return TryOpenInterest(ref reader, instrument, BybitTickerFields.OneSide, ref ticker);
        }

        if (reader.ValueTextEquals("openInterest"u8))
        {
            return TryOpenInterest(ref reader, instrument, BybitTickerFields.BothSides, ref ticker);
        }

        reader.Skip();
        return true;
    }

    private static bool TryPrice(ref Utf8JsonReader reader, ref BybitTicker ticker, bool isMark)
    {
        if (!TryValue(ref reader, out var text))
        {
            return true;
        }

        var isRead = DerivedScales.Price.TryParse(text, out var price) == AmountError.None && price >= 0;
        (ticker.Mark, ticker.Index) = isMark ? (price, ticker.Index) : (ticker.Mark, price);
        ticker.Named |= BybitTickerFields.Mark;
        return isRead;
    }

    private static bool TryRate(ref Utf8JsonReader reader, ref BybitTicker ticker)
    {
        if (!TryValue(ref reader, out var text))
        {
            return true;
        }

        var isRead = DerivedScales.Rate.TryParse(text, out var rate) == AmountError.None;
        ticker.FundingRate = rate;
        ticker.Named |= BybitTickerFields.Funding;
        return isRead;
    }

    private static bool TryNextFunding(ref Utf8JsonReader reader, ref BybitTicker ticker)
    {
        if (!TryValue(ref reader, out _))
        {
            return true;
        }

        var isRead = JsonRead.TryInteger(reader, out var milliseconds);
        VenueTimes.TryFromMilliseconds(milliseconds, out var next);
        ticker.NextFunding = next;
        ticker.Named |= BybitTickerFields.Funding;
        return isRead;
    }

    private static bool TryInterval(ref Utf8JsonReader reader, ref BybitTicker ticker)
    {
        if (!TryValue(ref reader, out _))
        {
            return true;
        }

        var isRead = JsonRead.TryInteger(reader, out var hours) && hours is >= 0 and <= 24 * 31;
        ticker.FundingHours = hours;
        ticker.Named |= BybitTickerFields.Funding;
        return isRead;
    }

    private static bool TryOpenInterest(
        ref Utf8JsonReader reader, Instrument instrument, BybitTickerFields field, ref BybitTicker ticker)
    {
        if (!TryValue(ref reader, out var text))
        {
            return true;
        }

        var isRead = instrument.QuantityScale.TryParse(text, out var units) == AmountError.None && units >= 0;
        if (field == BybitTickerFields.OneSide)
        {
            ticker.OpenInterest = units;
        }
        else if (!ticker.Has(BybitTickerFields.OneSide))
        {
            // Both sides are equal, so half of an odd sum is the venue's rounding.
            ticker.OpenInterest = units / 2;
        }

        ticker.Named |= field;
        return isRead;
    }

    /// <summary>Empty text and null say that a field does not apply, or leave it as it was.</summary>
    private static bool TryValue(ref Utf8JsonReader reader, out ReadOnlySpan<byte> text)
    {
        reader.Read();
        text = JsonRead.Text(reader);
        if (!text.IsEmpty)
        {
            return true;
        }

        reader.Skip();
        return false;
    }
}
