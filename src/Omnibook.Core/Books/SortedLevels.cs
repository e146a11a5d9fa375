using System.Runtime.CompilerServices;

namespace Omnibook.Core.Books;

/// <summary>Levels in an array sorted by rank, best first: small books whole, and of large ones the levels far from the touch.</summary>
/// <remarks>Rank is the price of an ask and the negated price of a bid, so that lower is better on both sides.</remarks>
internal sealed class SortedLevels
{
    private const int FirstCapacity = 32;

    private long[] _ranks = [];
    private long[] _quantities = [];
    private int[] _orders = [];

    /// <summary>How many levels there are.</summary>
    public int Count { get; private set; }

    /// <summary>The ranks, best first.</summary>
    public ReadOnlySpan<long> Ranks => _ranks.AsSpan(0, Count);

    /// <summary>The quantity of the level at an index.</summary>
    public long QuantityOf(int index) => _quantities[index];

    /// <summary>The orders of the level at an index; 0 when no venue has told any.</summary>
    public int OrdersOf(int index) => index < _orders.Length ? _orders[index] : 0;

    /// <summary>Index of the first level of <paramref name="rank"/> or worse.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(long rank)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (int)((uint)(low + high) >> 1);
            if (_ranks[middle] < rank)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>Sets a level. True when it is a new one.</summary>
    public bool Set(long rank, long quantity, int orders)
    {
        var index = Count > 0 && rank > _ranks[Count - 1] ? Count : Find(rank);
        var isNew = index == Count || _ranks[index] != rank;
        if (isNew)
        {
            OpenAt(index, rank);
        }

        _quantities[index] = quantity;
        SetOrders(index, orders);
        return isNew;
    }

    /// <summary>Removes a level. False when it is not there.</summary>
    public bool Remove(long rank)
    {
        var index = Find(rank);
        if (index == Count || _ranks[index] != rank)
        {
            return false;
        }

        Move(index + 1, index);
        Count--;
        return true;
    }

    /// <summary>Removes all levels and keeps the room.</summary>
    public void Clear() => Count = 0;

    private void OpenAt(int index, long rank)
    {
        if (Count == _ranks.Length)
        {
            Grow(Math.Max(FirstCapacity, Count * 2));
        }

        Move(index, index + 1);
        _ranks[index] = rank;
        Count++;
    }

    private void Move(int from, int to)
    {
        Array.Copy(_ranks, from, _ranks, to, Count - from);
        Array.Copy(_quantities, from, _quantities, to, Count - from);
        if (_orders.Length > 0)
        {
            Array.Copy(_orders, from, _orders, to, Count - from);
        }
    }

    private void Grow(int capacity)
    {
        Array.Resize(ref _ranks, capacity);
        Array.Resize(ref _quantities, capacity);
        if (_orders.Length > 0)
        {
            Array.Resize(ref _orders, capacity);
        }
    }

    /// <summary>Counts of orders take room only once a venue tells one.</summary>
    private void SetOrders(int index, int orders)
    {
        if (_orders.Length > 0)
        {
            _orders[index] = orders;
        }
        else if (orders != 0)
        {
            _orders = new int[_ranks.Length];
            _orders[index] = orders;
        }
    }
}
