using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Books;

/// <summary>
/// Between which prices a book is known whole. A venue's snapshot is mostly shorter than its book: of what lies beyond its worst level only
/// those levels are known that changed since.
/// </summary>
internal readonly record struct KnownBand
{
    private KnownBand(Price? lowest, Price? highest) => (Lowest, Highest) = (lowest, highest);

    /// <summary>All prices.</summary>
    public static KnownBand Everything => default;

    /// <summary>The band between two limits; null is none.</summary>
    public static KnownBand Between(Price? lowest, Price? highest) => new(lowest, highest);

    /// <summary>The lowest bid that is known whole; null when all bids are.</summary>
    public Price? Lowest { get; }

    /// <summary>The highest ask that is known whole; null when all asks are.</summary>
    public Price? Highest { get; }

    /// <summary>The band of a snapshot: up to its worst levels. A side without levels is whole.</summary>
    public static KnownBand Of(ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks) => new(Worst(Side.Bid, bids), Worst(Side.Ask, asks));

    /// <summary>The same of a snapshot that shows at most so many levels a side: a side with fewer is whole.</summary>
    public static KnownBand Of(ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks, int mostLevels) => new(
        bids.Length < mostLevels ? null : Worst(Side.Bid, bids), asks.Length < mostLevels ? null : Worst(Side.Ask, asks));

    /// <summary>The limit of a side.</summary>
    public Price? LimitOf(Side side) => side == Side.Bid ? Lowest : Highest;

    /// <summary>Whether a price of a side lies in the band.</summary>
    public bool Holds(Side side, Price price) =>
        LimitOf(side) is not { } limit || (side == Side.Bid ? price >= limit : price <= limit);

    /// <summary>What is known whole by both.</summary>
    public static KnownBand Common(in KnownBand left, in KnownBand right) => new(
        Narrower(Side.Bid, left, right), Narrower(Side.Ask, left, right));

    /// <summary>What is known whole by either.</summary>
    public static KnownBand Either(in KnownBand left, in KnownBand right) => new(
        Wider(Side.Bid, left, right), Wider(Side.Ask, left, right));

    private static Price? Narrower(Side side, in KnownBand left, in KnownBand right) =>
        left.LimitOf(side) is { } limit && right.Holds(side, limit) ? limit : right.LimitOf(side);

    private static Price? Wider(Side side, in KnownBand left, in KnownBand right) =>
        left.LimitOf(side) is { } limit && right.Holds(side, limit) ? right.LimitOf(side) : left.LimitOf(side);

    private static Price? Worst(Side side, ReadOnlySpan<Level> levels)
    {
        Price? worst = null;
        foreach (ref readonly var level in levels)
        {
            if (worst is not { } known || (side == Side.Bid ? level.Price < known : level.Price > known))
            {
                worst = level.Price;
            }
        }

        return worst;
    }
}
