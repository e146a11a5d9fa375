using Omnibook.Core;
using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Server.Pipeline.Demand;

namespace Omnibook.Server.Apis.CryExc.Live;

/// <summary>
/// A stream that is made of what is traded and goes on from what was traded before. What there is to begin with is put together off the market's thread,
/// while trades that come meanwhile wait: between the two there is no seam.
/// </summary>
/// <param name="key">What it is.</param>
/// <param name="lease">Its instrument.</param>
/// <param name="parts">What every stream is made with.</param>
/// <param name="interval">How long its candles are.</param>
/// <param name="tick">Height of its buckets in units of price; 0 for none.</param>
internal abstract class FlowStream(StreamKey key, MarketLease lease, StreamParts parts, FlowInterval interval, long tick) : MarketStream(key, lease, parts)
{
    private readonly Lock _gate = new();
    private readonly List<Trade> _waiting = [];
    private readonly CancellationTokenSource _ending = new();
    private Task? _opening;
    private InstrumentFlow? _flow;
    private PastCandles? _past;
    private Timestamp _askedTo;
    private bool _isWatching;
    private bool _isOver;

    /// <summary>How long its candles are.</summary>
    protected FlowInterval Interval => interval;

    /// <summary>Height of its buckets in units of price.</summary>
    protected long Tick => tick;

    /// <summary>Everything of the instrument.</summary>
    protected TradeFlow Trades => _flow?.Trades ?? throw new InvalidOperationException($"{Key.Kind} has not begun.");

    /// <summary>Whether it has what there is to begin with, so that it tells what is new.</summary>
    protected bool IsJoined { get; private set; }

    /// <inheritdoc />
    public override void Begin(Market market, FlowBoard board)
    {
        lock (_gate)
        {
            _flow = board.Of(Instrument.Id, market.Now);
            if (!_isOver)
            {
                _flow.Hold();
            }
        }
    }

    /// <inheritdoc />
    public override async Task PrepareAsync(StreamOpening opening, CancellationToken cancellationToken)
    {
        Task started;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isOver, this);
            started = _opening ??= Task.Run(() => OpenAsync(opening), _ending.Token);
        }

        await started.WaitAsync(cancellationToken);
        await RefreshAsync(opening, cancellationToken);
    }

    /// <inheritdoc />
    public sealed override void On(in Trade trade, bool isKept)
    {
        if (isKept && IsJoined)
        {
            Take(trade);
        }
        else if (isKept && _isWatching)
        {
            _waiting.Add(trade);
        }
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        base.Dispose();
        lock (_gate)
        {
            _isOver = true;
            _flow?.Release();
        }

        _ending.Cancel();
        _ending.Dispose();
    }

    /// <summary>How far back it goes.</summary>
    protected abstract Timestamp FirstOf(Timestamp now);

    /// <summary>Takes what there is to begin with. Off the market's thread, before anything else.</summary>
    protected abstract void Build(JoinedFlow before, Timestamp now);

    /// <summary>Takes a trade, once it was built.</summary>
    protected abstract void Take(in Trade trade);

    /// <summary>Everything up to now. On the market's thread; to be read on any.</summary>
    protected JoinedFlow Joined(Market market)
    {
        var memory = Trades.Snapshot(FirstOf(market.Now));
        return new JoinedFlow(memory, _past?.To == memory.SinceOf(interval) ? _past : null);
    }

    private async Task OpenAsync(StreamOpening opening)
    {
        var ending = _ending.Token;
        await opening.BeginAsync(this, ending);
        await opening.Past.PrimedAsync(_flow!, ending);
        var (memory, now) = await opening.Loop.ReadAsync(Watch, ending);
        await ReadPastAsync(opening, memory, now, ending);
        Build(new JoinedFlow(memory, _past), now);
        await opening.Loop.ReadAsync(Join, ending);
    }

    private (FlowSnapshot Memory, Timestamp Now) Watch(Market market)
    {
        _isWatching = true;
        return (Trades.Snapshot(FirstOf(market.Now)), market.Now);
    }

    private bool Join(Market market)
    {
        foreach (var trade in _waiting)
        {
            Take(trade);
        }

        _waiting.Clear();
        return IsJoined = true;
    }

    /// <summary>Memory may have let go of its oldest since the archive was asked.</summary>
    private async Task RefreshAsync(StreamOpening opening, CancellationToken cancellationToken)
    {
        var (memory, now) = await opening.Loop.ReadAsync(market => (Trades.Snapshot(market.Now), market.Now), cancellationToken);
        if (memory.SinceOf(interval) != _askedTo)
        {
            await ReadPastAsync(opening, memory, now, cancellationToken);
        }
    }

    private async Task ReadPastAsync(StreamOpening opening, FlowSnapshot memory, Timestamp now, CancellationToken cancellationToken)
    {
        _past = _flow!.IsPrimed ? await opening.Past.CandlesAsync(Instrument, interval, tick, FirstOf(now), memory, cancellationToken) : null;
        _askedTo = memory.SinceOf(interval);
    }
}
