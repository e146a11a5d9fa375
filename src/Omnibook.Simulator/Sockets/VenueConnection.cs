using System.Threading.Channels;
using Omnibook.Simulator.Faults;

namespace Omnibook.Simulator.Sockets;

/// <summary>One client of a simulated venue, spoken to in the venue's protocol. Used under the venue's lock, except for <see cref="Outbox"/>.</summary>
internal abstract class VenueConnection
{
    private const int OutboxCapacity = 16_384;
    private readonly SimulatedVenue _venue;
    private readonly FrameFaults _faults;
    private readonly Channel<OutboundFrame> _outbox = Channel.CreateBounded<OutboundFrame>(OutboxCapacity);

    /// <summary>Opens a connection now.</summary>
    protected VenueConnection(SimulatedVenue venue)
    {
        _venue = venue;
        _faults = new FrameFaults(venue.Faults, Deliver);
        OpenedMilliseconds = LastSentMilliseconds = venue.Schedule.Milliseconds;
    }

    /// <summary>What is to go out, in order. Bounded: a client that does not read is cut off, as venues do.</summary>
    public ChannelReader<OutboundFrame> Outbox => _outbox.Reader;

    /// <summary>When it was opened, in Unix milliseconds.</summary>
    public long OpenedMilliseconds { get; }

    /// <summary>When something was last sent, in Unix milliseconds.</summary>
    public long LastSentMilliseconds { get; private set; }

    /// <summary>True when it was told to close.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>A message from the client.</summary>
    public abstract void Receive(ReadOnlySpan<byte> text);

    /// <summary>The client is gone, or was cut off: forget its subscriptions.</summary>
    public abstract void Forget();

    /// <summary>What it is subscribed to, as the venue names it.</summary>
    public abstract IReadOnlyCollection<string> Subscriptions { get; }

    /// <summary>Sends a frame, or what the faults make of it.</summary>
    public void Send(FrameTag tag, byte[] frame)
    {
        if (!IsClosed)
        {
            _faults.Pass(tag, frame);
        }
    }

    /// <summary>Closes with a close frame.</summary>
    public void Close(int code, string reason) => End(OutboundFrame.Close(code, reason));

    /// <summary>Ends without a close frame.</summary>
    public void Cut(bool reset = false) => End(OutboundFrame.Cut(reset));

    /// <summary>Nothing more will be sent.</summary>
    public void Complete() => _outbox.Writer.TryComplete();

    private void Deliver(OutboundFrame frame)
    {
        LastSentMilliseconds = _venue.Schedule.Milliseconds;
        _venue.Traffic.CountSent(frame.Bytes.Length + frame.Size);
        if (!_outbox.Writer.TryWrite(frame))
        {
            _venue.Traffic.SlowClients++;
            // The outbox is full, so the order to cut cannot go through it: completing it ends the connection.
            IsClosed = true;
            Forget();
            Complete();
        }
    }

    private void End(OutboundFrame last)
    {
        if (!IsClosed)
        {
            IsClosed = true;
            Forget();
            _outbox.Writer.TryWrite(last);
            Complete();
        }
    }
}
