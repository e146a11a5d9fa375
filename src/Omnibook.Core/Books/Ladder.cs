using System.Buffers;
using System.Runtime.CompilerServices;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Books;

/// <summary>One side of a book. Levels are told best first: the highest bid, the lowest ask.</summary>
/// <remarks>
/// Levels around the touch lie in a <see cref="PriceWindow"/>, indexed by price; those outside it, and prices between two ticks, in
/// <see cref="SortedLevels"/>. A small book has no window at all. The window is laid anew, in one pass over all levels, when the touch
/// leaves its middle or too many levels lie outside.
/// </remarks>
public sealed class Ladder
{
    /// <summary>So many levels may lie outside without a window: searching them costs no more than a window does.</summary>
    private const int FarWithoutWindow = 64;

    private readonly SortedLevels _far = new();
    private readonly PriceWindow _window = new();
    private TickDivision _ticks;
    private readonly int _sign;
    private int _farLimit = FarWithoutWindow;
    private TickDivision _nextTicks;
    private bool _isOffTick;

    internal Ladder(Side side, Price tick)
    {
        Side = side;
        _ticks = _nextTicks = new TickDivision(tick.Units);
        _sign = side == Side.Ask ? 1 : -1;
    }

    /// <summary>Which side of the book it is.</summary>
    public Side Side { get; }

    /// <summary>How many levels there are.</summary>
    public int Count => _far.Count + _window.Count;

    /// <summary>How many levels lie outside the window.</summary>
    internal int FarCount => _far.Count;

    /// <summary>How many pages the window spans.</summary>
    internal int WindowPages => _window.PageCount;

    /// <summary>How often the window was laid anew.</summary>
    internal int Layouts { get; private set; }

    /// <summary>The best level. False when the side is empty.</summary>
    public bool TryGetBest(out Level best)
    {
        if (_window.Count > 0 && (_far.Count == 0 || _window.Best * _ticks.Tick < _far.Ranks[0]))
        {
            _window.GetBest(out var quantity, out var orders);
            best = new Level(new Price(_sign * _window.Best * _ticks.Tick), new Quantity(quantity), orders);
            return true;
        }

        best = _far.Count > 0 ? FarLevel(0) : default;
        return _far.Count > 0;
    }

    /// <summary>The quantity at a price, in units of the instrument's quantity scale; 0 when there is no such level.</summary>
    public long QuantityAt(Price price)
    {
        if (TryFindTick(price.Units, out var tick))
        {
            return _window.QuantityAt(tick);
        }

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
        if (TryFindTick(level.Price.Units, out var tick))
        {
            return _window.Apply(tick, level.Quantity.Units, level.Orders) && (level.Quantity.Units != 0 || FollowTouch(tick));
        }

        if (level.Quantity.Units == 0)
        {
            return _far.Remove(_sign * level.Price.Units);
        }

        SetFar(level);
        return true;
    }

    /// <summary>Removes every level.</summary>
    internal void Clear()
    {
        _far.Clear();
        _window.Clear();
        _farLimit = FarWithoutWindow;
    }

    /// <summary>
    /// Removes every level, to take those of a whole book, which is expected to be like the one before: the window stays where it is,
    /// and as many levels may lie outside. <see cref="Settle"/> is to follow.
    /// </summary>
    internal void Empty()
    {
        _far.Clear();
        _window.Clear();
    }

    /// <summary>Whether a price between two ticks was set since this was last asked: nothing is wrong but what is known of the tick.</summary>
    internal bool TakeOffTick()
    {
        var offTick = _isOffTick;
        _isOffTick = false;
        return offTick;
    }

    /// <summary>Counts in other ticks from now on; the levels stay.</summary>
    internal void CountIn(Price tick)
    {
        _nextTicks = new TickDivision(tick.Units);
        LayWindow();
    }

    /// <summary>After a whole book was taken: when it is not like the one before, the window is laid for it.</summary>
    internal void Settle()
    {
        if (_far.Count > FarWithoutWindow && _far.Count > _window.Count)
        {
            LayWindow();
        }
    }

    /// <summary>The tick of a price, counted so that lower is better. False for prices that the window cannot hold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryFindTick(long price, out long tick)
    {
        var isTick = _ticks.TryDivide(price, out tick);
        tick *= _sign;
        return isTick && _window.Spans(tick);
    }

    /// <summary>After a removal: when the best level is far behind the one that went, the window goes after it. True always.</summary>
    private bool FollowTouch(long removed)
    {
        if (removed < _window.Best && _window.Count > 0 && WindowPlan.IsBehind(_window.PagesBeforeBest, _window.PageCount))
        {
            LayWindow();
        }

        return true;
    }

    private void SetFar(in Level level)
    {
        var rank = _sign * level.Price.Units;
        if (!_far.Set(rank, level.Quantity.Units, level.Orders))
        {
            return;
        }

        _isOffTick |= !_ticks.TryDivide(level.Price.Units, out _);

        var isAhead = _window.PageCount > 0
            && _far.Count > 2 * WindowPlan.Strays
            && _far.Ranks[2 * WindowPlan.Strays] < _window.FirstTick * _ticks.Tick;
        if (isAhead || _far.Count > _farLimit)
        {
            LayWindow();
        }
    }

    /// <summary>Lays the window around the touch and sorts every level in or out.</summary>
    private void LayWindow()
    {
        var levels = ArrayPool<Level>.Shared.Rent(Count);
        var count = CopyTo(levels);
        _ticks = _nextTicks;
        var plan = count > 0 ? WindowPlan.For(levels.AsSpan(0, count), _ticks, _sign) : default;
        _far.Clear();
        _window.Clear(plan.FirstPage, plan.Pages);
        foreach (ref readonly var level in levels.AsSpan(0, count))
        {
            if (TryFindTick(level.Price.Units, out var tick))
            {
                _window.Apply(tick, level.Quantity.Units, level.Orders);
            }
            else
            {
                _far.Set(_sign * level.Price.Units, level.Quantity.Units, level.Orders);
            }
        }

        ArrayPool<Level>.Shared.Return(levels);
        _farLimit = Math.Max(FarWithoutWindow, 2 * _far.Count);
        Layouts++;
    }

    private Level FarLevel(int index) =>
        new(new Price(_sign * _far.Ranks[index]), new Quantity(_far.QuantityOf(index)), _far.OrdersOf(index));

    /// <summary>A place in a ladder, going from the best level to the worst.</summary>
    public struct Enumerator
    {
        private readonly Ladder _ladder;
        private PriceWindow.Walk _near;
        private int _nextFar;

        internal Enumerator(Ladder ladder)
        {
            _ladder = ladder;
            _near = new PriceWindow.Walk(ladder._window);
        }

        /// <summary>The level at this place.</summary>
        public Level Current { get; private set; }

        /// <summary>Goes to the next level. False when there is none.</summary>
        public bool MoveNext()
        {
            var near = _near.Tick;
            var far = _ladder._far;
            if (_nextFar < far.Count && (near == long.MaxValue || far.Ranks[_nextFar] < near * _ladder._ticks.Tick))
            {
                Current = _ladder.FarLevel(_nextFar++);
                return true;
            }

            if (near == long.MaxValue)
            {
                return false;
            }

            var price = _ladder._sign * near * _ladder._ticks.Tick;
            Current = new Level(new Price(price), new Quantity(_near.Quantity), _near.Orders);
            _near.Next();
            return true;
        }
    }
}
