using System.Collections.Concurrent;
using Omnibook.History.DuckDb;

namespace Omnibook.History.Database;

/// <summary>
/// Answers questions on threads and connections of their own: as many at a time as there are threads, a bounded number waits, and one more is refused.
/// </summary>
internal sealed class QueryThreads : IDisposable
{
    private readonly BlockingCollection<Action> _waiting;
    private readonly EngineSlot _slot;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly Func<string> _whyNot;
    private readonly List<Thread> _threads = [];

    /// <summary>Starts the threads.</summary>
    /// <param name="slot">Where the engine is.</param>
    /// <param name="threads">How many.</param>
    /// <param name="waiting">How many questions may wait.</param>
    /// <param name="timeout">After this a question is given up.</param>
    /// <param name="time">Tells when.</param>
    /// <param name="whyNot">Why there is no engine, in words.</param>
    public QueryThreads(EngineSlot slot, int threads, int waiting, TimeSpan timeout, TimeProvider time, Func<string> whyNot)
    {
        (_slot, _timeout, _time, _whyNot) = (slot, timeout, time, whyNot);
        _waiting = new BlockingCollection<Action>(waiting);
        for (var i = 0; i < threads; i++)
        {
            var thread = new Thread(Work) { IsBackground = true, Name = $"history-query-{i}" };
            _threads.Add(thread);
            thread.Start();
        }
    }

    /// <summary>Answers a question.</summary>
    /// <param name="query">Asks, on a thread of this class, with a connection that nobody else has.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="HistoryException">There is no database, too many wait, or it took too long.</exception>
    public async Task<T> RunAsync<T>(Func<DuckDbConnection, CancellationToken, T> query, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(_timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_waiting.TryAdd(() => Answer(query, answer, both.Token)))
        {
            throw new HistoryException(HistoryTrouble.Busy, "Too many questions about the history wait already; ask again in a moment.");
        }

        try
        {
            return await answer.Task.ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw new HistoryException(HistoryTrouble.TooSlow, $"The history could not answer within {_timeout.TotalSeconds:0} s; ask for less at a time.", exception);
        }
    }

    /// <summary>Takes no more questions and ends when those that wait are answered.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        foreach (var thread in _threads)
        {
            thread.Join();
        }

        _waiting.Dispose();
    }

    private void Work()
    {
        LowPriority.Take();
        foreach (var work in _waiting.GetConsumingEnumerable())
        {
            work();
        }
    }

    /// <summary>Whatever happens to a question is told to who asked it; the thread goes on.</summary>
    private void Answer<T>(Func<DuckDbConnection, CancellationToken, T> query, TaskCompletionSource<T> answer, CancellationToken cancellation)
    {
        var engine = _slot.Enter();
        if (engine is null)
        {
            answer.SetException(new HistoryException(HistoryTrouble.Unavailable, $"The history database is not open: {_whyNot()}"));
            return;
        }

        try
        {
            using var connection = engine.Connect();
            answer.SetResult(query(connection, cancellation));
        }
        catch (OperationCanceledException exception)
        {
            answer.SetCanceled(exception.CancellationToken);
        }
        catch (Exception exception)
        {
            answer.SetException(exception is DuckDbException ? new HistoryException(HistoryTrouble.Unavailable, "The history database could not be read.", exception) : exception);
        }
        finally
        {
            _slot.Leave();
        }
    }
}
