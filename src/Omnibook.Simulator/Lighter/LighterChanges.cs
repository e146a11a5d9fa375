using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Lighter;

/// <summary>What the next book message has to tell: the levels touched since the last one, in the order of their first touch.</summary>
internal sealed class LighterChanges
{
    private readonly Dictionary<long, TrueLevel> _bids = [];
    private readonly Dictionary<long, TrueLevel> _asks = [];

    /// <summary>True when nothing was touched.</summary>
    public bool IsEmpty => _bids.Count + _asks.Count == 0;

    /// <summary>The touched bids; quantity 0 where the level is gone, also when no listener ever saw it.</summary>
    public IEnumerable<TrueLevel> Bids => _bids.Values;

    /// <summary>The touched asks.</summary>
    public IEnumerable<TrueLevel> Asks => _asks.Values;

    /// <summary>A level changed.</summary>
    public void Add(in LevelChange change) => (change.Side == Side.Bid ? _bids : _asks)[change.After.Price] = change.After;

    /// <summary>The message is out.</summary>
    public void Clear()
    {
        _bids.Clear();
        _asks.Clear();
    }
}
