using Omnibook.Core.Books;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Flow;

/// <summary>A level of a depth-of-market ladder: what rests there and what was traded there.</summary>
/// <param name="Price">The level's lower end.</param>
/// <param name="Bid">Base assets that are bid, in units of the quantity scale.</param>
/// <param name="Ask">Base assets that are asked.</param>
/// <param name="Traded">What was traded.</param>
public readonly record struct DomLevel(Price Price, Int128 Bid, Int128 Ask, FlowVolume Traded);

/// <summary>Joins a book and what was traded level by level. Both are rounded down, so that they line up.</summary>
public static class DomLadder
{
    /// <summary>Every price at which something rests or was traded, highest first.</summary>
    /// <param name="book">The book.</param>
    /// <param name="tick">Height of the levels in units of price.</param>
    /// <param name="profile">What was traded, at the same tick.</param>
    public static IReadOnlyList<DomLevel> Build(OrderBook book, long tick, RollingProfile profile)
    {
        var levels = new Dictionary<long, DomLevel>();
        foreach (var level in BookGrouping.GroupDown(book.Bids, tick))
        {
            levels[level.Price.Units] = new DomLevel(level.Price, level.Quantity, 0, default);
        }

        foreach (var level in BookGrouping.GroupDown(book.Asks, tick))
        {
            levels[level.Price.Units] = levels.GetValueOrDefault(level.Price.Units) with { Price = level.Price, Ask = level.Quantity };
        }

        foreach (var (price, traded) in profile.Levels)
        {
            levels[price] = levels.GetValueOrDefault(price) with { Price = new Price(price), Traded = traded };
        }

        DomLevel[] sorted = [.. levels.Values];
        Array.Sort(sorted, static (left, right) => right.Price.CompareTo(left.Price));
        return sorted;
    }
}
