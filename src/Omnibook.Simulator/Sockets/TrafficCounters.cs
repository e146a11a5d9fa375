namespace Omnibook.Simulator.Sockets;

/// <summary>What clients did to a venue. Changed under the venue's lock.</summary>
internal sealed class TrafficCounters
{
    private const int RememberedRequests = 2000;
    private readonly Queue<SeenRequest> _requests = new();

    /// <summary>WebSocket connections accepted.</summary>
    public long ConnectionsOpened { get; set; }

    /// <summary>Handshakes refused by a fault.</summary>
    public long HandshakesRefused { get; set; }

    /// <summary>Messages that clients sent.</summary>
    public long MessagesReceived { get; set; }

    /// <summary>Names that clients subscribed to.</summary>
    public long SubscriptionsMade { get; set; }

    /// <summary>Frames sent.</summary>
    public long FramesSent { get; private set; }

    /// <summary>Bytes sent in frames.</summary>
    public long BytesSent { get; private set; }

    /// <summary>Connections cut off because their client did not read.</summary>
    public long SlowClients { get; set; }

    /// <summary>Connections that ended without a close handshake.</summary>
    public long BrokenConnections { get; set; }

    /// <summary>REST requests.</summary>
    public long Requests { get; private set; }

    /// <summary>REST requests that were answered with 429 or 418.</summary>
    public long RequestsLimited { get; private set; }

    /// <summary>The newest requests, oldest first.</summary>
    public IReadOnlyCollection<SeenRequest> RecentRequests => _requests;

    /// <summary>Counts a frame.</summary>
    public void CountSent(long bytes)
    {
        FramesSent++;
        BytesSent += bytes;
    }

    /// <summary>Counts and remembers a request.</summary>
    public void CountRequest(SeenRequest request)
    {
        Requests++;
        RequestsLimited += request.Status is 429 or 418 ? 1 : 0;
        _requests.Enqueue(request);
        if (_requests.Count > RememberedRequests)
        {
            _requests.Dequeue();
        }
    }
}

/// <summary>A REST request that was answered.</summary>
/// <param name="Milliseconds">When, in Unix milliseconds of the simulator's clock.</param>
/// <param name="Subject">The path, and the request type where one path serves many.</param>
/// <param name="Status">The answer's HTTP status.</param>
internal readonly record struct SeenRequest(long Milliseconds, string Subject, int Status);
