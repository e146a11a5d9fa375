using System.Numerics;
using System.Runtime.CompilerServices;

namespace Omnibook.Core.Books;

/// <summary>
/// The levels of one side around the touch, found by their price and not by searching: 64 ticks make a page, a page has a bit for each
/// tick, and the quantities of its set bits lie packed, in order, in a block of the <see cref="LevelPool"/>.
/// </summary>
/// <remarks>
/// Ticks are counted so that lower is better on both sides (bids by the negated tick). A page costs 16 bytes, a level about 11: real
/// books have some six levels in 64 ticks, for which one 8-byte place a tick would be ten times larger.
/// </remarks>
internal sealed class PriceWindow
{
    private const int TicksPerPageShift = 6;

    /// <summary>Room for so many times the pages that are needed is kept.</summary>
    private const int MostSpare = 4;

    private LevelPool _pool = new();
    private Page[] _pages = [];
    private int _pageCount;
    private long _firstPage;

    /// <summary>How many levels there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many pages of 64 ticks it spans.</summary>
    public int PageCount => _pageCount;

    /// <summary>The first tick that it spans.</summary>
    public long FirstTick => _firstPage << TicksPerPageShift;

    /// <summary>The tick of the best level; <see cref="long.MaxValue"/> when there is none.</summary>
    public long Best { get; private set; } = long.MaxValue;

    /// <summary>How many pages lie before the best level.</summary>
    public long PagesBeforeBest => (Best >> TicksPerPageShift) - _firstPage;

    /// <summary>The page of a tick.</summary>
    public static long PageOf(long tick) => tick >> TicksPerPageShift;

    /// <summary>Whether a tick lies within.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Spans(long tick) => (ulong)((tick >> TicksPerPageShift) - _firstPage) < (ulong)_pageCount;

    /// <summary>Sets or, with quantity zero, removes the level of a tick within. False for the removal of a level that is not there.</summary>
    public bool Apply(long tick, long quantity, int orders)
    {
        ref var page = ref _pages[(tick >> TicksPerPageShift) - _firstPage];
        var bit = 1UL << (int)tick;
        var place = BitOperations.PopCount(page.Occupied & (bit - 1));
        if ((page.Occupied & bit) != 0)
        {
            if (quantity != 0)
            {
                _pool.Write(page.Block + place, quantity, orders);
            }
            else
            {
                Remove(ref page, tick, place);
            }

            return true;
        }

        if (quantity != 0)
        {
            Insert(ref page, tick, place);
            _pool.Write(page.Block + place, quantity, orders);
        }

        return quantity != 0;
    }

    /// <summary>The quantity of a tick within; 0 when there is no level.</summary>
    public long QuantityAt(long tick)
    {
        ref readonly var page = ref _pages[(tick >> TicksPerPageShift) - _firstPage];
        var bit = 1UL << (int)tick;
        return (page.Occupied & bit) != 0
            ? _pool.Quantities[page.Block + BitOperations.PopCount(page.Occupied & (bit - 1))]
            : 0;
    }

    /// <summary>The best level, of which there must be one.</summary>
    public void GetBest(out long quantity, out int orders)
    {
        var block = _pages[(Best >> TicksPerPageShift) - _firstPage].Block;
        quantity = _pool.Quantities[block];
        orders = _pool.OrdersAt(block);
    }

    /// <summary>Removes all levels and keeps the room.</summary>
    public void Clear()
    {
        Array.Clear(_pages, 0, _pageCount);
        _pool.Clear();
        Count = 0;
        Best = long.MaxValue;
    }

    /// <summary>Removes all levels and spans other ticks. A window that swings between two widths keeps the room of the larger one.</summary>
    public void Clear(long firstPage, int pages)
    {
        Clear();
        _pages = pages <= _pages.Length && _pages.Length <= pages * MostSpare ? _pages : new Page[pages];
        (_firstPage, _pageCount) = (firstPage, pages);
    }

    private void Insert(ref Page page, long tick, int place)
    {
        var count = BitOperations.PopCount(page.Occupied);
        if (count == 0)
        {
            page.Block = _pool.Take(0);
            page.BlockClass = 0;
        }
        else if (count == 1 << page.BlockClass)
        {
            Enlarge(ref page, place, count);
        }
        else
        {
            _pool.Move(page.Block + place, page.Block + place + 1, count - place);
        }

        page.Occupied |= 1UL << (int)tick;
        Count++;
        if (tick < Best)
        {
            Best = tick;
        }
    }

    private void Remove(ref Page page, long tick, int place)
    {
        var count = BitOperations.PopCount(page.Occupied) - 1;
        page.Occupied &= ~(1UL << (int)tick);
        if (count == 0)
        {
            _pool.Give(page.Block, page.BlockClass);
        }
        else
        {
            _pool.Move(page.Block + place + 1, page.Block + place, count - place);
            if (count == 1 << page.BlockClass >> 2)
            {
                Shrink(ref page, count);
            }
        }

        Count--;
        if (tick == Best)
        {
            Best = FirstFrom(tick);
        }
    }

    private void Enlarge(ref Page page, int place, int count)
    {
        var block = _pool.Take(page.BlockClass + 1);
        _pool.Move(page.Block, block, place);
        _pool.Move(page.Block + place, block + place + 1, count - place);
        _pool.Give(page.Block, page.BlockClass);
        page.Block = block;
        page.BlockClass++;
    }

    /// <summary>A quarter full: half the block will do, and leaves room for as many again.</summary>
    private void Shrink(ref Page page, int count)
    {
        var block = _pool.Take(page.BlockClass - 1);
        _pool.Move(page.Block, block, count);
        _pool.Give(page.Block, page.BlockClass);
        page.Block = block;
        page.BlockClass--;
    }

    private long FirstFrom(long tick)
    {
        for (var page = (tick >> TicksPerPageShift) - _firstPage; page < _pageCount; page++)
        {
            if (_pages[page].Occupied != 0)
            {
                return ((_firstPage + page) << TicksPerPageShift) + BitOperations.TrailingZeroCount(_pages[page].Occupied);
            }
        }

        return long.MaxValue;
    }

    private struct Page
    {
        public ulong Occupied;
        public int Block;
        public int BlockClass;
    }

    /// <summary>A place in a window, going from the best level to the worst.</summary>
    public struct Walk
    {
        private readonly PriceWindow _window;
        private long _page;
        private ulong _left;
        private int _place;

        public Walk(PriceWindow window)
        {
            _window = window;
            if (window.Count > 0)
            {
                _page = window.PagesBeforeBest;
                Begin();
            }
        }

        /// <summary>The tick of the level at this place; <see cref="long.MaxValue"/> after the last.</summary>
        public readonly long Tick => _left == 0
            ? long.MaxValue
            : ((_window._firstPage + _page) << TicksPerPageShift) + BitOperations.TrailingZeroCount(_left);

        /// <summary>Its quantity.</summary>
        public readonly long Quantity => _window._pool.Quantities[_place];

        /// <summary>Its orders.</summary>
        public readonly int Orders => _window._pool.OrdersAt(_place);

        /// <summary>Goes to the next level.</summary>
        public void Next()
        {
            _left &= _left - 1;
            _place++;
            while (_left == 0 && ++_page < _window._pageCount)
            {
                Begin();
            }
        }

        private void Begin()
        {
            _left = _window._pages[_page].Occupied;
            _place = _window._pages[_page].Block;
        }
    }
}
