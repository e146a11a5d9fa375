namespace Omnibook.Venues.Feed;

/// <summary>
/// What one REST host allows, shared by everybody who asks it: weight per window with a reserve for what is watched, a bound on
/// requests in flight, and the time until which the host must not be asked at all. Thread-safe.
/// </summary>
public sealed class RequestBudget : IDisposable
{
    private const double BackgroundShare = 0.7;
    private const double WatchedShare = 0.95;
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly int _weight;
    private readonly int _maxInFlight;
    private readonly int _maxWaiting;
    private readonly WeightWindow _window;
    private readonly PriorityQueue<Waiter, (RequestPriority Priority, long Order)> _waiting = new();
    private readonly ITimer _timer;
    private DateTimeOffset? _blockedUntil;
    private long _order;
    private int _inFlight;

    /// <summary>Creates the budget of one host.</summary>
    /// <param name="weight">Weight that the venue allows within <paramref name="window"/>.</param>
    /// <param name="window">The window of <paramref name="weight"/>.</param>
    /// <param name="time">Our clock.</param>
    /// <param name="maxInFlight">How many requests may be under way at once.</param>
    /// <param name="maxWaiting">How many may wait; one more is refused.</param>
    public RequestBudget(int weight, TimeSpan window, TimeProvider time, int maxInFlight = 8, int maxWaiting = 2048)
    {
        (_weight, _window, _time, _maxInFlight, _maxWaiting) = (weight, new WeightWindow(window), time, maxInFlight, maxWaiting);
        _start = time.GetTimestamp();
        _timer = time.CreateTimer(static state => ((RequestBudget)state!).Admit(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Until when the host must not be asked; null when it may be.</summary>
    public DateTimeOffset? BlockedUntil
    {
        get
        {
            lock (_gate)
            {
                return _blockedUntil is { } until && until > _time.GetUtcNow() ? until : null;
            }
        }
    }

    /// <summary>Weight spent within the last window, by our count or the venue's if that is higher.</summary>
    public int Spent
    {
        get
        {
            lock (_gate)
            {
                _window.MoveTo(_time.GetElapsedTime(_start));
                return _window.Spent;
            }
        }
    }

    /// <summary>How many requests wait for their turn.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Nobody asks until then; whoever waits is told at once. A later time replaces an earlier one, never the reverse.</summary>
    public void BlockUntil(DateTimeOffset until)
    {
        List<Waiter> refused = [];
        lock (_gate)
        {
            _blockedUntil = _blockedUntil > until ? _blockedUntil : until;
            while (_waiting.TryDequeue(out var waiter, out _))
            {
                refused.Add(waiter);
            }
        }

        refused.ForEach(waiter => waiter.Turn.TrySetException(Blocked(until)));
    }

    /// <summary>Takes over the venue's own count where it is higher: others behind our address ask too.</summary>
    public void Observe(int spentByVenuesCount)
    {
        lock (_gate)
        {
            _window.MoveTo(_time.GetElapsedTime(_start));
            _window.Add(Math.Clamp(spentByVenuesCount - _window.Spent, 0, _weight));
        }
    }

    /// <summary>Waits for the turn of a request; <see cref="Leave"/> has to follow once it has ended.</summary>
    /// <exception cref="VenueRequestException">The host must not be asked now, or too many wait already.</exception>
    /// <exception cref="TurnNeverCameException">It was cancelled while it waited, so that nothing was sent.</exception>
    public async Task EnterAsync(int weight, RequestPriority priority, CancellationToken cancellationToken)
    {
        var waiter = Enqueue(Math.Min(weight, _weight), priority);
        using var registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((Waiter)state!).Turn.TrySetCanceled(token), waiter);
        Admit();
        try
        {
            await waiter.Turn.Task;
        }
        catch (OperationCanceledException cancelled)
        {
            Forget(waiter);
            throw new TurnNeverCameException(cancelled.CancellationToken);
        }
    }

    /// <summary>A request has ended, whatever came of it.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _inFlight--;
        }

        Admit();
    }

    /// <summary>Ends the timer; whoever waits is cancelled.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            while (_waiting.TryDequeue(out var waiter, out _))
            {
                waiter.Turn.TrySetCanceled();
            }
        }
    }

    private static VenueRequestException Blocked(DateTimeOffset until) =>
        new(RequestFailure.RateLimited, $"The venue said not to ask before {until:u}.") { Until = until };

    private Waiter Enqueue(int weight, RequestPriority priority)
    {
        lock (_gate)
        {
            if (_blockedUntil is { } until && until > _time.GetUtcNow())
            {
                throw Blocked(until);
            }

            if (_waiting.Count >= _maxWaiting)
            {
                throw new VenueRequestException(RequestFailure.RateLimited, $"{_waiting.Count} requests wait for this host already.");
            }

            var waiter = new Waiter(weight, priority);
            _waiting.Enqueue(waiter, (priority, _order++));
            return waiter;
        }
    }

    private void Forget(Waiter waiter)
    {
        lock (_gate)
        {
            _waiting.Remove(waiter, out _, out _);
        }
    }

    private void Admit()
    {
        lock (_gate)
        {
            var now = _time.GetElapsedTime(_start);
            _window.MoveTo(now);
            while (_inFlight < _maxInFlight && _waiting.TryPeek(out var waiter, out _))
            {
                var room = Allowance(waiter.Priority) - waiter.Weight;
                if (_window.Spent > Math.Max(0, room))
                {
                    _timer.Change(Positive(_window.WhenSpentIsAtMost(Math.Max(0, room)) - now), Timeout.InfiniteTimeSpan);
                    return;
                }

                _waiting.Dequeue();
                if (waiter.Turn.TrySetResult())
                {
                    _window.Add(waiter.Weight);
                    _inFlight++;
                }
            }
        }
    }

    private int Allowance(RequestPriority priority) =>
        (int)(_weight * (priority == RequestPriority.Watched ? WatchedShare : BackgroundShare));

    private static TimeSpan Positive(TimeSpan wait) => wait > TimeSpan.FromMilliseconds(1) ? wait : TimeSpan.FromMilliseconds(1);

    private sealed class Waiter(int weight, RequestPriority priority)
    {
        public int Weight { get; } = weight;

        public RequestPriority Priority { get; } = priority;

        public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
