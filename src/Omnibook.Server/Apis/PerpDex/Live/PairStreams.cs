using Omnibook.Server.Apis.MarketData.Live;
using Omnibook.Server.Apis.PerpDex.Prices;
using Omnibook.Server.Pipeline;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.PerpDex.Live;

/// <summary>
/// The pairs that sockets follow: opened for the first client, shared by all, ended with the last. Looks twenty times a second, all pairs at
/// the same moment, and renders those whose prices changed once for everybody.
/// </summary>
internal sealed class PairStreams : BackgroundService
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, PairStream> _open = new(StringComparer.Ordinal);
    private readonly MarketLoop _loop;
    private readonly MarketFollowing _following;
    private readonly DayFigures _figures;
    private readonly FrameWriter _writer;
    private readonly StreamCounters _counters;
    private readonly PeriodicTimer _pace;
    private readonly ILogger<PairStreams> _log;
    private int _clients;

    /// <summary>Nobody listens yet.</summary>
    public PairStreams(
        MarketLoop loop, MarketFollowing following, DayFigures figures, FramePool frames, StreamCounters counters, TimeProvider time, ILogger<PairStreams> log)
    {
        (_loop, _following, _figures, _writer, _counters, _log) = (loop, following, figures, new FrameWriter(frames), counters, log);
        _pace = new PeriodicTimer(PerpRules.Pace, time);
    }

    /// <summary>How many sockets of the dialect are open.</summary>
    public int Clients => Volatile.Read(ref _clients);

    /// <summary>Counts a socket until it has gone.</summary>
    public void Count(ClientConnection client)
    {
        Interlocked.Increment(ref _clients);
        client.WhenGone(() => Interlocked.Decrement(ref _clients));
    }

    /// <summary>How many sockets follow a pair.</summary>
    public int SubscribersOf(string pair)
    {
        lock (_gate)
        {
            return _open.TryGetValue(pair, out var stream) ? stream.Clients : 0;
        }
    }

    /// <summary>Joins a pair; whoever joins has to leave.</summary>
    public PairStream Join(PerpPair pair)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(pair.Name, out var stream))
            {
                stream = new PairStream(FollowedPair.Open(pair, _following), _counters);
                _open.Add(pair.Name, stream);
            }

            stream.Clients++;
            return stream;
        }
    }

    /// <summary>Leaves a pair that was joined.</summary>
    public void Leave(PairStream stream)
    {
        lock (_gate)
        {
            if (--stream.Clients == 0)
            {
                _open.Remove(stream.Followed.Pair.Name);
                stream.Dispose();
            }
        }
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _pace.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _pace.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await PushAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                _log.LogError(fault, "The prices of pairs could not be told");
            }
        }
    }

    private async Task PushAsync(CancellationToken stoppingToken)
    {
        PairStream[] streams;
        lock (_gate)
        {
            streams = [.. _open.Values];
        }

        if (streams.Length == 0)
        {
            return;
        }

        var readings = await _loop.ReadAsync(
            market => Array.ConvertAll(streams, stream => PriceReader.Read(market, stream.Followed)), stoppingToken);
        for (var i = 0; i < streams.Length; i++)
        {
            _figures.Refresh(streams[i].Followed.Pair);
            streams[i].Publish(readings[i].With(_figures.Find), _writer);
        }
    }
}
