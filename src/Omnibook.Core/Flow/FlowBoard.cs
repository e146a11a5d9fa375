using System.Diagnostics.CodeAnalysis;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Core.Flow;

/// <summary>The flow of one instrument.</summary>
/// <param name="instrument">Whose flow.</param>
/// <param name="options">How much is kept.</param>
/// <param name="watermark">What was recorded up to this position came before the flow began; everything after it is told to the flow.</param>
public sealed class InstrumentFlow(InstrumentId instrument, FlowOptions options, long watermark)
{
    private int _holders;

    /// <summary>Whose flow.</summary>
    public InstrumentId Instrument => instrument;

    /// <summary>What was recorded up to this position came before the flow began; everything after it is told to the flow.</summary>
    public long Watermark => watermark;

    /// <summary>Its trades.</summary>
    public TradeFlow Trades { get; } = new(options);

    /// <summary>Its book at every full minute.</summary>
    public BookSnapshots Books { get; } = new(options);

    /// <summary>Whether somebody holds on to it, so that it is not let go.</summary>
    public bool IsHeld => Volatile.Read(ref _holders) > 0;

    /// <summary>Whether the archive was asked for what came before, so that the trades are whole from <see cref="TradeFlow.Since"/> on.</summary>
    public bool IsPrimed { get; private set; }

    /// <summary>When the last trade came, by our clock.</summary>
    internal Timestamp LastHeardAt { get; set; }

    /// <summary>Takes what the archive has of before, everything up to <see cref="Watermark"/>.</summary>
    /// <param name="earlier">In order of time; of a second each, or of a minute.</param>
    /// <param name="from">A full minute: how far back the archive was asked.</param>
    /// <param name="firstAt">When the earliest trade was that the archive has of the instrument; unknown where it has none.</param>
    public void Prime(IReadOnlyList<FlowSlice> earlier, Timestamp from, Timestamp firstAt)
    {
        IsPrimed = true;
        if (!firstAt.IsUnknown)
        {
            Trades.Prime(earlier, from, firstAt);
        }
    }

    /// <summary>Holds on to it, from any thread, until <see cref="Release"/>.</summary>
    public void Hold() => Interlocked.Increment(ref _holders);

    /// <summary>Holds on to it no longer, from any thread.</summary>
    public void Release() => Interlocked.Decrement(ref _holders);
}

/// <summary>
/// The flow of every instrument that something is heard of, bounded in number: where there is no room, the one that nobody
/// holds and that was quiet for the longest time goes. Belongs to the market's owner.
/// </summary>
public sealed class FlowBoard(FlowOptions? options = null)
{
    private readonly FlowOptions _options = options ?? new FlowOptions();
    private readonly Dictionary<InstrumentId, InstrumentFlow> _flows = [];
    private readonly HashSet<InstrumentId> _told = [];
    private readonly List<InstrumentId> _kept = [];

    /// <summary>
    /// The position of the journal up to which everything was told to this board. To be set when all trades of a burst were, so that a flow that begins
    /// knows what came before it.
    /// </summary>
    public long Watermark { get; set; }

    /// <summary>The same when the board began: of an instrument that is told of for the first time, nothing was told since then.</summary>
    public long FirstWatermark { get; set; }

    /// <summary>The flows that are kept.</summary>
    public IReadOnlyCollection<InstrumentFlow> Flows => _flows.Values;

    /// <summary>Of how many instruments something is kept.</summary>
    public int Count => _flows.Count;

    /// <summary>The flow of an instrument, if something is kept of it.</summary>
    public bool TryFind(InstrumentId instrument, [NotNullWhen(true)] out InstrumentFlow? flow) => _flows.TryGetValue(instrument, out flow);

    /// <summary>The flow of an instrument, begun now if nothing is kept of it.</summary>
    /// <param name="instrument">Whose flow.</param>
    /// <param name="now">Our clock.</param>
    public InstrumentFlow Of(InstrumentId instrument, Timestamp now)
    {
        if (!_flows.TryGetValue(instrument, out var flow))
        {
            MakeRoom();
            flow = _flows[instrument] = new InstrumentFlow(instrument, _options, _told.Add(instrument) ? FirstWatermark : Watermark);
        }

        flow.LastHeardAt = now;
        return flow;
    }

    /// <summary>Takes a trade of the market. False when it is left out.</summary>
    /// <param name="trade">The trade.</param>
    /// <param name="now">Our clock.</param>
    public bool Add(in Trade trade, Timestamp now) => Of(trade.Instrument, now).Trades.Add(trade);

    /// <summary>Keeps the books as they are, where a minute has begun since the last time. To be called at least once a second.</summary>
    /// <returns>Whose books were kept; good until the next call.</returns>
    public IReadOnlyList<InstrumentId> KeepBooks(Market market)
    {
        _kept.Clear();
        foreach (var flow in _flows.Values)
        {
            if (flow.Books.Observe(market.BookOf(flow.Instrument), market.Now))
            {
                _kept.Add(flow.Instrument);
            }
        }

        return _kept;
    }

    private void MakeRoom()
    {
        if (_flows.Count >= _options.MaxInstruments && _flows.Values.Where(flow => !flow.IsHeld).MinBy(flow => flow.LastHeardAt) is { } quiet)
        {
            _flows.Remove(quiet.Instrument);
        }
    }
}
