using System.Threading.Channels;
using Omnibook.Core;
using Omnibook.Core.Events;
using Omnibook.Server.Apis.Health;
using Omnibook.Server.Apis.Liquidity.Kept;
using Omnibook.Server.Pipeline;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.Liquidity;

/// <summary>
/// Measures every symbol <c>TICK_HZ</c> times a second of the market's own time, renders each followed window once for everybody, and sends the
/// heartbeats. What is measured depends on the events alone, so that a recording of them gives the same frames, byte for byte.
/// </summary>
internal sealed class LiquidityPulse(
    LiquidityBoard board,
    MetricsKeeper keeper,
    MarketLoop loop,
    HealthSources health,
    FramePool frames,
    LiquiditySettings settings,
    TimeProvider time,
    ILogger<LiquidityPulse> log) : BackgroundService, IMarketStep
{
    /// <summary>Measurements that wait to be rendered; older ones are worth nothing.</summary>
    private const int QueueCapacity = 64;

    private readonly FrameWriter _metrics = new(frames);
    private readonly FrameWriter _heartbeats = new(frames);
    private readonly Channel<SymbolReading[]> _readings = Channel.CreateBounded<SymbolReading[]>(
        new BoundedChannelOptions(QueueCapacity) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });

    private LiquidityMetronome _beat = LiquidityMetronome.OfHz(settings.TickHz);
    private PeriodicTimer? _beats;
    private long _lastTickMs;

    /// <summary>When everything was measured last, milliseconds since the Unix epoch; 0 before the first time.</summary>
    public long LastTickMs => Volatile.Read(ref _lastTickMs);

    /// <summary>Whether a member can be relied on: its venue is connected, and its book is live and fresh.</summary>
    public bool IsUp(MemberLiquidity member) =>
        !member.IsStale && health.Venues().FirstOrDefault(venue => venue.Key == member.Member.Member.Venue.Key) is not { IsConnected: false };

    /// <inheritdoc />
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // The pace counts from the start of the server, not from whenever the pool finds time for us.
        loop.Subscribe((IMarketStep)this);
        _beats = new PeriodicTimer(settings.Heartbeat, time);
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _beats?.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    public void OnStep(Market market)
    {
        if (board.Symbols.Count > 0 && _beat.IsDue(market.Now))
        {
            var isKept = keeper.IsDue(market.Now);
            board.Measure(market, everyWindow: isKept);
            Volatile.Write(ref _lastTickMs, market.Now.UnixMilliseconds);
            SymbolReading[] readings = [.. board.Symbols.Select(symbol => symbol.Reading)];
            _readings.Writer.TryWrite(readings);
            if (isKept)
            {
                keeper.Take(readings);
            }
        }
    }

    /// <summary>What would have to be known to go on measuring exactly as this does. On the market's thread.</summary>
    public IReadOnlyList<long> Capture() => [_beat.Last, .. board.CaptureStatuses()];

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => board.Symbols.Count == 0
        ? Task.CompletedTask
        : Task.WhenAll(RenderAsync(stoppingToken), BeatAsync(stoppingToken));

    private async Task RenderAsync(CancellationToken stoppingToken)
    {
        await foreach (var readings in _readings.Reader.ReadAllAsync(stoppingToken))
        {
            Try(() => Render(readings));
        }
    }

    private async Task BeatAsync(CancellationToken stoppingToken)
    {
        while (await _beats!.WaitForNextTickAsync(stoppingToken))
        {
            Try(Beat);
        }
    }

    private void Try(Action work)
    {
        try
        {
            work();
        }
        catch (Exception fault)
        {
            log.LogError(fault, "The liquidity of the composites could not be told");
        }
    }

    private void Render(SymbolReading[] readings)
    {
        for (var i = 0; i < readings.Length; i++)
        {
            var (symbol, reading) = (board.Symbols[i], readings[i]);
            foreach (var (bps, topic) in symbol.Metrics)
            {
                if (topic.Followers > 0 && reading.Of(bps) is { } metrics)
                {
                    topic.Publish(MetricsWriter.Metrics(_metrics, symbol.Plan, reading, metrics));
                }
            }
        }
    }

    private void Beat()
    {
        var now = Timestamp.From(time.GetUtcNow());
        foreach (var symbol in board.Symbols.Where(symbol => symbol.Heartbeats.Followers > 0))
        {
            // It greets nobody: what was true five seconds ago is not what a new client wants to hear first.
            symbol.Heartbeats.Publish(MetricsWriter.Heartbeat(_heartbeats, now, symbol.Reading.Status), greets: false);
        }
    }
}
