using Omnibook.Core.Events;

namespace Omnibook.Venues.Feed;

/// <summary>How the asking of a history goes. Read from any thread.</summary>
/// <param name="LastAt">When it last answered; null when it never did.</param>
/// <param name="Trouble">Why it does not answer, in words; empty when it does.</param>
/// <param name="IsHeard">Whether the socket brings the news, as far as the history can tell.</param>
/// <param name="Answers">How often it answered.</param>
/// <param name="Unreadable">Items that were passed over because they could not be read, as often as they came.</param>
public sealed record NewsPollStatus(DateTimeOffset? LastAt, string Trouble, bool IsHeard, long Answers, long Unreadable);

/// <summary>
/// Asks a venue's history of news: at the start, after every connection that was made, regularly while the socket is down or brings
/// nothing, and now and then to see whether it brings all. What the socket brought too is told twice; the market leaves out what it knows.
/// </summary>
/// <remarks>
/// News has no numbers, so that a hole shows only by asking. A page is whole when it reaches back to an item of the page before; a page that
/// does not is followed by a larger one, up to all that the history has.
/// </remarks>
public sealed class NewsPoll : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);
    private readonly NewsHistory _history;
    private readonly VenueFeed _feed;
    private readonly VenueRest _rest;
    private readonly IEventQueue _queue;
    private readonly TimeProvider _time;
    private readonly FeedOptions _options;
    private readonly NewsPace _pace;
    private readonly RepeatedNotice _complaints;
    private readonly CancellationTokenSource _ending = new();
    private HashSet<string> _known = [];
    private NewsPollStatus _status = new(null, "", IsHeard: false, 0, 0);
    private Timestamp _since;
    private Task? _running;

    /// <summary>Asks nothing before <see cref="Start"/>.</summary>
    /// <param name="history">How to ask.</param>
    /// <param name="feed">The feed of the socket that pushes the same news.</param>
    /// <param name="rest">The venue's REST host.</param>
    /// <param name="queue">Takes what was translated.</param>
    /// <param name="time">Our clock.</param>
    /// <param name="options">Takes the sentences for the log.</param>
    public NewsPoll(NewsHistory history, VenueFeed feed, VenueRest rest, IEventQueue queue, TimeProvider time, FeedOptions options)
    {
        (_history, _feed, _rest, _queue, _time, _options) = (history, feed, rest, queue, time, options);
        (_pace, _complaints) = (new NewsPace(history), new RepeatedNotice(time));
    }

    /// <summary>How it goes.</summary>
    public NewsPollStatus Status => Volatile.Read(ref _status);

    private Timestamp Now => Timestamp.From(_time.GetUtcNow());

    /// <summary>Begins, on the thread pool. Does nothing when it has begun.</summary>
    public void Start() => _running ??= Task.Run(RunAsync);

    /// <summary>Ends, and waits until nothing is asked any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        if (_running is not null)
        {
            await _running;
        }

        _ending.Dispose();
    }

    private async Task RunAsync()
    {
        _since = Now;
        using var timer = new PeriodicTimer(Step, _time);
        try
        {
            do
            {
                if (_pace.IsDue(_feed.Status, Now))
                {
                    await AskAsync();
                }

                TellWhetherHeard();
            }
            while (await timer.WaitForNextTickAsync(_ending.Token));
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            SetStatus(_status with { Trouble = "stopped" });
        }
    }

    private async Task AskAsync()
    {
        try
        {
            await AskAllAsync();
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            SetStatus(_status with { Trouble = $"our own code failed: {fault.Message}" });
            _options.Notices?.Invoke(new FeedNotice(NoticeLevel.Error, _feed.Name, "Asking the history of news failed in our own code.", fault));
        }
    }

    /// <summary>Larger and larger pages, until one is whole. Of what fails on the way, the best page so far is still told.</summary>
    private async Task AskAllAsync()
    {
        EventBatch? best = null;
        var isWhole = false;
        try
        {
            for (var size = _known.Count == 0 ? 1 : 0; size < _history.Pages.Count && !isWhole; size++)
            {
                var (batch, page) = await FetchAsync(_history.Pages[size]);
                GiveBack(best);
                best = batch;
                isWhole = page.Rows < _history.Pages[size] || ReachesBack(batch.News);
                Count(page);
            }

            isWhole = true;
        }
        catch (VenueRequestException failure)
        {
            Complain(failure);
        }

        if (best is not null)
        {
            await TellAsync(best, isWhole);
        }
    }

    private async Task<(EventBatch Batch, NewsPage Page)> FetchAsync(int size)
    {
        var body = await _rest.SendAsync(_history.Request(size), _ending.Token);
        var batch = _queue.Rent();
        if (_history.TryTranslate(body, Now, batch) is { } page)
        {
            return (batch, page);
        }

        GiveBack(batch);
        throw new VenueRequestException(RequestFailure.Unreadable, "The answer is no history of news.");
    }

    /// <summary>To what was known before; or, where nothing was, to before we began to listen.</summary>
    private bool ReachesBack(IReadOnlyList<NewsItem> items) =>
        items.Any(_known.Count > 0 ? item => _known.Contains(item.Id) : item => item.At < _since);

    private async Task TellAsync(EventBatch batch, bool isWhole)
    {
        string[] ids = [.. batch.News.Select(item => item.Id)];
        var newest = batch.News.Select(item => item.At).DefaultIfEmpty().Max();
        try
        {
            await _queue.EnqueueAsync(batch, _ending.Token);
        }
        catch (OperationCanceledException)
        {
            GiveBack(batch);
            throw;
        }

        if (isWhole)
        {
            _known = [.. ids];
            _pace.OnAnswer(newest);
        }
    }

    private void Count(NewsPage page)
    {
        if (page.Unreadable > 0 && _complaints.IsDue("unreadable", isGeoBlock: false))
        {
            _options.Notices?.Invoke(new FeedNotice(
                NoticeLevel.Warning, _feed.Name, $"The history of news has {page.Unreadable} of {page.Rows} items that cannot be read: {page.Why}."));
        }

        var before = _status;
        SetStatus(before with { LastAt = _time.GetUtcNow(), Trouble = "", Answers = before.Answers + 1, Unreadable = before.Unreadable + page.Unreadable });
    }

    private void Complain(VenueRequestException failure)
    {
        var words = failure.VenueMessage is { Length: > 0 } venue ? $"{failure.Message} {venue}" : failure.Message;
        if (_complaints.IsDue(failure.Failure.ToString(), failure.Failure == RequestFailure.GeoBlocked))
        {
            _options.Notices?.Invoke(new FeedNotice(NoticeLevel.Warning, _feed.Name, $"The history of news cannot be read: {words}"));
        }

        SetStatus(_status with { Trouble = words });
    }

    private void TellWhetherHeard()
    {
        if (_status.IsHeard != _pace.IsHeard)
        {
            SetStatus(_status with { IsHeard = _pace.IsHeard });
        }
    }

    private void SetStatus(NewsPollStatus status) => Volatile.Write(ref _status, status);

    private void GiveBack(EventBatch? batch)
    {
        if (batch is not null)
        {
            batch.Clear();
            _queue.Return(batch);
        }
    }
}
