using Omnibook.Core;
using Omnibook.Core.Instruments;
using Omnibook.Server.Pipeline;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.MarketData.Live;

/// <summary>
/// Every stream of an instrument that somebody listens to: opened for the first who comes, shared by all who name the same, ended when the last
/// has gone. One listener of the market hands each event to the streams of its instrument.
/// </summary>
internal sealed class LiveStreams(MarketLoop loop) : IMarketListener, IHostedService
{
    private readonly Lock _gate = new();
    private readonly Dictionary<StreamKey, Opened> _open = [];
    private Dictionary<InstrumentId, LiveStream[]> _byInstrument = [];

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

    /// <summary>How many clients listen to them.</summary>
    public int Clients
    {
        get
        {
            lock (_gate)
            {
                return _open.Values.Sum(opened => opened.Clients);
            }
        }
    }

    /// <summary>How many streams of an exchange are made by asking again and again.</summary>
    public int CountPolled(string exchange)
    {
        lock (_gate)
        {
            return _open.Count(opened => opened.Key.Exchange == exchange && opened.Value.Stream is PolledCandleStream);
        }
    }

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        loop.Subscribe(this);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Lets a client follow a stream until it goes.</summary>
    /// <param name="client">Who.</param>
    /// <param name="key">Which stream.</param>
    /// <param name="leastWorth">Frames that are worth less are left out.</param>
    /// <param name="open">Opens the stream for the first who comes; may refuse by throwing.</param>
    /// <returns>The stream where it was opened now, otherwise null.</returns>
    public LiveStream? Join(ClientConnection client, StreamKey key, long leastWorth, Func<LiveStream> open)
    {
        lock (_gate)
        {
            var isNew = !_open.TryGetValue(key, out var opened);
            opened ??= new Opened(open());
            _open[key] = opened with { Clients = opened.Clients + 1 };
            if (isNew)
            {
                Route();
            }

            client.WhenGone(() => Leave(key));
            client.Follow(opened.Stream.Topic, leastWorth);
            return isNew ? opened.Stream : null;
        }
    }

    /// <inheritdoc />
    public void OnChanges(Market market, MarketChanges changes)
    {
        var streams = Volatile.Read(ref _byInstrument);
        if (streams.Count == 0)
        {
            return;
        }

        for (var i = 0; i < changes.Trades.Count; i++)
        {
            var trade = changes.Trades[i];
            foreach (var stream in Of(streams, trade.Instrument))
            {
                stream.On(trade);
            }
        }

        for (var i = 0; i < changes.Liquidations.Count; i++)
        {
            var liquidation = changes.Liquidations[i];
            foreach (var stream in Of(streams, liquidation.Instrument))
            {
                stream.On(liquidation);
            }
        }

        for (var i = 0; i < changes.Candles.Count; i++)
        {
            var candle = changes.Candles[i];
            foreach (var stream in Of(streams, candle.Instrument))
            {
                stream.On(candle);
            }
        }
    }

    private static LiveStream[] Of(Dictionary<InstrumentId, LiveStream[]> streams, InstrumentId instrument) =>
        streams.TryGetValue(instrument, out var found) ? found : [];

    private void Leave(StreamKey key)
    {
        lock (_gate)
        {
            var opened = _open[key];
            if (opened.Clients > 1)
            {
                _open[key] = opened with { Clients = opened.Clients - 1 };
                return;
            }

            _open.Remove(key);
            Route();
            opened.Stream.Dispose();
        }
    }

    /// <summary>The market's thread reads without a lock, so that it gets a new table rather than a changed one.</summary>
    private void Route() => Volatile.Write(
        ref _byInstrument,
        _open.Values.Select(opened => opened.Stream).Where(stream => stream.Source is not null)
            .GroupBy(stream => stream.Source!.Id).ToDictionary(group => group.Key, group => group.ToArray()));

    private sealed record Opened(LiveStream Stream, int Clients = 0);
}
