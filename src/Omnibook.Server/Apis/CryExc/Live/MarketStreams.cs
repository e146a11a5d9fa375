using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Core.Instruments;
using Omnibook.Server.Apis.CryExc.Past;
using Omnibook.Server.Pipeline;

namespace Omnibook.Server.Apis.CryExc.Live;

/// <summary>
/// Every stream that somebody listens to: opened for the first who comes, shared by all who want the same, ended when the last has gone. Keeps the order
/// flow of the whole market, and hands each event to the streams of its instrument.
/// </summary>
internal sealed class MarketStreams : IMarketListener, IHostedService
{
    private readonly MarketLoop _loop;
    private readonly CryExcRules _rules;
    private readonly IHistoryArchive _archive;
    private readonly FlowPriming _priming;
    private readonly StreamOpening _opening;

    private readonly Lock _gate = new();
    private readonly Dictionary<StreamKey, Opened> _open = [];
    private readonly FlowBoard _board = new();
    private Routes _routes = Routes.None;
    private Timestamp _lastPulse;

    /// <summary>Nobody listens yet.</summary>
    public MarketStreams(MarketLoop loop, CryExcRules rules, IHistoryArchive archive, FlowPriming priming, PastReader past) =>
        (_loop, _rules, _archive, _priming, _opening) = (loop, rules, archive, priming, new StreamOpening(loop, Begin, past));

    /// <summary>How many streams are open.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _open.Count;
            }
        }
    }

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => _loop.ReadAsync(
        _ =>
        {
            // On the market's thread: whatever is told from now on has a higher position.
            _board.FirstWatermark = _board.Watermark = _archive.Position;
            _loop.Subscribe(this);
            return true;
        },
        cancellationToken);

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Holds a stream, opened if it is not open yet, until <see cref="Release"/>.</summary>
    /// <exception cref="StreamRefusedException">There are as many as there may be.</exception>
    public MarketStream Hold(StreamTarget target)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(target.Key, out var opened))
            {
                opened = _open.Count < _rules.MaxStreams
                    ? new Opened(target.Open())
                    : throw new StreamRefusedException($"{_rules.MaxStreams} different streams are open already; try again later");
            }

            _open[target.Key] = opened with { Holders = opened.Holders + 1 };
            return opened.Stream;
        }
    }

    /// <summary>Holds a stream no longer.</summary>
    public void Release(MarketStream stream)
    {
        lock (_gate)
        {
            var opened = _open[stream.Key];
            if (opened.Holders > 1)
            {
                _open[stream.Key] = opened with { Holders = opened.Holders - 1 };
                return;
            }

            _open.Remove(stream.Key);
            Route();
        }

        stream.Dispose();
    }

    /// <summary>Gets ready what streams begin with. Off the market's thread.</summary>
    public Task PrepareAsync(IReadOnlyList<MarketStream> streams, CancellationToken cancellationToken) =>
        Task.WhenAll(streams.Select(stream => stream.PrepareAsync(_opening, cancellationToken)));

    /// <summary>Has a stream begin, if it has not. On the market's thread.</summary>
    public void Begin(Market market, MarketStream stream)
    {
        if (stream.HasBegun)
        {
            return;
        }

        stream.Begin(market, _board);
        stream.HasBegun = true;
        lock (_gate)
        {
            Route();
        }
    }

    /// <inheritdoc />
    public void OnChanges(Market market, MarketChanges changes)
    {
        var routes = Volatile.Read(ref _routes);
        for (var i = 0; i < changes.Trades.Count; i++)
        {
            var trade = changes.Trades[i];
            var isKept = _board.Add(trade, market.Now);
            foreach (var stream in routes.Of(trade.Instrument))
            {
                stream.On(trade, isKept);
            }
        }

        NoteBreaks(changes);
        _board.Watermark = _archive.Position;
        Tell(routes, changes);
        if (_lastPulse.IsUnknown || market.Now - _lastPulse >= _rules.Pulse)
        {
            _lastPulse = market.Now;
            Pulse(market, routes);
        }
    }

    /// <summary>What is traded while nobody follows an instrument is missed.</summary>
    private void NoteBreaks(MarketChanges changes)
    {
        for (var i = 0; i < changes.Statuses.Count; i++)
        {
            var change = changes.Statuses[i];
            if (change.Now is { State: BookState.Disabled, Reason: StatusReasons.NotFollowed } && _board.TryFind(change.Instrument, out var flow))
            {
                flow.Trades.BreakOff();
            }
        }
    }

    private static void Tell(Routes routes, MarketChanges changes)
    {
        for (var i = 0; i < changes.Liquidations.Count; i++)
        {
            var liquidation = changes.Liquidations[i];
            foreach (var stream in routes.Of(liquidation.Instrument))
            {
                stream.On(liquidation);
            }
        }

        for (var i = 0; i < changes.Candles.Count; i++)
        {
            var candle = changes.Candles[i];
            foreach (var stream in routes.Of(candle.Instrument))
            {
                stream.On(candle);
            }
        }

        for (var i = 0; i < changes.Books.Count; i++)
        {
            foreach (var stream in routes.Of(changes.Books[i]))
            {
                stream.OnBook();
            }
        }

        for (var i = 0; i < changes.News.Count; i++)
        {
            foreach (var stream in routes.OfAll)
            {
                stream.On(changes.News[i]);
            }
        }
    }

    private void Pulse(Market market, Routes routes)
    {
        foreach (var flow in _board.Flows)
        {
            _ = _priming.PrimeAsync(flow);
        }

        foreach (var instrument in _board.KeepBooks(market))
        {
            foreach (var stream in routes.Of(instrument))
            {
                stream.OnBookKept();
            }
        }

        foreach (var stream in routes.Begun)
        {
            stream.Pulse(market);
        }
    }

    /// <summary>The market's thread reads without a lock, so that it gets a new table rather than a changed one.</summary>
    private void Route()
    {
        MarketStream[] begun = [.. _open.Values.Select(opened => opened.Stream).Where(stream => stream.HasBegun)];
        var byInstrument = begun.Where(stream => stream.Source is not null)
            .GroupBy(stream => stream.Source!.Id).ToDictionary(group => group.Key, group => group.ToArray());
        Volatile.Write(ref _routes, new Routes(begun, byInstrument, [.. begun.Where(stream => stream.Source is null)]));
    }

    private sealed record Opened(MarketStream Stream, int Holders = 0);

    private sealed record Routes(MarketStream[] Begun, Dictionary<InstrumentId, MarketStream[]> ByInstrument, MarketStream[] OfAll)
    {
        public static Routes None { get; } = new([], [], []);

        public MarketStream[] Of(InstrumentId instrument) => ByInstrument.TryGetValue(instrument, out var streams) ? streams : [];
    }
}
