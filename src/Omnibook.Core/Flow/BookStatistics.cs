using Omnibook.Core.Books;
using Omnibook.Core.Instruments;
using Omnibook.Core.Liquidity;

namespace Omnibook.Core.Flow;

/// <summary>How much rests on both sides of a book within a distance of its middle.</summary>
/// <param name="Bid">Base assets bid, in units of the quantity scale.</param>
/// <param name="Ask">Base assets asked.</param>
public readonly record struct BookBand(Int128 Bid, Int128 Ask);

/// <summary>
/// Figures of a book. A band of p percent holds the bids at or above mid × (1 − p/100) and the asks at or below mid × (1 + p/100), ends
/// included, exact. It never holds more than the venue shows.
/// </summary>
/// <param name="BestBid">The best bid.</param>
/// <param name="BestAsk">The best ask.</param>
/// <param name="Half">Within 0.5 %.</param>
/// <param name="Two">Within 2 %.</param>
/// <param name="Ten">Within 10 %.</param>
/// <param name="Total">All levels.</param>
public readonly record struct BookStatistics(Price BestBid, Price BestAsk, BookBand Half, BookBand Two, BookBand Ten, BookBand Total)
{
    private const int HalfBps = 50;
    private const int TwoBps = 200;
    private const int TenBps = 1_000;

    /// <summary>Best bid and best ask added, in units of price: twice the middle, which may lie between two units.</summary>
    public Int128 TwiceMid => (Int128)BestBid.Units + BestAsk.Units;

    /// <summary>Works the figures out. False for a book that is not live or lacks a side.</summary>
    public static bool TryOf(OrderBook book, out BookStatistics statistics)
    {
        statistics = default;
        if (!book.IsLive || !book.Bids.TryGetBest(out var bid) || !book.Asks.TryGetBest(out var ask))
        {
            return false;
        }

        var twiceMid = (Int128)bid.Price.Units + ask.Price.Units;
        statistics = new BookStatistics(
            bid.Price, ask.Price, BandOf(book, twiceMid, HalfBps), BandOf(book, twiceMid, TwoBps), BandOf(book, twiceMid, TenBps), TotalOf(book));
        return true;
    }

    private static BookBand BandOf(OrderBook book, Int128 twiceMid, int bps)
    {
        var window = new DepthWindow(twiceMid, bps);
        return new BookBand(window.Sum(book.Bids).Quantity, window.Sum(book.Asks).Quantity);
    }

    private static BookBand TotalOf(OrderBook book) => new(TotalOf(book.Bids), TotalOf(book.Asks));

    private static Int128 TotalOf(Ladder side)
    {
        Int128 total = 0;
        foreach (var level in side)
        {
            total += level.Quantity.Units;
        }

        return total;
    }
}
