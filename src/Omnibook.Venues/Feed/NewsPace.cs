using Omnibook.Core.Events;

namespace Omnibook.Venues.Feed;

/// <summary>When to ask a history of news, given what its socket does. Belongs to one task.</summary>
internal sealed class NewsPace(NewsHistory history)
{
    /// <summary>By how much a venue's clock may be ahead of ours.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);

    /// <summary>How long an item of the history may still be on its way over the socket.</summary>
    private static readonly TimeSpan OnItsWay = TimeSpan.FromSeconds(10);

    private Timestamp? _lastTry;
    private long _filledFor;
    private Timestamp _newest;

    /// <summary>Whether the socket is open and has brought something, later than which the history knows of nothing.</summary>
    public bool IsHeard { get; private set; }

    /// <summary>Whether to ask now. When it says so, a try is counted.</summary>
    public bool IsDue(FeedStatus socket, Timestamp now)
    {
        IsHeard = Hears(socket, now);
        var isConnected = socket.State == FeedState.Connected;
        var isDue = _lastTry is not { } last
            || (isConnected && socket.Counts.Connects != _filledFor)
            || now - last >= (IsHeard ? history.WhileHeard : history.WhileUnheard)
            || now < last;
        if (isDue)
        {
            _lastTry = now;
            _filledFor = isConnected ? socket.Counts.Connects : _filledFor;
        }

        return isDue;
    }

    /// <summary>The history answered, with this as its newest item.</summary>
    public void OnAnswer(Timestamp newest) => _newest = newest;

    private bool Hears(FeedStatus socket, Timestamp now)
    {
        if (socket.State != FeedState.Connected || socket.NewsAge is not { } age)
        {
            return false;
        }

        var spoke = now + -age;
        return _newest <= spoke + Skew || now - _newest <= OnItsWay;
    }
}
