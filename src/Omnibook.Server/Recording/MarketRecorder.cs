using System.Threading.Channels;
using Omnibook.Core;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.History.Recording;
using Omnibook.History.Segments;
using Omnibook.Server.Pipeline;

namespace Omnibook.Server.Recording;

/// <summary>
/// Records everything that is done to the market. The market's thread only puts things into a bounded queue; another task writes them down. When
/// that cannot keep up, what does not fit is a hole: counted, recorded, and followed by a checkpoint from which the recording is good again.
/// </summary>
internal sealed partial class MarketRecorder : IMarketTap, IHostedService, IAsyncDisposable
{
    private const int QueueCapacity = 8_192;

    /// <summary>A checkpoint waits for comparisons to end, which it cannot hold; but not for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>How long small things are gathered to one record.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);

    private readonly MarketLoop _loop;
    private readonly Func<IReadOnlyList<long>> _beside;
    private readonly TimeProvider _time;
    private readonly ILogger<MarketRecorder> _log;
    private readonly MarketRecording _recording;
    private readonly Channel<Item> _queue = Channel.CreateBounded<Item>(
        new BoundedChannelOptions(QueueCapacity) { SingleReader = true });

    private Task? _writing;
    private Timestamp _wantedSince;
    private int _checkpoints;
    private long _hole;
    private long _lost;
    private bool _hasFailed;

    /// <summary>Records into a folder from when the host starts.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">How long and how much is kept.</param>
    /// <param name="loop">The market's loop, not started yet.</param>
    /// <param name="catalog">The market's instruments.</param>
    /// <param name="beside">What those know who measure the market; asked for on its thread.</param>
    /// <param name="time">Our clock.</param>
    /// <param name="log">Takes what happens.</param>
    /// <exception cref="IOException">The folder cannot be read or written.</exception>
    public MarketRecorder(
        string folder, RecordingOptions options, MarketLoop loop, InstrumentCatalog catalog, Func<IReadOnlyList<long>> beside, TimeProvider time, ILogger<MarketRecorder> log)
    {
        (_loop, _beside, _time, _log) = (loop, beside, time, log);
        var segments = new SegmentOptions
        {
            SyncInterval = TimeSpan.FromSeconds(1),
            RollAfter = options.CheckpointEvery,
            Retention = options.Retention,
            MaxBytes = options.MaxBytes,
        };
        _recording = new MarketRecording(folder, segments, catalog, time);
    }

    /// <summary>Where it is recorded.</summary>
    public string Folder => _recording.Folder;

    /// <summary>Up to here it can be read.</summary>
    public long DurablePosition => _recording.DurablePosition;

    /// <summary>How the disk is doing.</summary>
    public SegmentHealth Health => _recording.Health;

    /// <summary>How many batches and commands were not recorded because the queue was full.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var book in _loop.Market.Composites)
        {
            // Those that the market was made with, and that no command tells of.
            OnCommand(new FollowCommand(book.Composite));
        }

        _loop.Tap(this);
        _writing ??= Task.Run(WriteAllAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();

    /// <inheritdoc />
    public bool OnBatch(Market market, EventBatch batch)
    {
        var isTaken = Put(new Item(batch, null, null, 0));
        if (IsCheckpointDue(market))
        {
            Checkpoint(market);
        }

        return isTaken;
    }

    /// <inheritdoc />
    public void OnCommand(MarketCommand command) => Put(new Item(null, command, null, 0));

    /// <summary>Returns when everything that happened before is on the disk.</summary>
    public async Task FlushAsync()
    {
        var flushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _queue.Writer.WriteAsync(new Item(null, null, null, 0) { Flushed = flushed });
        await flushed.Task;
        await _recording.FlushAsync();
    }

    /// <summary>Writes what waits, and closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_queue.Writer.TryComplete())
        {
            await (_writing ?? Task.CompletedTask);
            await _recording.DisposeAsync();
        }
    }

    private bool Put(in Item item)
    {
        if (_hole > 0 && _queue.Writer.TryWrite(new Item(null, null, null, _hole)))
        {
            _hole = 0;
            _checkpoints = -1;
        }

        // What follows a hole is of no use, but says how late it is.
        if (_hole == 0 && _queue.Writer.TryWrite(item))
        {
            return true;
        }

        _hole++;
        Interlocked.Increment(ref _lost);
        return false;
    }

    private bool IsCheckpointDue(Market market)
    {
        if (_hole > 0 || _checkpoints == _recording.Files)
        {
            _wantedSince = default;
            return false;
        }

        _wantedSince = _wantedSince.IsUnknown ? market.Now : _wantedSince;
        return !market.IsComparing || market.Now - _wantedSince > Patience;
    }

    private void Checkpoint(Market market)
    {
        var files = _recording.Files;
        var checkpoint = new RecordingCheckpoint(market.Now, [.. market.Composites.Select(book => book.Composite)], market.CaptureBooks(), _beside());
        if (Put(new Item(null, null, checkpoint, 0)))
        {
            _checkpoints = files;
        }
    }

    private async Task WriteAllAsync()
    {
        var ended = _time.GetTimestamp();
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (_queue.Reader.TryRead(out var item))
            {
                Write(item);
                if (item.Batch is { } batch)
                {
                    _loop.Return(batch);
                }

                item.Flushed?.TrySetResult();
            }

            if (_time.GetElapsedTime(ended) >= Gathering)
            {
                _recording.End();
                ended = _time.GetTimestamp();
            }
        }
    }

    /// <summary>A fault of our own leaves a hole, and harms nobody else.</summary>
    private void Write(in Item item)
    {
        try
        {
            switch (item)
            {
                case { Flushed: not null }: _recording.End(); break;
                case { Batch: { } batch }: _recording.Write(batch); break;
                case { Command: { } command }: _recording.Write(command); break;
                case { Checkpoint: { } checkpoint }: _recording.Write(checkpoint); break;
                default: _recording.WriteHole(item.Hole); break;
            }
        }
        catch (Exception fault)
        {
            _recording.Abandon();
            Interlocked.Increment(ref _lost);
            if (!_hasFailed)
            {
                LogFault(fault);
            }

            _hasFailed = true;
        }
    }

    private readonly record struct Item(EventBatch? Batch, MarketCommand? Command, RecordingCheckpoint? Checkpoint, long Hole)
    {
        public TaskCompletionSource? Flushed { get; init; }
    }

    [LoggerMessage(LogLevel.Error, "Something could not be recorded, which leaves a hole; what else fails is counted.")]
    private partial void LogFault(Exception fault);
}
