using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Feed;

/// <summary>
/// What happens to a frame on the receiving thread: stamp, record, translate, hand on. Nothing is allocated for a frame of data.
/// </summary>
internal sealed class FrameTranslation : IDisposable
{
    private readonly FeedSurroundings _feed;
    private readonly ConnectionPlan _plan;
    private readonly IVenueSession _session;
    private readonly StreamWatch _watch;
    private readonly FrameReplies _replies;
    private readonly Instrument[] _books;
    private readonly SynchronousWait _wait = new();
    private readonly RepeatedNotice _complaints;
    private EventBatch _batch;
    private int _malformedInARow;
    private long _lastFrameAt;
    private long _lag = long.MinValue;
    private int _unread;
    private volatile bool _waitsForRoom;

    public FrameTranslation(FeedSurroundings feed, ConnectionPlan plan, IVenueSession session, StreamWatch watch, FrameReplies replies)
    {
        (_feed, _plan, _session, _watch, _replies, _books) = (feed, plan, session, watch, replies, [.. plan.Books]);
        _complaints = new RepeatedNotice(feed.Time);
        _batch = feed.Queue.Rent();
    }

    /// <summary>When anything at all came last; null when nothing did.</summary>
    public TimeSpan? LastFrameAt => Volatile.Read(ref _lastFrameAt) is var ticks and not 0 ? TimeSpan.FromTicks(ticks) : null;

    /// <summary>Receive time minus the venue's time, of the last data that had both.</summary>
    public TimeSpan? Lag => Volatile.Read(ref _lag) is var ticks and not long.MinValue ? TimeSpan.FromTicks(ticks) : null;

    /// <summary>Whether a frame could not be read since this was last asked.</summary>
    public bool TakeUnread() => Interlocked.Exchange(ref _unread, 0) != 0;

    /// <summary>The queue is full, so that nothing is read.</summary>
    public bool IsWaitingForRoom => _waitsForRoom;

    /// <summary>The venue said that it will close the connection.</summary>
    public bool IsClosing { get; private set; }

    /// <summary>Translates a frame and hands on what it says. False when too many in a row could not be read.</summary>
    public bool Take(ReadOnlySpan<byte> frame, CancellationToken cancellationToken)
    {
        var receivedAt = _feed.Now;
        var now = _feed.Elapsed;
        Volatile.Write(ref _lastFrameAt, now.Ticks);
        _feed.Counters.Frame(frame.Length);
        _feed.Options.Recorder?.Record(receivedAt, frame);
        Judge(_session.Translate(frame, receivedAt, _batch), now);
        if (_batch.Count > 0)
        {
            HandOn(receivedAt, cancellationToken);
        }

        return _malformedInARow < _feed.Options.MaxMalformedInARow;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _batch.Clear();
        _feed.Queue.Return(_batch);
        _wait.Dispose();
    }

    private void Judge(in FrameOutcome outcome, TimeSpan now)
    {
        if (outcome.Kind == FrameKind.Malformed)
        {
            OnMalformed(outcome.Detail);
            return;
        }

        _malformedInARow = 0;
        if (outcome.Reply is { } reply && !_replies.TryAdd(reply))
        {
            if (_complaints.IsDue("replies", isGeoBlock: false))
            {
                _feed.Notice(NoticeLevel.Warning, "The venue asks for more answers than may be sent; some were left out.");
            }
        }

        switch (outcome.Kind)
        {
            case FrameKind.Data:
                _watch.OnData(outcome.Stream, now);
                break;
            case FrameKind.Acknowledged:
                _watch.OnAcknowledged(outcome.Stream);
                break;
            case FrameKind.Refused:
                OnRefused(outcome.Stream, outcome.Detail ?? "refused without a word");
                break;
            case FrameKind.Closing:
                IsClosing = true;
                break;
            case FrameKind.Unknown:
                _feed.Counters.Unknown();
                break;
        }
    }

    /// <summary>A lost message is a gap, and there is no telling of which book.</summary>
    private void OnMalformed(string? why)
    {
        _feed.Counters.Malformed();
        Volatile.Write(ref _unread, 1);
        if (_malformedInARow++ == 0)
        {
            _feed.Notice(NoticeLevel.Warning, $"A frame could not be read: {why}");
        }

        _batch.Clear();
        _feed.Add(_batch, _books, BookState.Resyncing, StatusReasons.Malformed);
    }

    private void OnRefused(int stream, string words)
    {
        if ((uint)stream >= (uint)_plan.Streams.Count)
        {
            _feed.Notice(NoticeLevel.Warning, $"The venue refused a request: {words}");
            return;
        }

        var refused = _plan.Streams[stream];
        _watch.OnRefused(stream, words);
        _feed.Refused.Add(refused.Name, words, _feed.Elapsed);
        _feed.Notice(NoticeLevel.Warning, $"The venue refused {refused.Name}: {words}");
        if (refused.Channel == Channel.Book)
        {
            _feed.Add(_batch, [refused.Instrument], BookState.Disabled, StatusReasons.SubscriptionRefused);
        }
    }

    private void HandOn(Timestamp receivedAt, CancellationToken cancellationToken)
    {
        if (_batch.LastTimes.VenueTime is { IsUnknown: false } venueTime)
        {
            Volatile.Write(ref _lag, (receivedAt - venueTime).Ticks);
        }

        var room = _feed.Queue.EnqueueAsync(_batch, cancellationToken);
        if (!room.IsCompleted)
        {
            _waitsForRoom = true;
        }

        _wait.For(room);
        _batch = _feed.Queue.Rent();
        if (_waitsForRoom)
        {
            Volatile.Write(ref _lastFrameAt, _feed.Elapsed.Ticks);
            _waitsForRoom = false;
        }
    }
}
