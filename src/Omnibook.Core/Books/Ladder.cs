using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Books;

/// <summary>One side of a book. Levels are told best first: the highest bid, the lowest ask.</summary>
public sealed class Ladder
{
    private readonly SortedLevels _far = new();
    private readonly int _sign;

    internal Ladder(Side side)
    {
        Side = side;
        _sign = side == Side.Ask ? 1 : -1;
    }

    /// <summary>Which side of the book it is.</summary>
    public Side Side { get; }

    /// <summary>How many levels there are.</summary>
    public int Count => _far.Count;

    /// <summary>The best level. False when the side is empty.</summary>
    public bool TryGetBest(out Level best)
    {
        best = _far.Count > 0 ? FarLevel(0) : default;
        return _far.Count > 0;
    }

    /// <summary>The quantity at a price, in units of the instrument's quantity scale; 0 when there is no such level.</summary>
    public long QuantityAt(Price price)
    {
        var rank = _sign * price.Units;
        var index = _far.Find(rank);
        return index < _far.Count && _far.Ranks[index] == rank ? _far.QuantityOf(index) : 0;
    }

    /// <summary>Copies levels, best first, until <paramref name="destination"/> is full or no level is left. Returns how many.</summary>
    public int CopyTo(Span<Level> destination)
    {
        var copied = 0;
        foreach (var level in this)
        {
            if (copied == destination.Length)
            {
                break;
            }

            destination[copied++] = level;
        }

        return copied;
    }

    /// <summary>Goes through the levels, best first, without allocating. The ladder must not change meanwhile.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Sets or, with quantity zero, deletes a level. False for the delete of a level that is not there.</summary>
    internal bool Apply(in Level level)
    {
        var rank = _sign * level.Price.Units;
        if (level.Quantity.Units == 0)
        {
            return _far.Remove(rank);
        }

        _far.Set(rank, level.Quantity.Units, level.Orders);
        return true;
    }

    /// <summary>Removes every level.</summary>
    internal void Clear() => _far.Clear();

    private Level FarLevel(int index) =>
        new(new Price(_sign * _far.Ranks[index]), new Quantity(_far.QuantityOf(index)), _far.OrdersOf(index));

    /// <summary>A place in a ladder, going from the best level to the worst.</summary>
    public struct Enumerator
    {
        private readonly Ladder _ladder;
        private int _next;

        internal Enumerator(Ladder ladder) => _ladder = ladder;

        /// <summary>The level at this place.</summary>
        public Level Current { get; private set; }

        /// <summary>Goes to the next level. False when there is none.</summary>
        public bool MoveNext()
        {
            if (_next >= _ladder._far.Count)
            {
                return false;
            }

            Current = _ladder.FarLevel(_next++);
            return true;
        }
    }
}
