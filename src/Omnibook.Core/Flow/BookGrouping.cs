using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Flow;

/// <summary>A level of a book that was regrouped.</summary>
/// <param name="Price">A multiple of the tick that was asked for.</param>
/// <param name="Quantity">Base assets, in units of the quantity scale.</param>
public readonly record struct GroupedLevel(Price Price, Int128 Quantity);

/// <summary>Regroups a side of a book at a coarser tick, exact.</summary>
/// <remarks>
/// Bids are rounded down and asks up, away from each other, so that a regrouped book never crosses. A ladder that has to line up with trades,
/// whose levels begin at their lower end, rounds both down.
/// </remarks>
public static class BookGrouping
{
    /// <summary>Regroups a side, best first.</summary>
    /// <param name="side">The side.</param>
    /// <param name="tick">The new tick in units of price; 0 leaves the levels as they are.</param>
    /// <param name="depth">How many levels at most; 0 for all.</param>
    public static IReadOnlyList<GroupedLevel> Group(Ladder side, long tick, int depth = 0) => Group(side, side.Side == Side.Ask, tick, depth);

    /// <summary>Regroups a side with every level rounded down, best first.</summary>
    public static IReadOnlyList<GroupedLevel> GroupDown(Ladder side, long tick) => Group(side, isUp: false, tick, depth: 0);

    /// <summary>Regroups levels that were kept, best first.</summary>
    public static IReadOnlyList<GroupedLevel> Group(ReadOnlySpan<Level> levels, Side side, long tick)
    {
        List<GroupedLevel> grouped = [];
        foreach (ref readonly var level in levels)
        {
            TryAdd(grouped, level, side == Side.Ask, tick, depth: 0);
        }

        return grouped;
    }

    private static List<GroupedLevel> Group(Ladder side, bool isUp, long tick, int depth)
    {
        List<GroupedLevel> grouped = [];
        foreach (var level in side)
        {
            if (!TryAdd(grouped, level, isUp, tick, depth))
            {
                break;
            }
        }

        return grouped;
    }

    /// <summary>Levels come best first, so that one belongs to the last group or begins the next.</summary>
    private static bool TryAdd(List<GroupedLevel> grouped, in Level level, bool isUp, long tick, int depth)
    {
        var price = tick == 0 ? level.Price.Units
            : isUp ? Grid.Ceiling(level.Price.Units, tick)
            : Grid.Floor(level.Price.Units, tick);
        if (grouped is [.., var last] && last.Price.Units == price)
        {
            grouped[^1] = last with { Quantity = last.Quantity + level.Quantity.Units };
            return true;
        }

        if (depth > 0 && grouped.Count == depth)
        {
            return false;
        }

        grouped.Add(new GroupedLevel(new Price(price), level.Quantity.Units));
        return true;
    }
}
