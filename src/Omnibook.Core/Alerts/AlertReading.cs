using Omnibook.Core.Books;
using Omnibook.Core.Instruments;
using Omnibook.Core.Liquidity;

namespace Omnibook.Core.Alerts;

/// <summary>Reads the values of alerts out of books. Only live, two-sided books count; nothing is allocated.</summary>
public static class AlertReading
{
    /// <summary>Middle and spread of the live books together. False while there is none.</summary>
    /// <param name="books">The books.</param>
    /// <param name="middle">The middle between the highest bid and the lowest ask.</param>
    /// <param name="spreadBps">10,000 × (lowest ask − highest bid) / middle.</param>
    public static bool TryReadTop(ReadOnlySpan<OrderBook> books, out decimal middle, out decimal spreadBps)
    {
        var (highest, lowest, isAny) = (decimal.MinValue, decimal.MaxValue, false);
        foreach (var book in books)
        {
            if (book.IsLive && book.Bids.TryGetBest(out var bid) && book.Asks.TryGetBest(out var ask))
            {
                var scale = book.Instrument.PriceScale;
                highest = Math.Max(highest, scale.ToDecimal(bid.Price.Units));
                lowest = Math.Min(lowest, scale.ToDecimal(ask.Price.Units));
                isAny = true;
            }
        }

        middle = isAny ? (highest + lowest) / 2 : 0;
        spreadBps = middle > 0 ? 10_000 * (lowest - highest) / middle : 0;
        return isAny && middle > 0;
    }

    /// <summary>What rests within a window around the middle of each live book. False while there is none.</summary>
    public static bool TryReadDepth(ReadOnlySpan<OrderBook> books, int windowBps, bool inQuote, out decimal bids, out decimal asks)
    {
        (bids, asks) = (0, 0);
        var isAny = false;
        foreach (var book in books)
        {
            if (book.IsLive && book.Bids.TryGetBest(out var bid) && book.Asks.TryGetBest(out var ask))
            {
                var window = new DepthWindow((Int128)bid.Price.Units + ask.Price.Units, windowBps);
                bids += Told(book.Instrument, window.Sum(book.Bids), inQuote);
                asks += Told(book.Instrument, window.Sum(book.Asks), inQuote);
                isAny = true;
            }
        }

        return isAny;
    }

    /// <summary>Price × quantity in the quote asset.</summary>
    public static decimal Worth(Instrument instrument, Price price, Quantity quantity) => WideAmount.ToDecimal(
        WideAmount.Multiply(price.Units, quantity.Units), instrument.PriceScale.Decimals + instrument.QuantityScale.Decimals);

    private static decimal Told(Instrument instrument, in (Int128 Quantity, Int128 Notional) sum, bool inQuote) => inQuote
        ? WideAmount.ToDecimal(sum.Notional, instrument.PriceScale.Decimals + instrument.QuantityScale.Decimals)
        : WideAmount.ToDecimal(sum.Quantity, instrument.QuantityScale.Decimals);
}
