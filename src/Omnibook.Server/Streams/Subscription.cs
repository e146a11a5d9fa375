namespace Omnibook.Server.Streams;

/// <summary>That one client follows one topic.</summary>
/// <param name="topic">What is followed.</param>
/// <param name="outbox">Where its frames wait.</param>
/// <param name="leastWorth">Frames that are worth less are left out.</param>
internal sealed class Subscription(Topic topic, ClientOutbox outbox, long leastWorth = 0)
{
    /// <summary>What is followed.</summary>
    public Topic Topic => topic;

    /// <summary>Frames that are worth less are left out. A state must not be: its newest frame is taken whatever it is worth.</summary>
    public long LeastWorth => leastWorth;

    /// <summary>True while the newest state waits to be sent. Belongs to the outbox.</summary>
    internal bool IsMarked { get; set; }

    /// <summary>Events dropped since the last one that was sent. Belongs to the outbox.</summary>
    internal long Dropped { get; set; }

    /// <summary>Puts a frame into the client's outbox, after the topic's policy.</summary>
    public void Offer(Frame frame)
    {
        if (topic.Policy == OutboxPolicy.NewestOnly)
        {
            outbox.Mark(this);
        }
        else if (frame.Worth >= leastWorth)
        {
            outbox.Add(this, frame);
        }
    }
}
