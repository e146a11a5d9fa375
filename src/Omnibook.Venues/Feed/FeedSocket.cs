using System.Net.WebSockets;

namespace Omnibook.Venues.Feed;

/// <summary>One WebSocket, from the handshake to its end. Reading belongs to one thread; sending is paced for all who send.</summary>
internal sealed class FeedSocket : IDisposable
{
    private readonly ClientWebSocket _socket;
    private readonly HttpMessageInvoker _invoker;
    private readonly TimeProvider _time;
    private readonly TimeSpan _spacing;
    private readonly AddressPace? _pace;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private long? _lastSent;

    private FeedSocket(ClientWebSocket socket, HttpMessageInvoker invoker, FeedSurroundings feed) =>
        (_socket, _invoker, _time, _spacing, _pace) = (socket, invoker, feed.Time, feed.Venue.Rules.SendSpacing, feed.Options.Pace);

    /// <summary>The code with which the venue closed; null when there was no close frame.</summary>
    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    /// <summary>The venue's words beside <see cref="CloseStatus"/>.</summary>
    public string? CloseDescription => _socket.CloseStatusDescription;

    /// <summary>Opens a socket, or says why it could not.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static async Task<(FeedSocket? Socket, HandshakeRefusal? Refusal)> OpenAsync(
        FeedSurroundings feed, Uri address, CancellationToken cancellationToken)
    {
        if (feed.Options.Pace is { } pace)
        {
            await pace.BeforeConnectingAsync(cancellationToken);
        }

        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.KeepAliveInterval = feed.Options.KeepAliveInterval;
        socket.Options.KeepAliveTimeout = feed.Options.KeepAliveTimeout;
        PolledStream? stream = null;
        var invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = async (context, token) =>
                stream = new PolledStream(await feed.Addresses.ConnectAsync(context.DnsEndPoint, token)),
        });
        using var timeout = new CancellationTokenSource(feed.Options.HandshakeTimeout, feed.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await socket.ConnectAsync(address, invoker, either.Token);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && failure is WebSocketException or OperationCanceledException)
        {
            var refusal = HandshakeRefusal.Of(failure, socket, address, feed.Options, feed.Time.GetUtcNow());
            socket.Dispose();
            invoker.Dispose();
            return (null, refusal);
        }

        if (feed.Options.BlockingReads)
        {
            stream?.PollFromNowOn();
        }

        return (new FeedSocket(socket, invoker, feed), null);
    }

    /// <summary>Reads a piece of a message.</summary>
    public ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer) => _socket.ReceiveAsync(buffer, CancellationToken.None);

    /// <summary>Sends a text frame, no sooner after the one before than the venue allows.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            if (_lastSent is { } last && _spacing - _time.GetElapsedTime(last) is var wait && wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, _time, cancellationToken);
            }

            if (_pace is not null)
            {
                await _pace.BeforeSendingAsync(cancellationToken);
            }

            _lastSent = _time.GetTimestamp();
            await _socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Tells the venue that we leave, and why; waits for no answer.</summary>
    public async Task SayGoodbyeAsync(WebSocketCloseStatus status, string words, TimeSpan patience)
    {
        using var timeout = new CancellationTokenSource(patience, _time);
        try
        {
            await _socket.CloseOutputAsync(status, words, timeout.Token);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            // The socket is broken already: there is nobody to take leave of, and the caller closes it next.
            _socket.Abort();
        }
    }

    /// <summary>Ends the socket at once; a read that waits fails.</summary>
    public void Abort() => _socket.Abort();

    /// <inheritdoc />
    public void Dispose()
    {
        _socket.Dispose();
        _invoker.Dispose();
    }
}
