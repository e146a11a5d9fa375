using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Tests.Core.Books;

/// <summary>The book as one would write it on a napkin: sorted dictionaries and the gap rule, nothing else. The oracle of the fast one.</summary>
internal sealed class NaiveBook
{
    private readonly List<(long First, long Last, Level[] Bids, Level[] Asks)> _kept = [];

    public NaiveSide Bids { get; } = new(Side.Bid);

    public NaiveSide Asks { get; } = new(Side.Ask);

    public bool IsLive { get; private set; }

    public long Sequence { get; private set; }

    public int Kept => _kept.Count;

    public void Update(long first, long last, Level[] bids, Level[] asks)
    {
        if (!IsLive)
        {
            _kept.Add((first, last, bids, asks));
        }
        else if (last > Sequence && first > Sequence + 1)
        {
            IsLive = false;
            _kept.Add((first, last, bids, asks));
        }
        else if (last > Sequence)
        {
            Set(last, bids, asks);
        }
    }

    public void Snapshot(long sequence, Level[] bids, Level[] asks)
    {
        if (IsLive && sequence < Sequence)
        {
            return;
        }

        var end = sequence;
        foreach (var (first, last, _, _) in _kept.Where(kept => kept.Last > sequence))
        {
            if (last <= end)
            {
                continue;
            }

            if (first > end + 1)
            {
                return;
            }

            end = last;
        }

        Bids.Clear();
        Asks.Clear();
        Set(sequence, bids, asks);
        IsLive = true;
        foreach (var (first, last, keptBids, keptAsks) in _kept.ToArray())
        {
            Update(first, last, keptBids, keptAsks);
        }

        _kept.Clear();
    }

    public void Disconnect()
    {
        IsLive = false;
        _kept.Clear();
    }

    private void Set(long sequence, Level[] bids, Level[] asks)
    {
        Array.ForEach(bids, bid => Bids.Set(bid));
        Array.ForEach(asks, ask => Asks.Set(ask));
        Sequence = sequence;
    }
}

/// <summary>One side as a sorted dictionary.</summary>
internal sealed class NaiveSide(Side side)
{
    private readonly SortedDictionary<long, Level> _levels =
        new(side == Side.Bid ? Comparer<long>.Create((left, right) => right.CompareTo(left)) : Comparer<long>.Default);

    public int Count => _levels.Count;

    public IEnumerable<Level> Levels => _levels.Values;

    /// <summary>False for the delete of a level that is not there.</summary>
    public bool Set(Level level)
    {
        if (level.Quantity.Units == 0)
        {
            return _levels.Remove(level.Price.Units);
        }

        _levels[level.Price.Units] = level;
        return true;
    }

    public long QuantityAt(long price) => _levels.TryGetValue(price, out var level) ? level.Quantity.Units : 0;

    public void Clear() => _levels.Clear();
}
