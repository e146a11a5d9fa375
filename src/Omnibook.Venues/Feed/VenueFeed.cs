using System.Net.WebSockets;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Feed;

/// <summary>
/// The only socket loop, for all venues alike: keeps one connection of one venue open, for ever. It connects, subscribes, reads,
/// translates and hands on; it notices silence, refusals and unreadable frames, begins anew with growing pauses, and replaces the
/// connection before the venue ends it, so that no book blinks.
/// </summary>
/// <remarks>
/// It never throws for what a venue does: that becomes a state of the books (<see cref="VenueStatus"/>), of the feed
/// (<see cref="Status"/>), and a sentence for the log. An exception of our own code is counted and costs one connection.
/// </remarks>
public sealed class VenueFeed : IAsyncDisposable
{
    private readonly FeedSurroundings _feed;
    private readonly SnapshotRequests _snapshots;
    private readonly Backoff _backoff;
    private readonly RepeatedNotice _complaints;
    private readonly CancellationTokenSource _ending = new();
    private readonly CancellationToken _lifetime;
    private FeedPhase _phase;
    private FeedConnection? _current;
    private Task? _running;
    private bool _hasOpened;

    /// <summary>Why there is no connection; told until there is one.</summary>
    private string _trouble = "";

    /// <summary>Creates the feed of one connection; nothing is done before <see cref="Start"/>.</summary>
    /// <param name="venue">Translates, and says how it wants to be treated.</param>
    /// <param name="plan">One of the venue's connections, with everything that is subscribed on it.</param>
    /// <param name="rest">The venue's REST host, shared by all its feeds: snapshots are fetched from it.</param>
    /// <param name="queue">Takes what was translated.</param>
    /// <param name="time">Our clock.</param>
    /// <param name="options">What can be set; null for the defaults.</param>
    public VenueFeed(IVenue venue, ConnectionPlan plan, VenueRest rest, IEventQueue queue, TimeProvider time, FeedOptions? options = null)
    {
        Name = $"{venue.Id}/{plan.Name}";
        options ??= FeedOptions.Default;
        _feed = new FeedSurroundings(Name, venue, plan, queue, time, options);
        _snapshots = new SnapshotRequests(_feed, rest, ResubscribeAsync);
        _backoff = new Backoff(Seeds.Mix(options.Seed, Name), options.ReconnectDelay);
        _complaints = new RepeatedNotice(time);
        _phase = new FeedPhase(FeedState.Stopped, time.GetUtcNow(), "not started");
        _lifetime = _ending.Token;
    }

    /// <summary>Venue and connection: <c>binance-usdm/public-0</c>.</summary>
    public string Name { get; }

    /// <summary>What the feed looks like now. Read from any thread.</summary>
    public FeedStatus Status => FeedStatusReport.Of(_feed, _phase, Volatile.Read(ref _current), _backoff.Failures);

    /// <summary>Begins, on the thread pool. Does nothing when it has begun.</summary>
    public void Start() => _running ??= Task.Run(RunAsync);

    /// <summary>
    /// Asks for a snapshot of a book of this feed, by REST or, where the venue has none, by subscribing anew. Never waits; while one
    /// is on its way, asking again does nothing. It is fetched again, with growing pauses, until it came or the connection ended.
    /// </summary>
    public void RequestSnapshot(InstrumentId book, RequestPriority priority = RequestPriority.Background)
    {
        if (!_lifetime.IsCancellationRequested)
        {
            _snapshots.Request(book, priority, _lifetime);
        }
    }

    /// <summary>
    /// Asks for another connection. It takes over from this one as at the daily replacement, at the earliest 30 s after this
    /// one was opened. Never waits; asking again does nothing.
    /// </summary>
    public void RequestReconnect(string reason) => Volatile.Read(ref _current)?.WantReplacementOnceStable(reason);

    /// <summary>The venue was asked about a silent book, and nothing happens there: its silence is not to be mended. Never waits.</summary>
    /// <param name="book">A book of this feed.</param>
    /// <param name="span">For how long.</param>
    public void Excuse(InstrumentId book, TimeSpan span) => Volatile.Read(ref _current)?.Excuse(book, span);

    /// <summary>Closes the connection and ends everything that the feed does.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        if (_running is not null)
        {
            await _running;
        }

        await _snapshots.WhenIdleAsync();
        _snapshots.Dispose();
        _ending.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_lifetime.IsCancellationRequested)
        {
            try
            {
                await _snapshots.EndEpochAsync(_feed.AcceptedPlan.Books, BookState.Connecting, StatusReasons.Connecting, default, _lifetime);
                await SuperviseAsync();
            }
            catch (OperationCanceledException) when (_lifetime.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault)
            {
                _feed.Counters.Fault();
                _feed.Notice(NoticeLevel.Error, "The feed failed in our own code and begins anew.", fault);
                SetPhase(FeedState.Waiting, $"our own code failed: {fault.Message}");
                await Task.Delay(Larger(_backoff.Next(), TimeSpan.FromSeconds(1)), _feed.Time, _lifetime).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        SetPhase(FeedState.Stopped, "stopped");
    }

    /// <summary>One connection after the other, for ever, or until our own code fails.</summary>
    private async Task SuperviseAsync()
    {
        try
        {
            while (true)
            {
                for (var connection = await ConnectAsync(); connection is not null; connection = await FollowAsync(connection))
                {
                    Volatile.Write(ref _current, connection);
                }
            }
        }
        finally
        {
            await DropAsync(Interlocked.Exchange(ref _current, null));
        }
    }

    private async Task<FeedConnection?> ConnectAsync()
    {
        while (true)
        {
            SetPhase(FeedState.Connecting, _trouble);
            var plan = _feed.AcceptedPlan;
            var (socket, refusal) = await FeedSocket.OpenAsync(_feed, plan.Address, _lifetime);
            if (socket is not null)
            {
                return await BeginAsync(plan, socket, isReplacement: false);
            }

            await OnRefusedAsync(refusal!);
        }
    }

    private async Task<FeedConnection> BeginAsync(ConnectionPlan plan, FeedSocket socket, bool isReplacement)
    {
        _feed.Counters.Connect();
        FeedConnection? connection = null;
        try
        {
            connection = new FeedConnection(_feed, plan, socket);
            if (!isReplacement)
            {
                _trouble = "";
                SetPhase(FeedState.Connected, "");
                _complaints.Forget();
                await _feed.TellOpeningAsync(plan, isFirst: !_hasOpened, _lifetime);
                _hasOpened = true;
            }

            // Told before the first frame can be read, so that the market hears of things in their order.
            await _feed.TellAsync(Beginning(plan, isReplacement), BookState.Buffering, StatusReasons.AwaitingSnapshot, default, _lifetime);
            Array.ForEach(plan.Streams.ToArray(), stream => _feed.Refused.OnAskedAgain(stream.Name, _feed.Elapsed));
            connection.Start();
            return connection;
        }
        catch
        {
            await DropAsync(connection);
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The books that begin with a connection: all, or those that the one which it is to replace was opened without.</summary>
    private IEnumerable<Instrument> Beginning(ConnectionPlan plan, bool isReplacement) =>
        isReplacement && Volatile.Read(ref _current) is { } current ? plan.Books.Except(current.Plan.Books) : plan.Books;

    private async Task OnRefusedAsync(HandshakeRefusal refusal)
    {
        if (_complaints.IsDue(refusal.Code, refusal.State == FeedState.GeoBlocked))
        {
            _feed.Notice(NoticeLevel.Warning, refusal.Words);
        }

        var wait = Larger(_backoff.Next(), refusal.Wait ?? TimeSpan.Zero);
        var until = _feed.Time.GetUtcNow() + wait;
        _trouble = refusal.Words;
        SetPhase(refusal.State, refusal.Words, until);
        await _feed.TellAsync(_feed.AcceptedPlan.Books, refusal.Books, refusal.Code, Timestamp.From(until), _lifetime);
        await DelayAsync(wait);
    }

    /// <summary>Stays with a connection until it ended (null) or another one took over.</summary>
    private async Task<FeedConnection?> FollowAsync(FeedConnection connection)
    {
        var replacement = new ConnectionReplacement(_feed, _snapshots, _backoff);
        while (true)
        {
            var next = await replacement.WhenDueAsync(connection, _lifetime)
                ? await replacement.TryReplaceAsync(connection, plan => OpenReplacementAsync(plan), _lifetime)
                : null;
            if (next is not null)
            {
                await DropAsync(connection);
                return next;
            }

            if (connection.Ended.IsCompleted)
            {
                await AfterEndAsync(await connection.Ended, _feed.Elapsed - connection.OpenedAt);
                return null;
            }
        }
    }

    private async Task<FeedConnection?> OpenReplacementAsync(ConnectionPlan plan)
    {
        var (socket, refusal) = await FeedSocket.OpenAsync(_feed, plan.Address, _lifetime);
        if (socket is null)
        {
            _feed.Notice(NoticeLevel.Warning, $"The connection could not be replaced and is kept: {refusal!.Words}");
            return null;
        }

        return await BeginAsync(plan, socket, isReplacement: true);
    }

    private async Task AfterEndAsync(ConnectionEnd end, TimeSpan age)
    {
        _feed.Counters.Reconnect();
        if (end.Fault is not null)
        {
            _feed.Counters.Fault();
        }

        if (age >= _feed.Options.StableAfter)
        {
            _backoff.Reset();
        }

        var wait = _backoff.Next();
        wait = end.CloseStatus == WebSocketCloseStatus.PolicyViolation ? Larger(wait, _feed.Options.PolicyViolationWait) : wait;
        _feed.Notice(
            end.Fault is null ? NoticeLevel.Warning : NoticeLevel.Error, $"{end.Words} Connecting again in {wait.TotalSeconds:0.#} s.", end.Fault);
        _trouble = end.Words;
        SetPhase(FeedState.Waiting, end.Words, _feed.Time.GetUtcNow() + wait);
        await _snapshots.EndEpochAsync(_feed.AcceptedPlan.Books, BookState.Connecting, end.Code, default, _lifetime);
        await DropAsync(Interlocked.Exchange(ref _current, null));
        await DelayAsync(wait);
    }

    private static ValueTask DropAsync(FeedConnection? connection) => connection?.DisposeAsync() ?? ValueTask.CompletedTask;

    private Task<bool> ResubscribeAsync(InstrumentId book, CancellationToken cancellationToken) =>
        Volatile.Read(ref _current)?.ResubscribeAsync(book, cancellationToken) ?? Task.FromResult(false);

    private void SetPhase(FeedState state, string reason, DateTimeOffset? until = null) =>
        Volatile.Write(ref _phase, new FeedPhase(state, _feed.Time.GetUtcNow(), reason, until));

    private Task DelayAsync(TimeSpan wait) =>
        wait > TimeSpan.Zero ? Task.Delay(wait, _feed.Time, _lifetime) : Task.CompletedTask;

    private static TimeSpan Larger(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
