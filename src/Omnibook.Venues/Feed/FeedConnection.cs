using System.Net.WebSockets;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Feed;

/// <summary>
/// One socket of a feed with its session: it subscribes, pings, reads on a thread of its own, translates, hands on, and watches
/// its streams. It never comes back: when it has ended, the feed makes another one, and nothing of this one touches that one's socket.
/// </summary>
internal sealed class FeedConnection : IAsyncDisposable
{
    private static readonly TimeSpan GoodbyePatience = TimeSpan.FromMilliseconds(200);
    private readonly FeedSurroundings _feed;
    private readonly FeedSocket _socket;
    private readonly IVenueSession _session;
    private readonly FrameReplies _replies = new();
    private readonly FrameTranslation _translation;
    private readonly ConnectionCare _care;
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource<ConnectionEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _replacementWanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _received = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly System.Threading.Channels.Channel<int> _toResubscribe;
    private Task? _tasks;

    public FeedConnection(FeedSurroundings feed, ConnectionPlan plan, FeedSocket socket)
    {
        (_feed, Plan, _socket, OpenedAt) = (feed, plan, socket, feed.Elapsed);
        _session = feed.Venue.OpenSession(plan);
        Watch = new StreamWatch(plan, feed.Options, feed.Venue.Rules.AcknowledgeTimeout, _session.Opening.Count);
        _translation = new FrameTranslation(feed, plan, _session, Watch, _replies);
        _care = new ConnectionCare(feed, this, _translation);

        // Each stream can wait at most three times: as unacknowledged, as silent, and as refused.
        _toResubscribe = System.Threading.Channels.Channel.CreateBounded<int>(Math.Max(1, plan.Streams.Count * 3));
    }

    /// <summary>What is subscribed on it.</summary>
    public ConnectionPlan Plan { get; }

    /// <summary>When it was opened, on the feed's own clock.</summary>
    public TimeSpan OpenedAt { get; }

    /// <summary>How its streams are doing.</summary>
    public StreamWatch Watch { get; }

    /// <summary>When anything at all came last; null when nothing did.</summary>
    public TimeSpan? LastFrameAt => _translation.LastFrameAt;

    /// <summary>Receive time minus the venue's time, of the last data that had both.</summary>
    public TimeSpan? Lag => _translation.Lag;

    /// <summary>Completes when the connection has ended, with how. It never fails.</summary>
    public Task<ConnectionEnd> Ended => _ended.Task;

    /// <summary>Completes, with the reason, when another connection should take over while this one still works.</summary>
    public Task<string> ReplacementWanted => _replacementWanted.Task;

    /// <summary>Begins reading, subscribing, pinging and watching.</summary>
    public void Start()
    {
        new Thread(Receive) { IsBackground = true, Name = $"feed {_feed.Name}" }.Start();
        _tasks = Task.WhenAll(
            GuardAsync(SubscribeAsync), GuardAsync(ResubscribeAsync), GuardAsync(PingAsync), GuardAsync(ReplyAsync), GuardAsync(_care.RunAsync));
    }

    /// <summary>Asks for another connection to take over.</summary>
    public void WantReplacement(string reason) => _replacementWanted.TrySetResult(reason);

    /// <summary>Asks for the same, once this connection has stood for a while.</summary>
    public void WantReplacementOnceStable(string reason) => _care.WantReplacementOnceStable(reason);

    /// <summary>Makes the venue begin a stream anew, in its turn. Never waits.</summary>
    public void BeginAnew(int stream) => _toResubscribe.Writer.TryWrite(stream);

    /// <summary>Tells once more of the trades that are subscribed.</summary>
    public void TellSubscribedAgain() => _care.TellSubscribedAgain();

    /// <summary>Makes the venue begin the streams of a book anew. False when the book is not of this connection.</summary>
    public async Task<bool> ResubscribeAsync(InstrumentId book, CancellationToken cancellationToken)
    {
        var stream = Plan.Streams.ToList().FindIndex(candidate => candidate.Channel == Channel.Book && candidate.Instrument.Id == book);
        if (stream < 0 || Ended.IsCompleted)
        {
            return false;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token, cancellationToken);
        await ResubscribeAsync(stream, either.Token);
        return true;
    }

    /// <summary>The market of a book is quiet for as long as is said, so that its silence is none. Does nothing for a book of another connection.</summary>
    public void Excuse(InstrumentId book, TimeSpan span)
    {
        for (var stream = 0; stream < Plan.Streams.Count; stream++)
        {
            if (Plan.Streams[stream] is { Channel: Channel.Book or Channel.TopOfBook } plan && plan.Instrument.Id == book)
            {
                Watch.OnExcused(stream, _feed.Elapsed + span);
            }
        }
    }

    /// <summary>Ends the connection at once.</summary>
    public void End(ConnectionEnd end)
    {
        if (_ended.TrySetResult(end))
        {
            _ending.Cancel();
            _socket.Abort();
        }
    }

    /// <summary>Takes leave of the venue and ends the connection; waits until nothing of it runs any more.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Ended.IsCompleted)
        {
            await _socket.SayGoodbyeAsync(WebSocketCloseStatus.NormalClosure, "", GoodbyePatience);
        }

        End(ConnectionEnd.Retired);
        if (_tasks is null)
        {
            _translation.Dispose();
        }
        else
        {
            await _tasks;
            await _received.Task;
        }

        _socket.Dispose();
        _ending.Dispose();
    }

    private void Receive()
    {
        try
        {
            using var reader = new FrameReader(_socket, _feed.Venue.Rules.MaxFrameBytes);
            while (!_ending.IsCancellationRequested && TryReceive(reader))
            {
                if (_translation.IsClosing)
                {
                    WantReplacement("the venue announced that it will close the connection");
                }
            }
        }
        catch (Exception broken) when (broken is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            End(ConnectionEnd.Broken(broken));
        }
        catch (Exception fault)
        {
            End(new ConnectionEnd(StatusReasons.Disconnected, $"Our own code failed: {fault.Message}", Fault: fault));
        }
        finally
        {
            _translation.Dispose();
            _received.TrySetResult();
        }
    }

    private bool TryReceive(FrameReader reader)
    {
        switch (reader.Read(out var frame))
        {
            case FrameReader.Outcome.Message:
                if (_translation.Take(frame, _ending.Token))
                {
                    return true;
                }

                End(new ConnectionEnd(StatusReasons.Malformed, $"{_feed.Options.MaxMalformedInARow} frames in a row could not be read."));
                return false;
            case FrameReader.Outcome.Closed:
                End(ConnectionEnd.Closed(_socket.CloseStatus, _socket.CloseDescription));
                return false;
            default:
                EndTooLarge();
                return false;
        }
    }

    private void EndTooLarge()
    {
        var goodbye = _socket.SayGoodbyeAsync(WebSocketCloseStatus.MessageTooBig, "message too big", GoodbyePatience);
        _ = goodbye.ContinueWith(
            (_, state) => ((FeedConnection)state!).End(new ConnectionEnd(
                StatusReasons.Malformed, $"A frame was larger than {_feed.Venue.Rules.MaxFrameBytes} bytes.")),
            this,
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);
    }

    /// <summary>Whatever a task of the connection runs into ends the connection, never the process.</summary>
    private async Task GuardAsync(Func<CancellationToken, Task> work)
    {
        try
        {
            await Task.Yield();
            await work(_ending.Token);
        }
        catch (Exception broken) when (broken is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            End(ConnectionEnd.Broken(broken));
        }
        catch (Exception fault)
        {
            End(new ConnectionEnd(StatusReasons.Disconnected, $"Our own code failed: {fault.Message}", Fault: fault));
        }
    }

    private async Task SubscribeAsync(CancellationToken cancellationToken)
    {
        foreach (var frame in _session.Opening)
        {
            await _socket.SendAsync(frame, cancellationToken);
        }

        Watch.OnOpeningSent(_feed.Elapsed);
    }

    private async Task ResubscribeAsync(int stream, CancellationToken cancellationToken)
    {
        var frames = _session.Resubscribe(stream);
        _feed.Counters.Resubscribe();
        Watch.OnResubscribed(frames.Count, _feed.Elapsed);
        foreach (var frame in frames)
        {
            await _socket.SendAsync(frame, cancellationToken);
        }

        Watch.OnResubscribed(0, _feed.Elapsed);
    }

    /// <summary>Apart from the watch, since what is sent is paced: a hundred streams may take twenty seconds, and silence does not wait.</summary>
    private async Task ResubscribeAsync(CancellationToken cancellationToken)
    {
        await foreach (var stream in _toResubscribe.Reader.ReadAllAsync(cancellationToken))
        {
            await ResubscribeAsync(stream, cancellationToken);
        }
    }

    private Task ReplyAsync(CancellationToken cancellationToken) =>
        _replies.SendAsync(frame => _socket.SendAsync(frame, cancellationToken), cancellationToken);

    private async Task PingAsync(CancellationToken cancellationToken)
    {
        if (_feed.Venue.Rules.Ping.IsEmpty)
        {
            return;
        }

        using var timer = new PeriodicTimer(_feed.Venue.Rules.PingInterval, _feed.Time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await _socket.SendAsync(_feed.Venue.Rules.Ping, cancellationToken);
        }
    }
}
