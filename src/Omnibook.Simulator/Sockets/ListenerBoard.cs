namespace Omnibook.Simulator.Sockets;

/// <summary>Which connections listen to which topic.</summary>
/// <typeparam name="TTopic">What a name means.</typeparam>
/// <typeparam name="TConnection">The venue's kind of connection.</typeparam>
internal sealed class ListenerBoard<TTopic, TConnection>
    where TConnection : VenueConnection
{
    private readonly Dictionary<string, (TTopic Topic, TConnection[] Listeners)> _topics = new(StringComparer.Ordinal);

    /// <summary>The topics that somebody listens to.</summary>
    public IReadOnlyList<TTopic> Topics => [.. _topics.Values.Select(static entry => entry.Topic)];

    /// <summary>How many connections listen to each topic.</summary>
    public IEnumerable<(string Stream, int Listeners)> Counts => _topics.Select(static pair => (pair.Key, pair.Value.Listeners.Length));

    /// <summary>Who listens to a topic. The array is never changed, so that a listener may leave while it is walked.</summary>
    public TConnection[] Of(string name) => _topics.TryGetValue(name, out var entry) ? entry.Listeners : [];

    /// <summary>A connection begins to listen.</summary>
    public void Add(string name, TTopic topic, TConnection connection) =>
        _topics[name] = (topic, [.. Of(name).Where(listener => listener != connection), connection]);

    /// <summary>A connection no longer listens.</summary>
    public void Remove(string name, TConnection connection)
    {
        TConnection[] rest = [.. Of(name).Where(listener => listener != connection)];
        if (rest.Length > 0)
        {
            _topics[name] = _topics[name] with { Listeners = rest };
        }
        else
        {
            _topics.Remove(name);
        }
    }
}
