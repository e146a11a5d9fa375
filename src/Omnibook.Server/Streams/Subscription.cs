namespace Omnibook.Server.Streams;

/// <summary>That one client follows one topic.</summary>
/// <param name="topic">What is followed.</param>
/// <param name="outbox">Where its frames wait.</param>
/// <param name="leastWorth">Frames that are worth less are left out.</param>
/// <param name="dress">
/// Makes of a topic's frame, which all followers share, the one that this follower is sent: called by the client's own send loop. Null sends the
/// shared frame.
/// </param>
internal sealed class Subscription(Topic topic, ClientOutbox outbox, long leastWorth = 0, Func<Frame, Frame>? dress = null)
{
    /// <summary>What is followed.</summary>
    public Topic Topic => topic;

    /// <summary>Frames that are worth less are left out. A state must not be: its newest frame is taken whatever it is worth.</summary>
    public long LeastWorth => leastWorth;

    /// <summary>Nothing of it is sent any more, not even what waits.</summary>
    public bool IsOver { get; set; }

    /// <summary>Its first state waits until as many events have left the outbox: those that were there before it. Belongs to the outbox.</summary>
    internal long NotBefore { get; } = outbox.EventsAdded;

    /// <summary>True while the newest state waits to be sent. Belongs to the outbox.</summary>
    internal bool IsMarked { get; set; }

    /// <summary>Events dropped since the last one that was sent. Belongs to the outbox.</summary>
    internal long Dropped { get; set; }

    /// <summary>Puts a frame into the client's outbox, after the topic's policy.</summary>
    public void Offer(Frame frame)
    {
        if (IsOver)
        {
            return;
        }

        if (topic.Policy == OutboxPolicy.NewestOnly)
        {
            outbox.Mark(this);
        }
        else if (frame.Worth >= leastWorth)
        {
            outbox.Add(this, frame);
        }
    }

    /// <summary>What the follower is sent for a frame of the topic. Takes the frame over.</summary>
    internal Frame Dress(Frame frame)
    {
        if (dress is null)
        {
            return frame;
        }

        var dressed = dress(frame);
        frame.Release();
        return dressed;
    }
}
