using System.Text.Json;
using Omnibook.Simulator.Faults;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Binance;

/// <summary>
/// A client of Binance's streams. Every well-formed subscription is acknowledged; only streams of the socket's own path deliver,
/// and nobody says so.
/// </summary>
internal sealed class BinanceConnection(BinanceVenue venue, StreamRoute route, bool combined) : VenueConnection(venue)
{
    private const int MostStreams = 1024;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Queue<long> _received = new();

    /// <summary>True when frames carry the stream's name.</summary>
    public bool IsCombined { get; set; } = combined;

    /// <inheritdoc />
    public override IReadOnlyCollection<string> Subscriptions => _names;

    /// <inheritdoc />
    public override void Receive(ReadOnlySpan<byte> text)
    {
        if (IsTooFast())
        {
            Close(1008, "Too many requests");
            return;
        }

        var answer = ControlMessage.TryParse(text, venue.IsRequestId, out var message) is { } problem ? problem : Execute(message);
        if (answer is not null)
        {
            Send(FrameTag.Control, answer);
        }
    }

    /// <inheritdoc />
    public override void Forget()
    {
        foreach (var name in _names)
        {
            venue.Streams.Remove(name, this);
        }
    }

    /// <summary>Subscribes without asking about the limits of messages: the streams of the URL.</summary>
    public void Subscribe(IEnumerable<string> names)
    {
        foreach (var name in names.Where(_names.Add))
        {
            venue.Traffic.SubscriptionsMade++;
            var stream = venue.ParseStream(name);
            if (stream?.Route == route && venue.Faults.Use("wrong-path", stream.Symbol, stream.Channel) is null)
            {
                venue.Streams.Add(stream, this);
            }
        }
    }

    private byte[]? Execute(ControlMessage message)
    {
        switch (message.Method)
        {
            case "SUBSCRIBE":
                return TrySubscribe(message);
            case "UNSUBSCRIBE":
                Unsubscribe(message.Names);
                return ControlMessage.Result(message.Id, static json => json.WriteNullValue());
            case "LIST_SUBSCRIPTIONS":
                return ControlMessage.Result(message.Id, json => JsonSerializer.Serialize(json, _names.Order(StringComparer.Ordinal)));
            case "SET_PROPERTY":
                IsCombined = message.Combined;
                return ControlMessage.Result(message.Id, static json => json.WriteNullValue());
            default:
                return ControlMessage.Result(message.Id, json => json.WriteBooleanValue(IsCombined));
        }
    }

    private byte[]? TrySubscribe(ControlMessage message)
    {
        if (_names.Union(message.Names, StringComparer.Ordinal).Count() > MostStreams)
        {
            return ControlMessage.Error(4, "Too many subscriptions", message.Id);
        }

        var streams = message.Names.Select(venue.ParseStream).ToList();
        if (streams.Exists(stream => venue.Faults.Use("refuse-subscription", stream?.Symbol, stream?.Channel) is not null))
        {
            return ControlMessage.Error(2, "Invalid request: invalid stream", message.Id);
        }

        Subscribe(message.Names);
        var isLost = streams.Exists(stream => venue.Faults.Use("lost-ack", stream?.Symbol, stream?.Channel) is not null);
        return isLost ? null : ControlMessage.Result(message.Id, static json => json.WriteNullValue());
    }

    private void Unsubscribe(IEnumerable<string> names)
    {
        foreach (var name in names.Where(_names.Remove))
        {
            venue.Streams.Remove(name, this);
        }
    }

    private bool IsTooFast()
    {
        var now = venue.Schedule.Milliseconds;
        while (_received.TryPeek(out var oldest) && now - oldest >= 1000)
        {
            _received.Dequeue();
        }

        _received.Enqueue(now);
        return _received.Count > venue.Limits.MessagesPerSecond;
    }
}
