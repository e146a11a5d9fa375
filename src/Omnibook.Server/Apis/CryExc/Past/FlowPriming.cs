using System.Runtime.CompilerServices;
using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Core.Instruments;
using Omnibook.Server.Pipeline;

namespace Omnibook.Server.Apis.CryExc.Past;

/// <summary>
/// Gives every flow that begins what was traded before: after a start of the server, and when an instrument is followed again. The archive is asked for
/// everything up to the position at which the flow began, so that together with what it is told itself each trade counts exactly once.
/// </summary>
internal sealed partial class FlowPriming : IDisposable
{
    /// <summary>How many questions are under way at the same time.</summary>
    private const int Together = 2;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly MarketLoop _loop;
    private readonly InstrumentCatalog _catalog;
    private readonly IHistoryArchive _archive;
    private readonly TimeProvider _time;
    private readonly ILogger<FlowPriming> _log;
    private readonly FlowOptions _options = new();
    private readonly ConditionalWeakTable<InstrumentFlow, Task> _asked = [];
    private readonly SemaphoreSlim _turn = new(Together);
    private readonly CancellationTokenSource _ending = new();

    /// <summary>Asks an archive.</summary>
    public FlowPriming(MarketLoop loop, InstrumentCatalog catalog, IHistoryArchive archive, TimeProvider time, ILogger<FlowPriming> log) =>
        (_loop, _catalog, _archive, _time, _log) = (loop, catalog, archive, time, log);

    /// <summary>Has a flow primed, once.</summary>
    /// <returns>Ends when it is, or when the first try has failed; further ones follow.</returns>
    public Task PrimeAsync(InstrumentFlow flow)
    {
        // Without the lock the table may begin twice where two ask at once, and keep one: the past would count twice.
        lock (_asked)
        {
            return _asked.GetValue(flow, StartAsync);
        }
    }

    /// <summary>Asks no more.</summary>
    public void Dispose()
    {
        _ending.Cancel();
        _ending.Dispose();
    }

    private Task StartAsync(InstrumentFlow flow)
    {
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var weak = new WeakReference<InstrumentFlow>(flow);
        _ = Task.Run(() => RunAsync(weak, first, _ending.Token));
        return first.Task;
    }

    private async Task RunAsync(WeakReference<InstrumentFlow> weak, TaskCompletionSource first, CancellationToken ending)
    {
        try
        {
            while (weak.TryGetTarget(out var flow) && !await TryAsync(flow, ending))
            {
                first.TrySetResult();
                await Task.Delay(Pause, _time, ending);
            }
        }
        catch (OperationCanceledException)
        {
            _log.LogDebug("Flows are no longer primed.");
        }
        finally
        {
            first.TrySetResult();
        }
    }

    private async Task<bool> TryAsync(InstrumentFlow flow, CancellationToken ending)
    {
        await _turn.WaitAsync(ending);
        try
        {
            var now = Timestamp.From(_time.GetUtcNow());
            var from = FlowInterval.Minute.StartOf(now + -_options.FineFor);
            var earlier = await _archive.EarlierAsync(_catalog[flow.Instrument], from, flow.Watermark, ending);
            return await _loop.ReadAsync(
                _ =>
                {
                    flow.Prime(earlier.Slices, from, earlier.FirstAt);
                    return true;
                },
                ending);
        }
        catch (ArchiveUnavailableException unavailable)
        {
            LogUnavailable(_catalog[flow.Instrument].ToString(), unavailable.Message);
            return false;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogFault(fault, _catalog[flow.Instrument].ToString());
            return false;
        }
        finally
        {
            _turn.Release();
        }
    }

    [LoggerMessage(LogLevel.Warning, "What was traded of {Instrument} before cannot be had now, and is asked for again: {Why}")]
    private partial void LogUnavailable(string instrument, string why);

    [LoggerMessage(LogLevel.Error, "Reading what was traded of {Instrument} before failed in our own code; it is tried again.")]
    private partial void LogFault(Exception fault, string instrument);
}
