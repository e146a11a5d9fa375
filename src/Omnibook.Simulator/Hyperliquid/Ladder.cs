using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Hyperliquid;

/// <summary>The top of a book as <c>l2Book</c> shows it: at most 20 levels a side, joined to fewer significant figures when asked.</summary>
internal static class Ladder
{
    /// <summary>The most levels of a side.</summary>
    public const int MostLevels = 20;

    /// <summary>The levels of a side, best first. Bids are rounded down and asks up, so that the touch only gets worse.</summary>
    public static List<TrueLevel> Of(HyperliquidMarket market, Side side, int levels, int? figures, int? mantissa)
    {
        var result = new List<TrueLevel>(levels);
        var ladder = market.Market.Book.On(side);
        for (var rank = 0; rank < ladder.Count && !market.Market.IsHalted; rank++)
        {
            var level = MatchingBook.Show(ladder[rank]);
            var price = figures is { } wanted ? Round(level.Price, side, wanted, mantissa ?? 1) : level.Price;
            if (result.Count > 0 && result[^1].Price == price)
            {
                result[^1] = new TrueLevel(price, result[^1].Quantity + level.Quantity, result[^1].Orders + level.Orders);
            }
            else if (result.Count == levels)
            {
                break;
            }
            else
            {
                result.Add(level with { Price = price });
            }
        }

        return result;
    }

    private static long Round(long price, Side side, int figures, int mantissa)
    {
        long step = 1;
        for (var rest = price; rest >= Pow10(figures); rest /= 10)
        {
            step *= 10;
        }

        step *= mantissa;
        var down = price / step * step;
        return side == Side.Bid || down == price ? down : down + step;
    }

    private static long Pow10(int exponent) => new Scale(exponent).UnitsPerOne;
}
