using Omnibook.Core.Books;
using Omnibook.Core.Events;

namespace Omnibook.Core.Liquidity;

/// <summary>Which books metrics and routes may use: live and on time, two-sided, and updated within <see cref="LiquidityRules.StaleAfter"/> by our clock.</summary>
public static class UsableBooks
{
    /// <summary>Whether a book is one of them.</summary>
    public static bool Counts(OrderBook book, Timestamp now, LiquidityRules rules) =>
        !IsStale(book, now, rules) && book.Bids.Count > 0 && book.Asks.Count > 0;

    /// <summary>Whether a book is not live, comes late, or was not updated for too long.</summary>
    public static bool IsStale(OrderBook book, Timestamp now, LiquidityRules rules) =>
        !book.TakesPart || book.AgeAt(now) > rules.StaleAfter;
}
