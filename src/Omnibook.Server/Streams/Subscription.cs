namespace Omnibook.Server.Streams;

/// <summary>That one client follows one topic.</summary>
internal sealed class Subscription(Topic topic, ClientOutbox outbox)
{
    /// <summary>What is followed.</summary>
    public Topic Topic => topic;

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
        else
        {
            outbox.Add(this, frame);
        }
    }
}
