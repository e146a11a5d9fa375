using Omnibook.Core.Instruments;

namespace Omnibook.Simulator.Markets;

/// <summary>One side of a matching book: its levels in a list, the best last, so that the busy end is the cheap end.</summary>
internal sealed class BookSide(Side side)
{
    private readonly List<PriceLevel> _worstFirst = [];

    /// <summary>Bids or asks.</summary>
    public Side Side { get; } = side;

    /// <summary>How many prices have orders.</summary>
    public int Count => _worstFirst.Count;

    /// <summary>The best level, or null.</summary>
    public PriceLevel? Best => Count == 0 ? null : _worstFirst[^1];

    /// <summary>The worst level, or null.</summary>
    public PriceLevel? Worst => Count == 0 ? null : _worstFirst[0];

    /// <summary>The level <paramref name="rank"/> behind the best, 0 being the best.</summary>
    public PriceLevel this[int rank] => _worstFirst[Count - 1 - rank];

    /// <summary>True when <paramref name="left"/> is executed before <paramref name="right"/>.</summary>
    public bool IsBetter(long left, long right) => Side == Side.Bid ? left > right : left < right;

    /// <summary>The level of a price, or null.</summary>
    public PriceLevel? Find(long price)
    {
        var index = IndexOf(price);
        return index >= 0 ? _worstFirst[index] : null;
    }

    /// <summary>The level of a price, made when it is not there.</summary>
    public PriceLevel Obtain(long price)
    {
        var index = IndexOf(price);
        if (index < 0)
        {
            index = ~index;
            _worstFirst.Insert(index, new PriceLevel(price));
        }

        return _worstFirst[index];
    }

    /// <summary>Takes out a level without orders.</summary>
    public void Remove(PriceLevel level) => _worstFirst.RemoveAt(IndexOf(level.Price));

    private int IndexOf(long price)
    {
        var low = 0;
        var high = Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var found = _worstFirst[middle].Price;
            if (found == price)
            {
                return middle;
            }

            if (IsBetter(price, found))
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return ~low;
    }
}
