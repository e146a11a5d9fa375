using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Books;

/// <summary>The two ladders of a book, changed together by one message at a time.</summary>
internal sealed class BookSides(Price tick)
{
    /// <summary>The highest bid first.</summary>
    public Ladder Bids { get; } = new(Side.Bid, tick);

    /// <summary>The lowest ask first.</summary>
    public Ladder Asks { get; } = new(Side.Ask, tick);

    /// <summary>Whether the best bid is not below the best ask. A locked book (equal) counts too.</summary>
    public bool IsCrossed => Bids.TryGetBest(out var bid) && Asks.TryGetBest(out var ask) && bid.Price >= ask.Price;

    /// <summary>Whether every level has a positive price and no negative quantity.</summary>
    public static bool AreValid(ReadOnlySpan<Level> levels)
    {
        foreach (ref readonly var level in levels)
        {
            if (!IsValid(level))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Sets and deletes levels. False, with only a part of them done, when one cannot be.</summary>
    public bool TryApply(ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks, ref BookCounters counters)
    {
        counters.Levels += bids.Length + asks.Length;
        return TryApply(Bids, bids, ref counters) && TryApply(Asks, asks, ref counters);
    }

    /// <summary>Sets the levels of a whole book. False, with only a part of them done, when one cannot be.</summary>
    public bool TryReplace(ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks, ref BookCounters counters)
    {
        counters.Levels += bids.Length + asks.Length;
        return TryReplace(Bids, bids) && TryReplace(Asks, asks);
    }

    /// <summary>Whether the book has these best levels and no others among them: a snapshot may be shorter than the book.</summary>
    public bool BeginWith(ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks) => BeginsWith(Bids, bids) && BeginsWith(Asks, asks);

    /// <summary>Whether these are the best levels of both sides; a level with quantity zero stands for an empty side.</summary>
    public bool AreBest(in Level bid, in Level ask) => IsBest(Bids, bid) && IsBest(Asks, ask);

    /// <summary>Takes over the levels beyond one band and within another. Returns whether anything changed.</summary>
    public bool TakeBeyond(in KnownBand known, BookSides other, in KnownBand wider) =>
        TakeBeyond(Bids, other.Bids, known, wider) | TakeBeyond(Asks, other.Asks, known, wider);

    /// <summary>Whether a price between two ticks was set since this was last asked.</summary>
    public bool TakeOffTick() => Bids.TakeOffTick() | Asks.TakeOffTick();

    /// <summary>Counts in other ticks from now on; the levels stay.</summary>
    public void CountIn(Price tick)
    {
        Bids.CountIn(tick);
        Asks.CountIn(tick);
    }

    /// <summary>Removes every level.</summary>
    public void Clear()
    {
        Bids.Clear();
        Asks.Clear();
    }

    /// <summary>One comparison for all: the sign bit is set when the price is zero or negative, or the quantity negative.</summary>
    private static bool IsValid(in Level level) => ((level.Price.Units - 1) | level.Price.Units | level.Quantity.Units) >= 0;

    private static bool TryApply(Ladder ladder, ReadOnlySpan<Level> levels, ref BookCounters counters)
    {
        var absent = 0;
        foreach (ref readonly var level in levels)
        {
            if (!IsValid(level))
            {
                return false;
            }

            absent += ladder.Apply(level) ? 0 : 1;
        }

        counters.AbsentDeletes += absent;
        return true;
    }

    private static bool TryReplace(Ladder ladder, ReadOnlySpan<Level> levels)
    {
        ladder.Empty();
        foreach (ref readonly var level in levels)
        {
            if (!IsValid(level))
            {
                return false;
            }

            ladder.Apply(level);
        }

        ladder.Settle();
        return true;
    }

    private static bool TakeBeyond(Ladder ladder, Ladder other, in KnownBand known, in KnownBand wider)
    {
        List<Level> changes = [];
        foreach (var level in ladder)
        {
            if (IsBetween(level, ladder.Side, known, wider) && other.QuantityAt(level.Price) == 0)
            {
                changes.Add(level with { Quantity = default });
            }
        }

        foreach (var level in other)
        {
            if (IsBetween(level, ladder.Side, known, wider) && ladder.QuantityAt(level.Price) != level.Quantity.Units)
            {
                changes.Add(level);
            }
        }

        foreach (var change in changes)
        {
            ladder.Apply(change);
        }

        return changes.Count > 0;
    }

    private static bool IsBetween(in Level level, Side side, in KnownBand known, in KnownBand wider) =>
        !known.Holds(side, level.Price) && wider.Holds(side, level.Price);

    private static bool BeginsWith(Ladder ladder, ReadOnlySpan<Level> levels)
    {
        foreach (ref readonly var level in levels)
        {
            if (ladder.QuantityAt(level.Price) != level.Quantity.Units)
            {
                return false;
            }
        }

        // All of them are there; they are the best ones when the worst of them stands in the last place of as many.
        return levels.IsEmpty ? ladder.Count == 0 : CountUntilWorst(ladder, levels) == levels.Length;
    }

    private static int CountUntilWorst(Ladder ladder, ReadOnlySpan<Level> levels)
    {
        var worst = levels[0].Price;
        foreach (ref readonly var level in levels)
        {
            worst = ladder.Side == Side.Bid == level.Price < worst ? level.Price : worst;
        }

        var count = 0;
        foreach (var level in ladder)
        {
            count++;
            if (level.Price == worst)
            {
                break;
            }
        }

        return count;
    }

    private static bool IsBest(Ladder ladder, in Level top) => ladder.TryGetBest(out var best)
        ? best.Price == top.Price && best.Quantity == top.Quantity
        : top.Quantity.Units == 0;
}
