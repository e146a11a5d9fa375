namespace Omnibook.Server.Streams;

/// <summary>
/// Something that clients follow: rendered once by its publisher, handed to everybody. Publishing takes no longer with ten thousand
/// followers than with none, because handing out happens on a thread of the pool: no client can slow a market.
/// </summary>
internal sealed class Topic : IThreadPoolWorkItem
{
    /// <summary>How many published events may wait to be handed out; only a starved thread pool ever fills this.</summary>
    private const int InboxSize = 4096;

    private readonly Lock _gate = new();
    private readonly Queue<Published> _inbox = new();
    private readonly StreamCounters _counters;
    private Subscription[] _followers = [];
    private long _leastWorth = long.MaxValue;
    private Frame? _latest;
    private bool _handingOut;

    /// <summary>Creates a topic.</summary>
    /// <param name="name">The name in metrics and logs.</param>
    /// <param name="policy">What waits for a slow client.</param>
    /// <param name="counters">Where its frames are counted.</param>
    /// <param name="dropNotice">Renders the announcement of dropped events, where the dialect has one; the argument is how many.</param>
    public Topic(string name, OutboxPolicy policy, StreamCounters counters, Func<long, Frame>? dropNotice = null) =>
        (Name, Policy, _counters, DropNotice) = (name, policy, counters, dropNotice);

    /// <summary>The name in metrics and logs.</summary>
    public string Name { get; }

    /// <summary>What waits for a slow client.</summary>
    public OutboxPolicy Policy { get; }

    /// <summary>Renders the announcement that so many events were dropped; null where the dialect has no place for it.</summary>
    public Func<long, Frame>? DropNotice { get; }

    /// <summary>How many clients follow.</summary>
    public int Followers => Volatile.Read(ref _followers).Length;

    /// <summary>What is worth less than this nobody wants; the most there is while nobody follows.</summary>
    public long LeastWorth => Volatile.Read(ref _leastWorth);

    /// <summary>True when everything that was published is handed out.</summary>
    internal bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return !_handingOut;
            }
        }
    }

    /// <summary>Takes over a frame and hands it to every follower soon, in the order of publishing.</summary>
    /// <param name="frame">The frame; it belongs to the topic from now on.</param>
    /// <param name="greets">Whether it becomes the frame that those who come later are greeted with.</param>
    public void Publish(Frame frame, bool greets = true)
    {
        _counters.Rendered();
        Frame? replaced = null;
        var start = false;
        lock (_gate)
        {
            if (_inbox.Count >= (Policy == OutboxPolicy.NewestOnly ? 1 : InboxSize))
            {
                replaced = _inbox.Dequeue().Frame;
            }

            _inbox.Enqueue(new Published(frame, greets));
            (start, _handingOut) = (!_handingOut, true);
        }

        CountReplaced(replaced);
        if (start)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Forgets the latest frame, so that nobody who comes is greeted with it.</summary>
    public void Forget()
    {
        Frame? forgotten;
        lock (_gate)
        {
            (forgotten, _latest) = (_latest, null);
        }

        forgotten?.Release();
    }

    /// <summary>The newest frame that was handed out, kept for the caller, who releases it; null when there is none.</summary>
    public Frame? TakeLatest()
    {
        lock (_gate)
        {
            return _latest?.Share();
        }
    }

    /// <summary>Adds a follower and greets it with the newest frame, unless told otherwise. It gets every later frame, and none twice.</summary>
    public void Add(Subscription follower, bool greets = true)
    {
        lock (_gate)
        {
            SetFollowers([.. _followers, follower]);
            if (greets && _latest is not null)
            {
                follower.Offer(_latest);
            }
        }
    }

    /// <summary>Removes a follower; one that is not there is no error.</summary>
    public void Remove(Subscription follower)
    {
        lock (_gate)
        {
            SetFollowers(Array.FindAll(_followers, other => other != follower));
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (TryNext(out var frame, out var followers))
        {
            foreach (var follower in followers)
            {
                follower.Offer(frame);
            }

            frame.Release();
        }
    }

    private void SetFollowers(Subscription[] followers)
    {
        _followers = followers;
        Volatile.Write(ref _leastWorth, followers.Length == 0 ? long.MaxValue : followers.Min(follower => follower.LeastWorth));
    }

    private bool TryNext([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Frame? frame, out Subscription[] followers)
    {
        Frame? older;
        lock (_gate)
        {
            followers = _followers;
            if (!_inbox.TryDequeue(out var published))
            {
                (frame, _handingOut) = (null, false);
                return false;
            }

            frame = published.Frame;
            if (!published.Greets)
            {
                return true;
            }

            (older, _latest) = (_latest, frame.Share());
        }

        older?.Release();
        return true;
    }

    private void CountReplaced(Frame? replaced)
    {
        if (replaced is null)
        {
            return;
        }

        replaced.Release();
        if (Policy == OutboxPolicy.NewestOnly)
        {
            _counters.Replaced();
        }
        else
        {
            _counters.Dropped();
        }
    }

    private readonly record struct Published(Frame Frame, bool Greets);
}
