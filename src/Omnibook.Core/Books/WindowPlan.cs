using Omnibook.Core.Events;

namespace Omnibook.Core.Books;

/// <summary>Where the window of a ladder had best lie, and how wide it had best be.</summary>
/// <param name="FirstPage">The first page of 64 ticks.</param>
/// <param name="Pages">How many pages.</param>
internal readonly record struct WindowPlan(long FirstPage, int Pages)
{
    /// <summary>512 ticks.</summary>
    private const int MinPages = 8;

    /// <summary>131,072 ticks: 32 KiB of pages.</summary>
    private const int MaxPages = 2048;

    /// <summary>Eight pages must gain a level to be worth their 128 bytes.</summary>
    private const int PagesPerLevel = 8;

    /// <summary>So many levels may stand apart from the rest before the window follows them: a stray price moves nothing.</summary>
    public const int Strays = 8;

    /// <summary>A quarter of the window lies before the touch, to take levels better than the best; three quarters lie behind.</summary>
    private const int ShareBefore = 4;

    /// <summary>The plan for these levels, given best first.</summary>
    /// <param name="levels">At least one.</param>
    /// <param name="ticks">How prices become ticks.</param>
    /// <param name="sign">1 for asks, -1 for bids.</param>
    public static WindowPlan For(ReadOnlySpan<Level> levels, in TickDivision ticks, int sign)
    {
        var touch = PriceWindow.PageOf(sign * (levels[Math.Min(Strays, levels.Length - 1)].Price.Units / ticks.Tick));
        var best = new WindowPlan(touch - MinPages / ShareBefore, MinPages);
        var bestWorth = int.MinValue;
        for (var pages = MinPages; pages <= MaxPages; pages *= 2)
        {
            var plan = new WindowPlan(touch - pages / ShareBefore, pages);
            var worth = plan.CountWithin(levels, ticks, sign) - pages / PagesPerLevel;
            if (worth > bestWorth)
            {
                (best, bestWorth) = (plan, worth);
            }
        }

        return best;
    }

    /// <summary>Whether the touch has moved so far into the window that it had best be laid anew.</summary>
    public static bool IsBehind(long pagesBeforeTouch, int pages) => pagesBeforeTouch > pages / 4 * 3;

    private int CountWithin(ReadOnlySpan<Level> levels, in TickDivision ticks, int sign)
    {
        var count = 0;
        foreach (ref readonly var level in levels)
        {
            var page = PriceWindow.PageOf(sign * (level.Price.Units / ticks.Tick));
            count += (ulong)(page - FirstPage) < (ulong)Pages ? 1 : 0;
        }

        return count;
    }
}
