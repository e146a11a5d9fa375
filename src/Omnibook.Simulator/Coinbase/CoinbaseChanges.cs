using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Coinbase;

/// <summary>The levels of a book that were touched since its last frame, each with its newest state, in the order of their last touch.</summary>
internal sealed class CoinbaseChanges
{
    private readonly List<LevelChange> _changes = [];

    /// <summary>True when nothing was touched.</summary>
    public bool IsEmpty => _changes.Count == 0;

    /// <summary>The newest change of each level; quantity 0 where it is gone, also when no listener ever saw it.</summary>
    public IEnumerable<LevelChange> Newest
    {
        get
        {
            var seen = new HashSet<(Side, long)>();
            return Enumerable.Reverse(_changes).Where(change => seen.Add((change.Side, change.After.Price))).Reverse();
        }
    }

    /// <summary>A level changed.</summary>
    public void Add(in LevelChange change) => _changes.Add(change);

    /// <summary>The frame is out.</summary>
    public void Clear() => _changes.Clear();
}
