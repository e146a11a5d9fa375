using Omnibook.Simulator.Faults;

namespace Omnibook.Simulator.Hyperliquid;

/// <summary>Who is subscribed to what.</summary>
internal sealed class TopicBoard
{
    private readonly Dictionary<string, (Subscription Topic, HyperliquidConnection[] Listeners)> _topics = new(StringComparer.Ordinal);

    /// <summary>How many connections listen to each topic.</summary>
    public IEnumerable<(string Stream, int Listeners)> Counts => _topics.Select(static pair => (pair.Key, pair.Value.Listeners.Length));

    /// <summary>The topics of a type that have listeners.</summary>
    public IReadOnlyList<Subscription> Of(string type) =>
        [.. _topics.Values.Where(topic => topic.Topic.Type == type).Select(static topic => topic.Topic)];

    /// <summary>A connection begins to listen.</summary>
    public void Add(Subscription topic, HyperliquidConnection connection)
    {
        var listeners = _topics.TryGetValue(topic.Canonical, out var known) ? known.Listeners : [];
        _topics[topic.Canonical] = (topic, [.. listeners, connection]);
    }

    /// <summary>A connection no longer listens.</summary>
    public void Remove(Subscription topic, HyperliquidConnection connection)
    {
        if (!_topics.TryGetValue(topic.Canonical, out var known))
        {
            return;
        }

        HyperliquidConnection[] rest = [.. known.Listeners.Where(listener => listener != connection)];
        if (rest.Length == 0)
        {
            _topics.Remove(topic.Canonical);
        }
        else
        {
            _topics[topic.Canonical] = known with { Listeners = rest };
        }
    }

    /// <summary>Sends a frame to all listeners of a topic.</summary>
    public void Publish(Subscription topic, byte[] frame)
    {
        if (_topics.TryGetValue(topic.Canonical, out var known))
        {
            foreach (var listener in known.Listeners)
            {
                listener.Send(TagOf(topic), frame);
            }
        }
    }

    /// <summary>What a frame of a topic is about.</summary>
    public static FrameTag TagOf(Subscription topic) => FrameTag.Data(topic.Coin, topic.Type);
}
