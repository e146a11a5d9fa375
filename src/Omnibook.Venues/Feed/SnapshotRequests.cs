using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Feed;

/// <summary>
/// Fetches snapshots for the books of a feed: at most one at a time for each book, until it came or the book's connection ended.
/// </summary>
/// <remarks>
/// A book has an epoch, which ends with its connection. An answer of an earlier epoch is discarded: between asking and answering
/// the updates that were to continue it were lost.
/// </remarks>
internal sealed class SnapshotRequests : IDisposable
{
    private readonly FeedSurroundings _feed;
    private readonly VenueRest _rest;
    private readonly Func<InstrumentId, CancellationToken, Task<bool>> _resubscribe;
    private readonly Dictionary<InstrumentId, Book> _books;
    private readonly SemaphoreSlim _epochs = new(1, 1);

    public SnapshotRequests(
        FeedSurroundings feed, VenueRest rest, Func<InstrumentId, CancellationToken, Task<bool>> resubscribe)
    {
        (_feed, _rest, _resubscribe) = (feed, rest, resubscribe);
        _books = feed.Plan.Books.ToDictionary(
            instrument => instrument.Id, instrument => new Book(instrument, new SnapshotPace(Seeds.Mix(feed.Options.Seed, instrument.ToString()))));
    }

    /// <summary>Completes when no book is being served.</summary>
    public Task WhenIdleAsync() => Task.WhenAll(_books.Values.Select(book => book.Serving));

    /// <summary>Asks for a snapshot, unless one is on its way. Never waits.</summary>
    public void Request(InstrumentId id, RequestPriority priority, CancellationToken lifetime)
    {
        if (_books.TryGetValue(id, out var book) && book.TryBegin(priority))
        {
            book.Serving = Task.Run(() => GuardAsync(book, lifetime), CancellationToken.None);
        }
    }

    /// <summary>Ends the epoch of books and tells the market why, as one step.</summary>
    public async Task EndEpochAsync(
        IEnumerable<Instrument> books, BookState state, string reason, Timestamp until, CancellationToken cancellationToken)
    {
        Instrument[] ending = [.. books];
        await _epochs.WaitAsync(cancellationToken);
        try
        {
            Array.ForEach(ending, instrument => _books[instrument.Id].EndEpoch());
            await _feed.TellAsync(ending, state, reason, until, cancellationToken);
        }
        finally
        {
            _epochs.Release();
        }
    }

    private async Task GuardAsync(Book book, CancellationToken cancellationToken)
    {
        try
        {
            do
            {
                await ServeAsync(book, book.Epoch, cancellationToken);
            }
            while (book.TryGoOn());
        }
        catch (OperationCanceledException)
        {
            book.Free();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _epochs.Dispose();

    private async Task ServeAsync(Book book, long epoch, CancellationToken cancellationToken)
    {
        while (book.Epoch == epoch)
        {
            await DelayAsync(book.Pace.Next(_feed.Elapsed), cancellationToken);
            if (book.Epoch != epoch)
            {
                break;
            }

            if (_feed.Venue.SnapshotRequest(book.Instrument) is not { } request)
            {
                book.Done();
                await _resubscribe(book.Instrument.Id, cancellationToken);
                return;
            }

            var answer = await TryFetchAsync(book, request, cancellationToken);
            if (answer is not null)
            {
                await DeliverAsync(book, epoch, answer, cancellationToken);
                return;
            }
        }

        book.Free();
    }

    private async Task<EventBatch?> TryFetchAsync(Book book, RestRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var body = await _rest.SendAsync(request with { Priority = book.Priority }, cancellationToken);
            return Translate(book, body);
        }
        catch (VenueRequestException failure)
        {
            await OnFailureAsync(book, failure, cancellationToken);
            return null;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            _feed.Counters.Fault();
            _feed.Notice(NoticeLevel.Error, $"Fetching the snapshot of {book.Instrument.Symbol} failed in our own code.", fault);
            return null;
        }
    }

    private EventBatch Translate(Book book, byte[] body)
    {
        var batch = _feed.Queue.Rent();
        if (book.IsSwitchedOff)
        {
            _feed.Add(batch, [book.Instrument], BookState.Buffering, StatusReasons.AwaitingSnapshot);
        }

        if (_feed.Venue.TryTranslateSnapshot(book.Instrument, body, _feed.Now, batch))
        {
            return batch;
        }

        GiveBack(batch);
        throw new VenueRequestException(RequestFailure.Unreadable, "The answer is JSON, but not a snapshot.");
    }

    private async Task DeliverAsync(Book book, long epoch, EventBatch answer, CancellationToken cancellationToken)
    {
        await _epochs.WaitAsync(cancellationToken);
        try
        {
            if (book.Epoch != epoch)
            {
                book.Free();
                GiveBack(answer);
                _feed.Counters.SnapshotDiscarded();
                return;
            }

            // Done before the market can see the answer: it may ask again at once.
            book.Pace.Succeeded();
            book.Done();
            book.IsSwitchedOff = false;
            await EnqueueAsync(answer, cancellationToken);
            _feed.Counters.Snapshot();
        }
        finally
        {
            _epochs.Release();
        }
    }

    private async Task EnqueueAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            await _feed.Queue.EnqueueAsync(batch, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            GiveBack(batch);
            throw;
        }
    }

    private void GiveBack(EventBatch batch)
    {
        batch.Clear();
        _feed.Queue.Return(batch);
    }

    private async Task OnFailureAsync(Book book, VenueRequestException failure, CancellationToken cancellationToken)
    {
        _feed.Counters.SnapshotFailure();
        var now = _feed.Time.GetUtcNow();
        var (state, reason, until) = failure switch
        {
            { Failure: RequestFailure.RateLimited, Until: { } limit } => (BookState.RateLimited, StatusReasons.RateLimited, limit),
            { Failure: RequestFailure.GeoBlocked } => (BookState.GeoBlocked, StatusReasons.GeoBlocked, now + _feed.Options.GeoBlockRetry),
            _ => (BookState.Syncing, StatusReasons.SnapshotFailed, (DateTimeOffset?)null),
        };
        book.IsSwitchedOff |= state == BookState.GeoBlocked;
        if (book.TakeNews(reason))
        {
            _feed.Notice(NoticeLevel.Warning, $"No snapshot of {book.Instrument.Symbol}: {failure.Message} {failure.VenueMessage}");
        }

        await _feed.TellAsync(
            [book.Instrument], state, reason, until is { } end ? Timestamp.From(end) : default, cancellationToken);
        if (until is { } wait)
        {
            await DelayAsync(wait - now, cancellationToken);
        }
    }

    private Task DelayAsync(TimeSpan wait, CancellationToken cancellationToken) =>
        wait > TimeSpan.Zero ? Task.Delay(wait, _feed.Time, cancellationToken) : Task.CompletedTask;

    private sealed class Book(Instrument instrument, SnapshotPace pace)
    {
        private long _epoch;
        private long _wantedEpoch = -1;
        private int _busy;
        private string? _news;

        public Instrument Instrument { get; } = instrument;

        public Task Serving { get; set; } = Task.CompletedTask;

        public SnapshotPace Pace { get; } = pace;

        public long Epoch => Volatile.Read(ref _epoch);

        public RequestPriority Priority { get; private set; } = RequestPriority.Background;

        /// <summary>The market was told to switch the book off, and has to be told when it is to go on.</summary>
        public bool IsSwitchedOff { get; set; }

        public void EndEpoch() => Interlocked.Increment(ref _epoch);

        public bool TryBegin(RequestPriority priority)
        {
            Priority = priority;
            Volatile.Write(ref _wantedEpoch, Epoch);
            return Interlocked.CompareExchange(ref _busy, 1, 0) == 0;
        }

        /// <summary>The market gets what it asked for until now.</summary>
        public void Done()
        {
            Volatile.Write(ref _wantedEpoch, -1);
            Free();
        }

        public void Free() => Volatile.Write(ref _busy, 0);

        /// <summary>After an epoch ended: whether the next one asked while this one was being served.</summary>
        public bool TryGoOn()
        {
            var isWanted = Interlocked.Exchange(ref _wantedEpoch, -1) == Epoch;
            return isWanted && Interlocked.CompareExchange(ref _busy, 1, 0) == 0;
        }

        /// <summary>True for a reason that was not told already.</summary>
        public bool TakeNews(string reason)
        {
            var isNew = _news != reason;
            _news = reason;
            return isNew;
        }
    }
}
