using Omnibook.Core.Books;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Configuration;
using Omnibook.Venues;

namespace Omnibook.Server.Pipeline.Demand;

/// <summary>
/// Follows what somebody asks for at one venue, as long as somebody does. One task alone opens and closes connections, so that a
/// book never comes over two of them.
/// </summary>
/// <remarks>
/// Whatever waits is opened together. When the venue would have more connections than it likes, all that is held is moved
/// onto as few as the venue plans for it: the books of it begin anew, and say so.
/// </remarks>
internal sealed partial class VenueDemand : IAsyncDisposable
{
    /// <summary>After our own code failed.</summary>
    private static readonly TimeSpan FaultWait = TimeSpan.FromSeconds(10);

    private static readonly HashSet<InstrumentId> NothingMoved = [];

    private readonly IVenue _venue;
    private readonly VenueConnections _connections;
    private readonly IReadOnlyList<string> _configured;
    private readonly MarketLoop _loop;
    private readonly DemandLedger _ledger;
    private readonly ConnectionPace _pace;
    private readonly ILogger _log;
    private readonly HashSet<DemandGroup> _groups = [];
    private readonly WakeSignal _wake;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _running;
    private int _opened;

    /// <summary>Begins, with nothing followed.</summary>
    /// <param name="venue">Plans connections.</param>
    /// <param name="connections">Opens and closes them.</param>
    /// <param name="configured">Symbols whose books are followed anyway.</param>
    /// <param name="loop">Is told what becomes of books.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="time">Our clock.</param>
    /// <param name="log">Takes what happens.</param>
    public VenueDemand(
        IVenue venue,
        VenueConnections connections,
        IReadOnlyList<string> configured,
        MarketLoop loop,
        DemandOptions options,
        TimeProvider time,
        ILogger log)
    {
        (_venue, _connections, _configured, _loop, _log) = (venue, connections, configured, loop, log);
        _ledger = new DemandLedger(venue.Id, options, time);
        _pace = new ConnectionPace(venue.Rules.NewConnectionsPerMinute, time);
        _wake = new WakeSignal(time);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Follows something until the lease ends, and a while longer.</summary>
    /// <exception cref="DemandRefusedException">As much as is allowed is followed already.</exception>
    public MarketLease Acquire(Instrument instrument, CandleInterval? interval)
    {
        var entry = _ledger.Acquire(instrument, interval);
        _wake.Now();
        return new MarketLease(instrument, interval, () =>
        {
            _ledger.Release(entry);
            _wake.Now();
        });
    }

    /// <summary>The connections that something comes over; empty when it is not followed, or not yet.</summary>
    public IReadOnlyList<FollowedConnection> ConnectionsOf(InstrumentId instrument, CandleInterval interval) =>
        _ledger.GroupOf(instrument, interval)?.Connections ?? [];

    /// <summary>Ends; connections are left to whoever closes all of the venue.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _running;
        _wake.Dispose();
        _ending.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                await LetGoAsync(_ledger.StrikeIdle());
                var wait = await FollowWaitingAsync();
                _wake.After(Sooner(wait, _ledger.UntilIdle()));
                await _wake.WaitAsync(_ending.Token);
            }
            catch (OperationCanceledException)
            {
                break;
            }
            catch (Exception fault)
            {
                LogFault(fault, _venue.Id.Key);
                await Task.Delay(FaultWait, _wake.Time, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Opens what waits, if the venue allows new connections now.</summary>
    /// <returns>How long to wait otherwise.</returns>
    private async Task<TimeSpan?> FollowWaitingAsync()
    {
        var waiting = _ledger.Waiting();
        if (waiting.Count == 0)
        {
            return null;
        }

        await TellAsync(waiting.Where(HasUnfollowedBook), BookState.Disabled, StatusReasons.NotFollowed);
        await TellAsync(waiting.Where(entry => entry.Interval is null), BookState.Connecting, StatusReasons.Connecting);
        var planned = Plan(waiting).Count;
        var isMerged = _groups.Count > 0 && _groups.Sum(group => group.Connections.Count) + planned > _venue.Rules.ConnectionsOnDemand;
        if (!_pace.TryTake(isMerged ? Plan(_ledger.Held()).Count : planned, out var wait))
        {
            return wait;
        }

        var moved = isMerged ? await CloseAllAsync() : NothingMoved;
        Open([.. _ledger.Waiting().Where(entry => entry.Interval is null)], moved);
        Open([.. _ledger.Waiting().Where(entry => entry.Interval is not null)], moved);
        return null;
    }

    private void Open(IReadOnlyList<Demanded> entries, IReadOnlySet<InstrumentId> moved)
    {
        if (entries.Count == 0)
        {
            return;
        }

        var number = ++_opened;
        var plans = Plan(entries).Select(plan => plan with { Name = $"demand-{number}-{plan.Name}" });
        var group = new DemandGroup(entries, _connections.Reopen(plans, RequestPriority.Watched, moved));
        _groups.Add(group);
        foreach (var entry in entries)
        {
            _ledger.SetGroup(entry, group);
        }
    }

    private List<ConnectionPlan> Plan(IReadOnlyList<Demanded> entries)
    {
        var books = entries.Where(entry => entry.Interval is null).Select(entry => entry.Instrument).ToArray();
        var candles = entries.Where(entry => entry.Interval is not null).Select(entry => new CandleStream(entry.Instrument, entry.Interval!)).ToArray();
        return [.. books.Length == 0 ? [] : _venue.Plan(books), .. candles.Length == 0 ? [] : _venue.PlanCandles(candles)];
    }

    /// <summary>Everything held waits again, everything else is let go.</summary>
    /// <returns>The instruments that were followed until now.</returns>
    private async Task<IReadOnlySet<InstrumentId>> CloseAllAsync()
    {
        var groups = _groups.ToArray();
        await CloseAsync(groups);
        await LetGoAsync(_ledger.StrikeUnheld());
        foreach (var entry in groups.SelectMany(group => group.Members))
        {
            _ledger.SetGroup(entry, null);
        }

        return groups.SelectMany(group => group.Members).Where(entry => entry.Interval is null).Select(entry => entry.Instrument.Id).ToHashSet();
    }

    private async Task LetGoAsync(IReadOnlyList<Demanded> gone)
    {
        await CloseAsync([.. gone.Select(entry => entry.Group).OfType<DemandGroup>().Distinct().Where(_groups.Contains)]);
        await TellAsync(gone.Where(entry => entry.Interval is null), BookState.Disabled, StatusReasons.NotFollowed);
        foreach (var candles in gone.Where(entry => entry.Interval is not null))
        {
            await _loop.ReadAsync(market => Forget(market, candles), _ending.Token);
        }
    }

    private async Task CloseAsync(DemandGroup[] groups)
    {
        Array.ForEach(groups, group => _groups.Remove(group));
        await _connections.CloseAsync([.. groups.SelectMany(group => group.Connections)]);
    }

    /// <summary>Whoever follows candles alone must not make a book of it look broken.</summary>
    private bool HasUnfollowedBook(Demanded entry) =>
        entry.Interval is not null
        && !_configured.Contains(entry.Instrument.Symbol, StringComparer.Ordinal)
        && !_ledger.Has(entry.Instrument.Id, interval: null);

    private async Task TellAsync(IEnumerable<Demanded> books, BookState state, string reason)
    {
        var now = Timestamp.From(_wake.Time.GetUtcNow());
        var batch = _loop.Rent();
        foreach (var book in books)
        {
            batch.On(new VenueStatus(book.Instrument.Id, state, reason, default, now));
        }

        if (batch.Count == 0)
        {
            _loop.Return(batch);
            return;
        }

        await _loop.EnqueueAsync(batch, _ending.Token);
    }

    private static bool Forget(Core.Market market, Demanded candles)
    {
        market.ForgetCandle(candles.Instrument.Id, candles.Interval!);
        return true;
    }

    private static TimeSpan? Sooner(TimeSpan? left, TimeSpan? right) => left is null || right < left ? right : left;

    [LoggerMessage(LogLevel.Error, "Following on demand at {Venue} failed in our own code; it is tried again.")]
    private partial void LogFault(Exception fault, string venue);
}
