namespace Omnibook.Server.Streams;

/// <summary>What the streams count. Plain fields, read by the meter when somebody asks: counting costs a client send nothing.</summary>
internal sealed class StreamCounters
{
    private long _framesRendered;
    private long _framesSent;
    private long _bytesSent;
    private long _framesReplaced;
    private long _framesDropped;
    private long _slowClients;
    private long _misbehavingClients;
    private long _refusedClients;

    /// <summary>Frames published to topics.</summary>
    public long FramesRendered => Interlocked.Read(ref _framesRendered);

    /// <summary>Frames handed to client sockets.</summary>
    public long FramesSent => Interlocked.Read(ref _framesSent);

    /// <summary>Bytes of those frames.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    /// <summary>Frames of state topics that a newer one replaced before a client read them.</summary>
    public long FramesReplaced => Interlocked.Read(ref _framesReplaced);

    /// <summary>Frames of event topics that were dropped because a client was too slow.</summary>
    public long FramesDropped => Interlocked.Read(ref _framesDropped);

    /// <summary>Clients closed with 1013.</summary>
    public long SlowClients => Interlocked.Read(ref _slowClients);

    /// <summary>Clients closed with 1008, 1009 or 1003.</summary>
    public long MisbehavingClients => Interlocked.Read(ref _misbehavingClients);

    /// <summary>Sockets refused because too many are open.</summary>
    public long RefusedClients => Interlocked.Read(ref _refusedClients);

    /// <summary>Counts a published frame.</summary>
    public void Rendered() => Interlocked.Increment(ref _framesRendered);

    /// <summary>Counts frames handed to a socket.</summary>
    public void Sent(int frames, int bytes)
    {
        Interlocked.Add(ref _framesSent, frames);
        Interlocked.Add(ref _bytesSent, bytes);
    }

    /// <summary>Counts a state that was replaced unread.</summary>
    public void Replaced() => Interlocked.Increment(ref _framesReplaced);

    /// <summary>Counts an event that was dropped unread.</summary>
    public void Dropped() => Interlocked.Increment(ref _framesDropped);

    /// <summary>Counts a client closed for slowness.</summary>
    public void Slow() => Interlocked.Increment(ref _slowClients);

    /// <summary>Counts a client closed for what it sent.</summary>
    public void Misbehaving() => Interlocked.Increment(ref _misbehavingClients);

    /// <summary>Counts a socket refused at the door.</summary>
    public void Refused() => Interlocked.Increment(ref _refusedClients);
}
