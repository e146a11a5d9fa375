using Omnibook.Simulator.Faults;

namespace Omnibook.Simulator.Binance;

/// <summary>Who listens to which stream.</summary>
internal sealed class StreamBoard
{
    private readonly Dictionary<string, (StreamName Name, BinanceConnection[] Listeners)> _streams = new(StringComparer.Ordinal);

    /// <summary>The streams with listeners.</summary>
    public IEnumerable<StreamName> Names => _streams.Values.Select(static stream => stream.Name);

    /// <summary>How many connections listen to each stream.</summary>
    public IEnumerable<(string Stream, int Listeners)> Counts => _streams.Select(static pair => (pair.Key, pair.Value.Listeners.Length));

    /// <summary>True when somebody listens.</summary>
    public bool Has(string stream) => _streams.ContainsKey(stream);

    /// <summary>A connection begins to listen.</summary>
    public void Add(StreamName name, BinanceConnection connection)
    {
        var listeners = _streams.TryGetValue(name.Text, out var known) ? known.Listeners : [];
        _streams[name.Text] = (name, [.. listeners.Where(listener => listener != connection), connection]);
    }

    /// <summary>A connection no longer listens.</summary>
    public void Remove(string stream, BinanceConnection connection)
    {
        if (_streams.TryGetValue(stream, out var known))
        {
            BinanceConnection[] rest = [.. known.Listeners.Where(listener => listener != connection)];
            if (rest.Length == 0)
            {
                _streams.Remove(stream);
            }
            else
            {
                _streams[stream] = known with { Listeners = rest };
            }
        }
    }

    /// <summary>Sends a frame to all listeners of a stream.</summary>
    public void Publish(string stream, byte[] frame)
    {
        if (!_streams.TryGetValue(stream, out var known))
        {
            return;
        }

        var tag = FrameTag.Data(known.Name.Symbol, known.Name.Channel);
        byte[]? combined = null;
        foreach (var listener in known.Listeners)
        {
            listener.Send(tag, listener.IsCombined ? combined ??= Combine(stream, frame) : frame);
        }
    }

    /// <summary><c>{"stream":"btcusdt@trade","data":{…}}</c></summary>
    private static byte[] Combine(string stream, byte[] frame)
    {
        var head = System.Text.Encoding.UTF8.GetBytes($"{{\"stream\":\"{stream}\",\"data\":");
        return [.. head, .. frame, (byte)'}'];
    }
}
