using System.Buffers;
using System.Net.WebSockets;

namespace Omnibook.Server.Streams;

/// <summary>One client's socket: a loop that sends what waits, a loop that reads what comes, and one orderly way to end.</summary>
internal sealed class ClientConnection
{
    private const int FirstInboundBuffer = 512;
    private readonly WebSocket _socket;
    private readonly StreamLimits _limits;
    private readonly StreamCounters _counters;
    private readonly TimeProvider _time;
    private readonly Action _cut;
    private readonly ClientOutbox _outbox;
    private readonly FrameSender _sender;
    private readonly InboundRate _rate;
    private readonly Lock _gate = new();
    private readonly List<Subscription> _subscriptions = [];
    private readonly List<Action> _ended = [];
    private bool _isGone;
    private CloseReason? _close;
    private long _closeSince;

    /// <summary>Takes over an open socket.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="wire">The stream under it, where it can be had.</param>
    /// <param name="cut">Ends the connection under it at once, whatever is being written.</param>
    /// <param name="limits">The bounds.</param>
    /// <param name="counters">Where frames are counted.</param>
    /// <param name="time">The clock.</param>
    public ClientConnection(
        WebSocket socket, ClientStream? wire, Action cut, StreamLimits limits, StreamCounters counters, TimeProvider time)
    {
        (_socket, _cut, _limits, _counters, _time) = (socket, cut, limits, counters, time);
        _outbox = new ClientOutbox(limits, counters, time);
        _sender = new FrameSender(socket, wire, _outbox, counters, time);
        _rate = new InboundRate(limits.MaxInboundPerSecond, time);
    }

    /// <summary>Called with every text message, one after the other; null ignores them. Must not throw on malformed input.</summary>
    public Action<ClientConnection, ReadOnlyMemory<byte>>? Received { get; set; }

    /// <summary>Bytes that wait for this client.</summary>
    public long WaitingBytes => _outbox.WaitingBytes;

    /// <summary>Follows a topic; the newest frame of it is sent at once.</summary>
    /// <param name="topic">What is followed.</param>
    /// <param name="leastWorth">Frames that are worth less are left out.</param>
    /// <param name="greets">Whether the newest frame is sent at once.</param>
    /// <param name="dress">Makes of the topic's frame the one that this client is sent; null sends it as it is.</param>
    /// <returns>The subscription, or null when the client follows as many as it may, or has gone.</returns>
    public Subscription? Follow(Topic topic, long leastWorth = 0, bool greets = true, Func<Frame, Frame>? dress = null)
    {
        lock (_gate)
        {
            if (_isGone || _subscriptions.Count >= _limits.MaxSubscriptions)
            {
                return null;
            }

            var subscription = new Subscription(topic, _outbox, leastWorth, dress);
            _subscriptions.Add(subscription);
            topic.Add(subscription, greets);
            return subscription;
        }
    }

    /// <summary>Stops following. What waits of it is not sent any more.</summary>
    public void Unfollow(Subscription subscription)
    {
        subscription.IsOver = true;
        lock (_gate)
        {
            subscription.Topic.Remove(subscription);
            _subscriptions.Remove(subscription);
        }
    }

    /// <summary>
    /// Has something done when the client has gone, by whichever side, once it follows nothing any more. To be called before the connection
    /// runs, or from its own messages.
    /// </summary>
    public void WhenGone(Action action) => _ended.Add(action);

    /// <summary>Sends a frame to this client alone, after what already waits.</summary>
    public void Send(Frame frame) => _outbox.Add(null, frame);

    /// <summary>Sends this client alone, after what already waits, a frame that its own send loop renders when its turn comes.</summary>
    /// <inheritdoc cref="ClientOutbox.Add(Func{Frame}, int)"/>
    public void Send(Func<Frame> render, int weight) => _outbox.Add(render, weight);

    /// <summary>Runs until the socket is closed, by whichever side.</summary>
    /// <exception cref="WebSocketException">The connection was lost, or the client broke the protocol.</exception>
    public async Task RunAsync()
    {
        var sending = SendLoopAsync();
        try
        {
            await ReceiveLoopAsync();
        }
        finally
        {
            UnfollowAll();
            _ended.ForEach(ended => ended());
            Close(WebSocketCloseStatus.NormalClosure, string.Empty);
            await sending;
        }
    }

    /// <summary>
    /// Ends the connection with a code and a reason, of which as much is sent as a close frame holds; what still waits is dropped. The first
    /// call decides.
    /// </summary>
    /// <param name="status">The code.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="last">A frame that is sent before, and belongs to the connection from now on; null for none.</param>
    public void Close(WebSocketCloseStatus status, string reason, Frame? last = null)
    {
        if (Interlocked.CompareExchange(ref _close, new CloseReason(status, CloseStatuses.Fit(reason), last), null) is null)
        {
            Volatile.Write(ref _closeSince, _time.GetTimestamp());
            _outbox.Close();
        }
        else
        {
            last?.Release();
        }
    }

    /// <summary>Called about once a second: ends a client that is stuck, and cuts one that does not answer the close.</summary>
    public void Watch()
    {
        if (Volatile.Read(ref _closeSince) is var since and not 0)
        {
            if (_time.GetElapsedTime(since) >= _limits.CloseGrace)
            {
                _socket.Abort();
                _cut();
            }

            return;
        }

        if (WhySlow() is { } why)
        {
            _counters.Slow();
            Close(CloseStatuses.TryAgainLater, $"slow consumer: {why}, {_outbox.Dropped} dropped");
        }
    }

    private void UnfollowAll()
    {
        lock (_gate)
        {
            _isGone = true;
            _subscriptions.ForEach(subscription => subscription.Topic.Remove(subscription));
        }
    }

    private string? WhySlow() =>
        _outbox.IsOverflowing ? $"over {_limits.MaxWaitingBytes} bytes waiting"
        : _sender.StuckFor >= _limits.StuckAfter ? $"stuck for {_limits.StuckAfter.TotalSeconds:0} s"
        : _outbox.FullFor >= _limits.FullAfter ? $"queue full for {_limits.FullAfter.TotalSeconds:0} s"
        : null;

    private async Task SendLoopAsync()
    {
        try
        {
            while (Volatile.Read(ref _close) is null)
            {
                if (_outbox.TryTake(out var frame))
                {
                    await _sender.SendAsync(frame);
                }
                else
                {
                    await _outbox.WaitAsync();
                }
            }

            await AnswerCloseAsync(_close!);
        }
        catch (Exception lost) when (lost is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The client is gone. The receive loop learns the same, and reports it.
            Close(WebSocketCloseStatus.EndpointUnavailable, lost.Message);
        }
    }

    private async Task AnswerCloseAsync(CloseReason close)
    {
        if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            if (close.Last is not null)
            {
                await _sender.SendAsync(close.Last);
            }

            await _socket.CloseOutputAsync(close.Status, close.Reason, CancellationToken.None);
        }
    }

    private async Task ReceiveLoopAsync()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstInboundBuffer);
        try
        {
            var length = 0;
            while (true)
            {
                var received = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                length = Accept(buffer, length + received.Count, received);
                buffer = length == buffer.Length ? Enlarge(buffer) : buffer;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <returns>How much of the message is in the buffer and still incomplete.</returns>
    private int Accept(byte[] buffer, int length, ValueWebSocketReceiveResult received)
    {
        if (Volatile.Read(ref _close) is not null)
        {
            return 0;
        }

        if (WhyUnacceptable(length, received) is { } close)
        {
            _counters.Misbehaving();
            Close(close.Status, close.Reason);
            return 0;
        }

        if (!received.EndOfMessage)
        {
            return length;
        }

        Received?.Invoke(this, buffer.AsMemory(0, length));
        return 0;
    }

    private CloseReason? WhyUnacceptable(int length, ValueWebSocketReceiveResult received) =>
        received.MessageType == WebSocketMessageType.Binary
            ? new CloseReason(WebSocketCloseStatus.InvalidMessageType, "text messages only")
        : length > _limits.MaxInboundBytes
            ? new CloseReason(WebSocketCloseStatus.MessageTooBig, $"a message may have {_limits.MaxInboundBytes} bytes")
        : received.EndOfMessage && !_rate.Admit()
            ? new CloseReason(WebSocketCloseStatus.PolicyViolation, $"more than {_limits.MaxInboundPerSecond} messages a second")
        : null;

    private byte[] Enlarge(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(buffer.Length * 2, _limits.MaxInboundBytes + 1));
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private sealed record CloseReason(WebSocketCloseStatus Status, string Reason, Frame? Last = null);
}
