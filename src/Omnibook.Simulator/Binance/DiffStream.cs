using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Binance;

/// <summary>
/// What one diff depth stream has to tell: the levels touched since its last event. The chain of ids belongs to the stream, whoever listens.
/// </summary>
/// <param name="suffix">The part of the stream's name after <c>depth</c>: for example <c>@100ms</c>.</param>
internal sealed class DiffStream(string suffix)
{
    private readonly Dictionary<long, TrueLevel> _bids = [];
    private readonly Dictionary<long, TrueLevel> _asks = [];

    /// <summary>The part of the name after <c>depth</c>.</summary>
    public string Suffix { get; } = suffix;

    /// <summary>The first update id since the last event; 0 when there is none.</summary>
    public long First { get; private set; }

    /// <summary>The last update id since the last event.</summary>
    public long Last { get; private set; }

    /// <summary>The last update id of the last event.</summary>
    public long Previous { get; private set; }

    /// <summary>When the last change happened, Unix milliseconds.</summary>
    public long Milliseconds { get; private set; }

    /// <summary>The touched bids by price; quantity 0 where the level is gone, also when no listener ever saw it.</summary>
    public IEnumerable<TrueLevel> Bids => _bids.Values.OrderBy(static level => level.Price);

    /// <summary>The touched asks by price.</summary>
    public IEnumerable<TrueLevel> Asks => _asks.Values.OrderBy(static level => level.Price);

    /// <summary>A level changed.</summary>
    public void Add(in LevelChange change)
    {
        First = First == 0 ? change.Sequence : First;
        Last = change.Sequence;
        Milliseconds = change.Milliseconds;
        (change.Side == Side.Bid ? _bids : _asks)[change.After.Price] = change.After;
    }

    /// <summary>The event is out.</summary>
    public void Flush()
    {
        Previous = Last;
        First = 0;
        _bids.Clear();
        _asks.Clear();
    }

    /// <summary>The ids begin anew: what was not told yet never is, so that no event spans both counts.</summary>
    public void Restart()
    {
        Flush();
        Previous = 0;
    }
}
