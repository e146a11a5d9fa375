using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Benchmarks.Books;

/// <summary>A structure that holds both sides of a book. Bids have negated prices, so that lower is better on both sides.</summary>
internal abstract class LadderCandidate
{
    /// <summary>The best of both sides, kept up after every frame as a book must.</summary>
    public long Touch { get; private set; }

    public void Apply(Level[][] frames)
    {
        foreach (var frame in frames)
        {
            Apply(frame);
            Touch += BestOf(0) + BestOf(1);
        }
    }

    /// <summary>Fails when the book is not exactly the expected one.</summary>
    public void AssertIs(Level[] expected)
    {
        foreach (var level in expected)
        {
            if (QuantityAt(level.Price.Units) != level.Quantity.Units)
            {
                throw new InvalidOperationException($"{GetType().Name} has a wrong quantity at {level.Price.Units}.");
            }
        }

        if (Count != expected.Length)
        {
            throw new InvalidOperationException($"{GetType().Name} has {Count} levels, not {expected.Length}.");
        }
    }

    protected abstract int Count { get; }

    protected abstract long QuantityAt(long signedPrice);

    protected abstract long BestOf(int side);

    protected abstract void Apply(Level[] frame);

    protected static int SideOf(long signedPrice) => signedPrice < 0 ? 0 : 1;
}

/// <summary>The usual way, and already with integers: most use decimals.</summary>
internal sealed class SortedDictionaryCandidate : LadderCandidate
{
    private readonly SortedDictionary<long, long>[] _sides = [[], []];

    protected override int Count => _sides[0].Count + _sides[1].Count;

    protected override long QuantityAt(long signedPrice) => _sides[SideOf(signedPrice)].GetValueOrDefault(signedPrice);

    protected override long BestOf(int side)
    {
        foreach (var level in _sides[side])
        {
            return level.Key;
        }

        return 0;
    }

    protected override void Apply(Level[] frame)
    {
        foreach (ref readonly var level in frame.AsSpan())
        {
            var side = _sides[SideOf(level.Price.Units)];
            if (level.Quantity.Units == 0)
            {
                side.Remove(level.Price.Units);
            }
            else
            {
                side[level.Price.Units] = level.Quantity.Units;
            }
        }
    }
}

/// <summary>Binary search in an array with the best level last, where most changes are and least has to be moved.</summary>
internal sealed class SortedArrayCandidate : LadderCandidate
{
    private readonly long[][] _ranks = [new long[64], new long[64]];
    private readonly long[][] _quantities = [new long[64], new long[64]];
    private readonly int[] _counts = [0, 0];

    protected override int Count => _counts[0] + _counts[1];

    protected override long QuantityAt(long signedPrice)
    {
        var side = SideOf(signedPrice);
        var index = Array.BinarySearch(_ranks[side], 0, _counts[side], -signedPrice);
        return index < 0 ? 0 : _quantities[side][index];
    }

    protected override long BestOf(int side) => _counts[side] == 0 ? 0 : -_ranks[side][_counts[side] - 1];

    protected override void Apply(Level[] frame)
    {
        foreach (ref readonly var level in frame.AsSpan())
        {
            Set(SideOf(level.Price.Units), -level.Price.Units, level.Quantity.Units);
        }
    }

    private void Set(int side, long rank, long quantity)
    {
        var (ranks, quantities, count) = (_ranks[side], _quantities[side], _counts[side]);
        var index = Array.BinarySearch(ranks, 0, count, rank);
        if (index >= 0)
        {
            quantities[index] = quantity;
            if (quantity == 0)
            {
                Array.Copy(ranks, index + 1, ranks, index, count - index - 1);
                Array.Copy(quantities, index + 1, quantities, index, count - index - 1);
                _counts[side]--;
            }
        }
        else if (quantity != 0)
        {
            Insert(side, ~index, rank, quantity);
        }
    }

    private void Insert(int side, int index, long rank, long quantity)
    {
        if (_counts[side] == _ranks[side].Length)
        {
            Array.Resize(ref _ranks[side], _ranks[side].Length * 2);
            Array.Resize(ref _quantities[side], _quantities[side].Length * 2);
        }

        var (ranks, quantities, count) = (_ranks[side], _quantities[side], _counts[side]++);
        Array.Copy(ranks, index, ranks, index + 1, count - index);
        Array.Copy(quantities, index, quantities, index + 1, count - index);
        (ranks[index], quantities[index]) = (rank, quantity);
    }
}

/// <summary>One place a tick over 65,536 ticks that never move, and a sorted array for the rest: the fastest known, and the largest.</summary>
internal sealed class FlatWindowCandidate : LadderCandidate
{
    private const int Ticks = 65_536;
    private readonly long[][] _quantities = [new long[Ticks], new long[Ticks]];
    private readonly long[] _firstTicks = [long.MinValue, long.MinValue];
    private readonly int[] _counts = [0, 0];
    private readonly int[] _best = [Ticks, Ticks];
    private readonly SortedLevels[] _far = [new(), new()];

    protected override int Count => _counts[0] + _counts[1] + _far[0].Count + _far[1].Count;

    protected override long QuantityAt(long signedPrice)
    {
        var side = SideOf(signedPrice);
        var place = (ulong)(signedPrice - _firstTicks[side]);
        if (place < Ticks)
        {
            return _quantities[side][place];
        }

        var index = _far[side].Find(signedPrice);
        return index < _far[side].Count && _far[side].Ranks[index] == signedPrice ? _far[side].QuantityOf(index) : 0;
    }

    protected override long BestOf(int side) => _firstTicks[side] + _best[side];

    protected override void Apply(Level[] frame)
    {
        foreach (ref readonly var level in frame.AsSpan())
        {
            Set(SideOf(level.Price.Units), level.Price.Units, level.Quantity.Units);
        }
    }

    private void Set(int side, long rank, long quantity)
    {
        if (_firstTicks[side] == long.MinValue)
        {
            _firstTicks[side] = (side == 0 ? -617_000 : 617_000) - Ticks / 4;
        }

        var place = (ulong)(rank - _firstTicks[side]);
        if (place >= Ticks)
        {
            SetFar(_far[side], rank, quantity);
            return;
        }

        ref var at = ref _quantities[side][place];
        _counts[side] += (at == 0 ? 1 : 0) - (quantity == 0 ? 1 : 0);
        at = quantity;
        if (quantity == 0)
        {
            MoveBest(side, (int)place);
        }
        else if ((int)place < _best[side])
        {
            _best[side] = (int)place;
        }
    }

    private static void SetFar(SortedLevels far, long rank, long quantity)
    {
        if (quantity == 0)
        {
            far.Remove(rank);
        }
        else
        {
            far.Set(rank, quantity, 0);
        }
    }

    private void MoveBest(int side, int removed)
    {
        if (removed == _best[side])
        {
            var next = _quantities[side].AsSpan(removed).IndexOfAnyExcept(0L);
            _best[side] = next < 0 ? Ticks : removed + next;
        }
    }
}

/// <summary>The ladders of Omnibook's own book.</summary>
internal sealed class OmnibookCandidate : LadderCandidate
{
    private readonly Ladder[] _sides = [new(Side.Bid, new Price(1)), new(Side.Ask, new Price(1))];

    protected override int Count => _sides[0].Count + _sides[1].Count;

    protected override long QuantityAt(long signedPrice) => _sides[SideOf(signedPrice)].QuantityAt(new Price(Math.Abs(signedPrice)));

    protected override long BestOf(int side) => _sides[side].TryGetBest(out var best) ? best.Price.Units : 0;

    protected override void Apply(Level[] frame)
    {
        foreach (ref readonly var level in frame.AsSpan())
        {
            _sides[SideOf(level.Price.Units)].Apply(level with { Price = new Price(Math.Abs(level.Price.Units)) });
        }
    }
}
