using System.Threading.Channels;
using Omnibook.Core.Events;
using Omnibook.History;

namespace Omnibook.Server.Apis.Liquidity.Kept;

/// <summary>
/// Writes metrics down, off the market's thread. What waits is bounded: while the disk refuses or is too slow, the newest are dropped and
/// counted, and it goes on by itself when the disk does. Live metrics never wait for it.
/// </summary>
internal sealed partial class MetricsKeeper(LiquidityBoard board, MetricsHistoryOptions options, TimeProvider time, ILogger<MetricsKeeper> log)
    : BackgroundService
{
    /// <summary>Ten minutes of one measurement a second.</summary>
    public const int QueueCapacity = 600;

    /// <summary>How many measurements are written in one transaction at most.</summary>
    private const int MostAtOnce = 60;

    private readonly Channel<SymbolReading[]> _queue = Channel.CreateBounded<SymbolReading[]>(
        new BoundedChannelOptions(QueueCapacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private LiquidityMetronome _beat = LiquidityMetronome.Of(options.Every);
    private string? _degraded;
    private long _written;
    private long _dropped;

    /// <summary>What is kept; null where nothing is.</summary>
    public MetricsStore? Store { get; } = options.File is { } file ? new MetricsStore(file) : null;

    /// <summary>How often a row is kept.</summary>
    public TimeSpan Every => options.Every;

    /// <summary>Why nothing can be written now; null when it can.</summary>
    public string? Degraded => Volatile.Read(ref _degraded);

    /// <summary>How many rows were written.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>How many measurements of all symbols were not kept.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Whether what is measured now is to be kept; tells each beat once. On the market's thread.</summary>
    public bool IsDue(Timestamp now) => Store is not null && _beat.IsDue(now);

    /// <summary>Takes a measurement of all symbols. On the market's thread; it never waits.</summary>
    public void Take(SymbolReading[] readings)
    {
        if (!_queue.Writer.TryWrite(readings))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    /// <summary>Writes what waits, once, and ends.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        Store?.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (Store is not null && await _queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var batch = new List<SymbolReading[]>();
            while (batch.Count < MostAtOnce && _queue.Reader.TryRead(out var readings))
            {
                batch.Add(readings);
            }

            await WriteAsync(Store, batch, stoppingToken);
        }
    }

    /// <summary>Tries until it is written, or the server ends. What waits meanwhile is the queue's.</summary>
    private async Task WriteAsync(MetricsStore store, List<SymbolReading[]> batch, CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                var rows = batch.SelectMany(readings => KeptMetrics.RowsOf(board.Symbols, readings)).ToList();
                await store.AddAsync(rows, batch[^1][0].At + -options.Retention, CancellationToken.None);
                Succeeded(rows.Count);
                return;
            }
            catch (Exception fault)
            {
                Failed(fault);
                if (!await PauseAsync(stoppingToken))
                {
                    Interlocked.Add(ref _dropped, batch.Count);
                    return;
                }
            }
        }
    }

    private async Task<bool> PauseAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(options.RetryAfter, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !stoppingToken.IsCancellationRequested;
    }

    private void Succeeded(int rows)
    {
        Interlocked.Add(ref _written, rows);
        if (Interlocked.Exchange(ref _degraded, null) is not null)
        {
            LogRecovered(Dropped);
        }
    }

    private void Failed(Exception fault)
    {
        if (Interlocked.Exchange(ref _degraded, fault.Message) is null)
        {
            LogDegraded(fault);
        }
    }

    [LoggerMessage(LogLevel.Error, "The history of metrics cannot be written; it is tried again, and live metrics go on.")]
    private partial void LogDegraded(Exception fault);

    [LoggerMessage(LogLevel.Information, "The history of metrics is written again; {Dropped} measurements were dropped until now.")]
    private partial void LogRecovered(long dropped);
}
