using Omnibook.Core.Events;
using Omnibook.Server.Apis.Health;
using Omnibook.Server.Pipeline;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.Liquidity;

/// <summary>
/// Measures every symbol <c>TICK_HZ</c> times a second, renders each followed window once for everybody, and sends the heartbeats.
/// </summary>
internal sealed class LiquidityPulse(
    LiquidityBoard board,
    MarketLoop loop,
    HealthSources health,
    FramePool frames,
    LiquiditySettings settings,
    TimeProvider time,
    ILogger<LiquidityPulse> log) : BackgroundService
{
    private readonly FrameWriter _metrics = new(frames);
    private readonly FrameWriter _heartbeats = new(frames);
    private PeriodicTimer? _ticks;
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
        _ticks = new PeriodicTimer(TimeSpan.FromSeconds(1) / settings.TickHz, time);
        _beats = new PeriodicTimer(settings.Heartbeat, time);
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _ticks?.Dispose();
        _beats?.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => board.Symbols.Count == 0
        ? Task.CompletedTask
        : Task.WhenAll(RepeatAsync(_ticks!, TickAsync, stoppingToken), RepeatAsync(_beats!, BeatAsync, stoppingToken));

    private async Task RepeatAsync(PeriodicTimer pace, Func<CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        while (await pace.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await work(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogError(fault, "The liquidity of the composites could not be told");
            }
        }
    }

    private async Task TickAsync(CancellationToken stoppingToken)
    {
        await loop.ReadAsync(board.Measure, stoppingToken);
        Volatile.Write(ref _lastTickMs, time.GetUtcNow().ToUnixTimeMilliseconds());
        foreach (var symbol in board.Symbols)
        {
            var reading = symbol.Reading;
            foreach (var (bps, topic) in symbol.Metrics)
            {
                if (topic.Followers > 0 && reading.Of(bps) is { } metrics)
                {
                    topic.Publish(MetricsWriter.Metrics(_metrics, symbol.Plan, reading, metrics));
                }
            }
        }
    }

    private Task BeatAsync(CancellationToken stoppingToken)
    {
        var now = Timestamp.From(time.GetUtcNow());
        foreach (var symbol in board.Symbols.Where(symbol => symbol.Heartbeats.Followers > 0))
        {
            // It greets nobody: what was true five seconds ago is not what a new client wants to hear first.
            symbol.Heartbeats.Publish(MetricsWriter.Heartbeat(_heartbeats, now, symbol.Reading.Status), greets: false);
        }

        return Task.CompletedTask;
    }
}
