using System.Numerics;
using System.Runtime.CompilerServices;

namespace Omnibook.Core.Books;

/// <summary>
/// Room for the quantities of many pages in one array. A page holds a block of 1, 2, 4 … 64 places; freed blocks are linked through
/// their first place and used again, so that nothing is allocated once a book has its size.
/// </summary>
internal struct LevelPool()
{
    /// <summary>Blocks of 2^0 to 2^6 places.</summary>
    private const int Classes = 7;

    private const int FirstCapacity = 64;
    private const int NoBlock = -1;

    private readonly int[] _free = NewFreeLists();
    private long[] _quantities = [];
    private int[] _orders = [];
    private int _used;

    /// <summary>The quantities of all blocks.</summary>
    public readonly long[] Quantities => _quantities;

    /// <summary>Which class of block holds so many levels.</summary>
    public static int ClassOf(int levels) => BitOperations.Log2((uint)levels * 2 - 1);

    /// <summary>Takes a block and returns where it begins.</summary>
    public int Take(int blockClass)
    {
        var block = _free[blockClass];
        if (block != NoBlock)
        {
            _free[blockClass] = (int)_quantities[block];
            return block;
        }

        block = _used;
        _used += 1 << blockClass;
        if (_used > _quantities.Length)
        {
            Grow(Math.Max(FirstCapacity, Math.Max(_used, _quantities.Length + _quantities.Length / 2)));
        }

        return block;
    }

    /// <summary>Gives a block back.</summary>
    public readonly void Give(int block, int blockClass)
    {
        _quantities[block] = _free[blockClass];
        _free[blockClass] = block;
    }

    /// <summary>Gives all blocks back at once.</summary>
    public void Clear()
    {
        _used = 0;
        Array.Fill(_free, NoBlock);
    }

    /// <summary>Writes a level.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(int place, long quantity, int orders)
    {
        _quantities[place] = quantity;
        if ((_orders.Length | orders) != 0)
        {
            WriteOrders(place, orders);
        }
    }

    /// <summary>How many orders; 0 when no venue has told any.</summary>
    public readonly int OrdersAt(int place) => place < _orders.Length ? _orders[place] : 0;

    /// <summary>Copies levels within the array; the ranges may overlap.</summary>
    public readonly void Move(int from, int to, int count)
    {
        if (count > 0)
        {
            Move(_quantities, from, to, count);
            if (_orders.Length > 0)
            {
                Move(_orders, from, to, count);
            }
        }
    }

    /// <summary>Most moves are of a few places, for which the call of a block copy costs more than the copy.</summary>
    private static void Move<T>(T[] array, int from, int to, int count)
    {
        if (count > 8)
        {
            array.AsSpan(from, count).CopyTo(array.AsSpan(to, count));
        }
        else if (from < to)
        {
            for (var i = count - 1; i >= 0; i--)
            {
                array[to + i] = array[from + i];
            }
        }
        else
        {
            for (var i = 0; i < count; i++)
            {
                array[to + i] = array[from + i];
            }
        }
    }

    private void WriteOrders(int place, int orders)
    {
        if (_orders.Length == 0)
        {
            _orders = new int[_quantities.Length];
        }

        _orders[place] = orders;
    }

    private void Grow(int capacity)
    {
        Array.Resize(ref _quantities, capacity);
        if (_orders.Length > 0)
        {
            Array.Resize(ref _orders, capacity);
        }
    }

    private static int[] NewFreeLists()
    {
        var lists = new int[Classes];
        Array.Fill(lists, NoBlock);
        return lists;
    }
}
