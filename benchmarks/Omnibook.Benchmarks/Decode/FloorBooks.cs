namespace Omnibook.Benchmarks.Decode;

/// <summary>One side of a book of scaled integers; lower is better (bids are negated).</summary>
internal abstract class FloorSide
{
    public abstract long Best { get; }

    public abstract void Set(long price, long quantity);

    public abstract IEnumerable<(long Price, long Quantity)> BestFirst();
}

/// <summary>Two arrays kept in order, binary search and moves.</summary>
internal sealed class SortedArraySide : FloorSide
{
    private long[] _prices = new long[16_384];
    private long[] _quantities = new long[16_384];
    private int _count;

    // Best at the end, where most changes are, so that little is moved.
    public override long Best => -_prices[_count - 1];

    public override void Set(long price, long quantity)
    {
        var at = Array.BinarySearch(_prices, 0, _count, -price);
        if (at >= 0)
        {
            _quantities[at] = quantity;
            if (quantity == 0)
            {
                Move(at + 1, at, _count - at - 1);
                _count--;
            }
        }
        else if (quantity != 0)
        {
            Insert(~at, -price, quantity);
        }
    }

    public override IEnumerable<(long Price, long Quantity)> BestFirst()
    {
        for (var i = _count - 1; i >= 0; i--)
        {
            yield return (-_prices[i], _quantities[i]);
        }
    }

    private void Insert(int at, long key, long quantity)
    {
        if (_count == _prices.Length)
        {
            Array.Resize(ref _prices, _count * 2);
            Array.Resize(ref _quantities, _count * 2);
        }

        Move(at, at + 1, _count - at);
        (_prices[at], _quantities[at]) = (key, quantity);
        _count++;
    }

    private void Move(int from, int to, int count)
    {
        Array.Copy(_prices, from, _prices, to, count);
        Array.Copy(_quantities, from, _quantities, to, count);
    }
}

/// <summary>
/// One place for every price of a wide window around the first one, a dictionary for those beyond: nothing is searched, nothing is moved,
/// and it costs megabytes. A floor to measure against, not a structure to serve two thousand books with.
/// </summary>
internal sealed class IndexedSide(int sign) : FloorSide
{
    private const int Window = 1 << 21;
    private const long Nowhere = long.MinValue;

    private readonly long[] _quantities = new long[Window];
    private readonly SortedDictionary<long, long> _far = [];
    private long _origin = Nowhere;
    private long _best = sign > 0 ? Window : 0;

    public override long Best => sign * (_best + _origin);

    public override void Set(long price, long quantity)
    {
        if (_origin == Nowhere)
        {
            _origin = sign * price - Window / 2;
        }

        var index = sign * price - _origin;
        if ((ulong)index >= Window)
        {
            SetFar(index, quantity);
            return;
        }

        _quantities[index] = quantity;
        if (quantity != 0)
        {
            _best = sign > 0 ? Math.Min(_best, index) : Math.Max(_best, index);
        }
        else if (index == _best)
        {
            while (_quantities[_best] == 0)
            {
                _best += sign;
            }
        }
    }

    /// <summary>Forgets the levels of these prices, which are all.</summary>
    public void Clear(List<long> prices)
    {
        foreach (var price in prices)
        {
            var index = sign * price - _origin;
            if ((ulong)index < Window)
            {
                _quantities[index] = 0;
            }
        }

        _far.Clear();
        _best = sign > 0 ? Window : 0;
    }

    public override IEnumerable<(long Price, long Quantity)> BestFirst()
    {
        var near = Enumerable.Range(0, Window).Where(i => _quantities[i] != 0).Select(i => ((long)i, _quantities[i]));
        var (below, above) = (_far.Where(level => level.Key < 0), _far.Where(level => level.Key >= 0));
        var all = below.Select(Pair).Concat(near).Concat(above.Select(Pair)).Select(level => (sign * (level.Item1 + _origin), level.Item2));
        return sign > 0 ? all : all.Reverse();
    }

    private static (long Index, long Quantity) Pair(KeyValuePair<long, long> level) => (level.Key, level.Value);

    private void SetFar(long index, long quantity)
    {
        if (quantity == 0)
        {
            _far.Remove(index);
        }
        else
        {
            _far[index] = quantity;
        }
    }
}
