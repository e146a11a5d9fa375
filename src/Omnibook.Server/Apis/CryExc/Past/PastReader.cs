using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Core.Instruments;

namespace Omnibook.Server.Apis.CryExc.Past;

/// <summary>Reads for streams what memory does not have. Whatever goes wrong costs history, which says so itself, and never the stream.</summary>
internal sealed partial class PastReader(IHistoryArchive archive, FlowPriming priming, CryExcRules rules, TimeProvider time, ILogger<PastReader> log)
{
    /// <summary>Waits until a flow has what came before, but not for long.</summary>
    public async Task PrimedAsync(InstrumentFlow flow, CancellationToken cancellationToken)
    {
        try
        {
            await priming.PrimeAsync(flow).WaitAsync(rules.PastPatience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            LogLate(rules.PastPatience.TotalSeconds);
        }
    }

    /// <summary>What the archive has of a range before memory begins; null where nothing is needed, or can be had.</summary>
    public async Task<PastCandles?> CandlesAsync(
        Instrument instrument, FlowInterval interval, long tick, Timestamp from, FlowSnapshot memory, CancellationToken cancellationToken)
    {
        var to = memory.SinceOf(interval);
        if (to.IsUnknown || to <= from)
        {
            return null;
        }

        var past = await TryAsync(
            token => archive.CandlesAsync(instrument, interval, tick, from, to, rules.MaxHistoryRows, token), instrument, cancellationToken);
        return past is { FirstAt.IsUnknown: false } && past.FirstAt < to ? past : null;
    }

    /// <summary>The books that the archive has of a range before memory begins.</summary>
    public async Task<IReadOnlyList<HeatmapSnapshot>> BooksAsync(
        Instrument instrument, FlowInterval interval, long tick, Timestamp from, Timestamp to, CancellationToken cancellationToken) =>
        to <= from ? []
        : await TryAsync(token => archive.BooksAsync(instrument, interval, tick, from, to, rules.MaxHistoryRows, token), instrument, cancellationToken) ?? [];

    private async Task<T?> TryAsync<T>(Func<CancellationToken, Task<T>> ask, Instrument instrument, CancellationToken cancellationToken)
        where T : class
    {
        using var patience = new CancellationTokenSource(rules.PastPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await ask(either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            LogLate(rules.PastPatience.TotalSeconds);
            return null;
        }
        catch (ArchiveUnavailableException unavailable)
        {
            LogUnavailable(instrument.ToString(), unavailable.Message);
            return null;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogFault(fault, instrument.ToString());
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The archive did not answer within {Seconds} s; a stream begins with what memory has.")]
    private partial void LogLate(double seconds);

    [LoggerMessage(LogLevel.Warning, "History of {Instrument} cannot be had now: {Why}")]
    private partial void LogUnavailable(string instrument, string why);

    [LoggerMessage(LogLevel.Error, "Reading the history of {Instrument} failed in our own code.")]
    private partial void LogFault(Exception fault, string instrument);
}
