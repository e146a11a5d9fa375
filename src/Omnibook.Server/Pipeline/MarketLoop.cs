using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Feed;

namespace Omnibook.Server.Pipeline;

/// <summary>
/// The single writer of its market: one thread that waits, takes everything that gathered, applies it in order, tells the
/// listeners once, answers the reads, and waits again. Nobody else ever touches the market, so it needs no lock.
/// </summary>
/// <remarks>
/// One exception policy. An exception while events are applied means that the books can no longer be vouched for: every book is
/// sent to resync, and the fault is logged and counted. A listener's exception is logged and counted and harms nobody else. A read's
/// exception goes to whoever asked. If even the resync fails, the loop ends and <see cref="Completion"/> fails.
/// </remarks>
internal sealed partial class MarketLoop : IEventQueue, IAsyncDisposable
{
    private readonly InstrumentCatalog _catalog;
    private readonly ILogger<MarketLoop> _log;
    private readonly LoopInbox _inbox;
    private readonly BatchPool _pool;
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private IMarketListener[] _listeners = [];
    private IMarketStep[] _steps = [];
    private IMarketTap? _tap;
    private List<EventBatch> _burst = [];
    private List<IMarketRead> _reads = [];
    private bool _started;

    /// <summary>A loop over a market; it takes events at once and applies them after <see cref="Start"/>.</summary>
    public MarketLoop(Market market, InstrumentCatalog catalog, MarketLoopOptions options, ILogger<MarketLoop> log)
    {
        (Market, _catalog, _log) = (market, catalog, log);
        _inbox = new LoopInbox(options);
        _pool = new BatchPool(options.PooledBatches);
        _thread = new Thread(Run) { Name = "market", IsBackground = true };
    }

    /// <summary>The market. To be touched on the loop's thread only: in a listener, or in <see cref="ReadAsync"/>.</summary>
    public Market Market { get; }

    /// <summary>Ends when the loop has ended; fails when it could not go on.</summary>
    public Task Completion => _completion.Task;

    /// <summary>How many batches were applied.</summary>
    public long Batches { get; private set; }

    /// <summary>How many events were in them.</summary>
    public long Events { get; private set; }

    /// <summary>How many book levels were in them.</summary>
    public long Levels { get; private set; }

    /// <summary>How many exceptions were caught, of events and of listeners.</summary>
    public long Faults { get; private set; }

    /// <summary>How many batches wait now.</summary>
    public int Waiting => _inbox.WaitingBatches;

    /// <summary>Starts the thread.</summary>
    public void Start()
    {
        _started = true;
        _thread.Start();
    }

    /// <summary>Adds a listener, for as long as the loop runs. From any thread, at any time.</summary>
    public void Subscribe(IMarketListener listener) =>
        ImmutableAdd(ref _listeners, listener);

    /// <summary>Adds somebody who looks at the market after every batch. From any thread, at any time.</summary>
    public void Subscribe(IMarketStep step) => ImmutableAdd(ref _steps, step);

    /// <summary>Tells somebody everything that is done to the market; to be called before <see cref="Start"/>.</summary>
    public void Tap(IMarketTap tap) => _tap = tap;

    /// <summary>Does something to the market, between two bursts.</summary>
    /// <returns>What the market answers.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled, or the loop has stopped.</exception>
    public Task<bool> CommandAsync(MarketCommand command, CancellationToken cancellationToken) =>
        ReadAsync(_ => Command(command), cancellationToken);

    /// <summary>The same at once. On the loop's thread only.</summary>
    public bool Command(MarketCommand command)
    {
        var answer = command.Apply(Market);
        _tap?.OnCommand(command);
        return answer;
    }

    /// <summary>Runs <paramref name="read"/> on the loop's thread, between two bursts.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled, or the loop has stopped.</exception>
    public async Task<T> ReadAsync<T>(Func<Market, T> read, CancellationToken cancellationToken)
    {
        var question = new MarketRead<T>(read);
        await _inbox.AddAsync(question, cancellationToken);
        return await question.Answer.WaitAsync(cancellationToken);
    }

    /// <inheritdoc />
    public EventBatch Rent() => _pool.Rent();

    /// <inheritdoc />
    public void Return(EventBatch batch) => _pool.Return(batch);

    /// <inheritdoc />
    public ValueTask EnqueueAsync(EventBatch batch, CancellationToken cancellationToken) => _inbox.AddAsync(batch, cancellationToken);

    /// <summary>Lets time go on, unless the queue is full: then the events in it carry the time.</summary>
    public void Tick(Timestamp now)
    {
        var batch = Rent();
        batch.On(new Tick(now));
        TryEnqueue(batch);
    }

    /// <summary>Adds a batch if there is room now; otherwise it is given back to the pool.</summary>
    public bool TryEnqueue(EventBatch batch)
    {
        if (_inbox.TryAdd(batch))
        {
            return true;
        }

        Return(batch);
        return false;
    }

    /// <summary>Takes nothing more, applies what waits, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _inbox.Close();
        if (_started)
        {
            await _completion.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _inbox.Dispose();
    }

    private static void ImmutableAdd<T>(ref T[] listeners, T listener)
    {
        T[] before;
        do
        {
            before = Volatile.Read(ref listeners);
        }
        while (Interlocked.CompareExchange(ref listeners, [.. before, listener], before) != before);
    }

    private void Run()
    {
        try
        {
            while (_inbox.Take(ref _burst, ref _reads))
            {
                ApplyBurst();
                AnswerReads();
            }

            _completion.TrySetResult();
        }
        catch (Exception fault)
        {
            LogEnded(fault);
            _inbox.Close();
            CancelReads();
            _completion.TrySetException(fault);
        }
    }

    private void ApplyBurst()
    {
        if (_burst.Count == 0)
        {
            return;
        }

        foreach (var batch in _burst)
        {
            Apply(batch);
            Step();
            if (_tap is null || !_tap.OnBatch(Market, batch))
            {
                _pool.Return(batch);
            }
        }

        _burst.Clear();
        Tell();
        Market.Changes.Clear();
    }

    private void Apply(EventBatch batch)
    {
        Batches++;
        Events += batch.Count;
        Levels += batch.LevelCount;
        try
        {
            batch.DeliverTo(Market);
        }
        catch (Exception fault)
        {
            Faults++;
            LogFault(fault);
            DistrustEveryBook(Market, _catalog);
        }
    }

    private void Step()
    {
        foreach (var step in Volatile.Read(ref _steps))
        {
            try
            {
                step.OnStep(Market);
            }
            catch (Exception fault)
            {
                Faults++;
                LogListenerFault(fault, step.GetType().Name);
            }
        }
    }

    /// <summary>After a fault of our own no book can be vouched for.</summary>
    internal static void DistrustEveryBook(Market market, InstrumentCatalog catalog)
    {
        foreach (var instrument in catalog.Instruments)
        {
            market.On(new VenueStatus(instrument.Id, BookState.Resyncing, StatusReasons.Malformed, default, market.Now));
        }
    }

    private void Tell()
    {
        foreach (var listener in Volatile.Read(ref _listeners))
        {
            try
            {
                listener.OnChanges(Market, Market.Changes);
            }
            catch (Exception fault)
            {
                Faults++;
                LogListenerFault(fault, listener.GetType().Name);
            }
        }
    }

    private void AnswerReads()
    {
        foreach (var read in _reads)
        {
            read.Run(Market);
        }

        _reads.Clear();
    }

    /// <summary>Nobody waits for an answer that cannot come.</summary>
    private void CancelReads()
    {
        do
        {
            _reads.ForEach(read => read.Cancel());
            _reads.Clear();
            _burst.Clear();
        }
        while (_inbox.Take(ref _burst, ref _reads));
    }

    [LoggerMessage(LogLevel.Error, "An event could not be applied; every book is fetched anew.")]
    private partial void LogFault(Exception fault);

    [LoggerMessage(LogLevel.Error, "{Listener} failed on a change of the market; it goes on with the next.")]
    private partial void LogListenerFault(Exception fault, string listener);

    [LoggerMessage(LogLevel.Critical, "The market loop ended.")]
    private partial void LogEnded(Exception fault);
}
