using System.Buffers.Text;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Json;

namespace Omnibook.Venues.Candles;

/// <summary>The fields of a candle as a venue writes them, whatever it calls them; amounts are text until the instrument has told their scales.</summary>
internal ref struct CandleFields
{
    // A decimal has no more: https://learn.microsoft.com/dotnet/api/system.decimal.
    private const int MostDecimals = 28;

    /// <summary>First price.</summary>
    public ReadOnlySpan<byte> Open;

    /// <summary>Highest price.</summary>
    public ReadOnlySpan<byte> High;

    /// <summary>Lowest price.</summary>
    public ReadOnlySpan<byte> Low;

    /// <summary>Last price.</summary>
    public ReadOnlySpan<byte> Close;

    /// <summary>Base assets traded.</summary>
    public ReadOnlySpan<byte> BaseVolume;

    /// <summary>Quote assets traded; empty where the venue does not say.</summary>
    public ReadOnlySpan<byte> QuoteVolume;

    /// <summary>Opening time, milliseconds since the Unix epoch.</summary>
    public long Start;

    /// <summary>How many trades; null where the venue does not say.</summary>
    public long? Trades;

    /// <summary>Whether it is over; null where the venue does not say.</summary>
    public bool? IsClosed;

    /// <summary>The candle; false when a field is missing or cannot be.</summary>
    public readonly bool TryConclude(Instrument instrument, CandleInterval interval, EventTimes times, out CandleUpdate candle)
    {
        var (prices, quantities) = (instrument.PriceScale, instrument.QuantityScale);
        decimal quote = 0;
        var isRead = VenueTimes.TryFromMilliseconds(Start, out var start)
            & TryPrice(Open, prices, out var open) & TryPrice(High, prices, out var high)
            & TryPrice(Low, prices, out var low) & TryPrice(Close, prices, out var close)
            & TryVolume(BaseVolume, quantities.Decimals, out var volume)
            & (QuoteVolume.IsEmpty || TryVolume(QuoteVolume, quantities.Decimals + prices.Decimals, out quote));
        candle = new CandleUpdate(
            instrument.Id, interval, start, open, high, low, close, volume, QuoteVolume.IsEmpty ? null : quote, Trades, IsClosed, times);
        return isRead && Trades is null or >= 0;
    }

    private static bool TryPrice(ReadOnlySpan<byte> text, Scale scale, out Price price)
    {
        var error = scale.TryParse(text, out var units);
        price = new Price(units);
        return error == AmountError.None && units > 0;
    }

    /// <summary>
    /// A sum of quantities has no more decimals than they; some venues add in floating point and write <c>13.223699999999997</c>, so that
    /// it is rounded to what it can be. In decimal arithmetic, and half to even as <see cref="decimal.Round(decimal, int)"/> does.
    /// </summary>
    private static bool TryVolume(ReadOnlySpan<byte> text, int decimals, out decimal volume)
    {
        var isRead = Utf8Parser.TryParse(text, out volume, out var length) && length == text.Length && volume >= 0;
        volume = decimal.Round(volume, Math.Min(decimals, MostDecimals));
        return isRead;
    }
}
