using Omnibook.Core.Books;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Liquidity;

/// <summary>The levels of one book within so many basis points of its own middle, ends included, added up exactly.</summary>
internal readonly struct DepthWindow
{
    private const int WholeBps = 10_000;

    private readonly long _lowest;
    private readonly long _highest;

    /// <param name="twiceMid">Best bid and best ask added, in units of the book's price scale: the middle itself may lie between two units.</param>
    /// <param name="windowBps">How far the window reaches to either side.</param>
    public DepthWindow(Int128 twiceMid, int windowBps)
    {
        var highest = twiceMid * (WholeBps + windowBps) / (2 * WholeBps);
        _highest = highest > long.MaxValue ? long.MaxValue : (long)highest;
        _lowest = (long)((twiceMid * (WholeBps - windowBps) + 2 * WholeBps - 1) / (2 * WholeBps));
    }

    /// <summary>Whether the window reaches to where only those levels are known that changed since the snapshot.</summary>
    public bool ReachesBeyond(Side side, Price? knownLimit) =>
        knownLimit is { } limit && (side == Side.Bid ? limit.Units > _lowest : limit.Units < _highest);

    /// <summary>Adds up one side, as far as it is known whole.</summary>
    /// <param name="ladder">The side.</param>
    /// <param name="knownLimit">Levels beyond are left out: there are others between them that nobody told us of.</param>
    /// <returns>The quantity in units of the quantity scale, and price × quantity in units of both scales.</returns>
    public (Int128 Quantity, Int128 Notional) Sum(Ladder ladder, Price? knownLimit = null)
    {
        var isPartial = ReachesBeyond(ladder.Side, knownLimit);
        var end = isPartial ? knownLimit!.Value.Units : ladder.Side == Side.Bid ? _lowest : _highest;
        var (quantity, notional) = (default(WideSum), default(WideSum));
        foreach (var level in ladder)
        {
            var price = level.Price.Units;
            if (ladder.Side == Side.Bid ? price < end : price > end)
            {
                break;
            }

            // What does not fit into 128 bits is no sane level, and must not take the other venues' metrics with it.
            var next = notional;
            next.AddProduct(price, level.Quantity.Units);
            if (next.IsOverflown)
            {
                break;
            }

            notional = next;
            quantity.Add(level.Quantity.Units);
        }

        return (quantity.Value, notional.Value);
    }
}
