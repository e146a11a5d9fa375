using Omnibook.Simulator.Faults;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Bybit;

/// <summary>
/// A client of the linear socket. A request is served as a whole or not at all; one bad topic refuses all others in it.
/// </summary>
internal sealed class BybitConnection : VenueConnection
{
    private const int MostCharacters = 21_000;
    private const int MostTopicsOfRequest = 500;
    private const int EarlyDataPerMille = 250;
    private readonly BybitVenue _venue;
    private readonly Dictionary<string, BybitTopic> _topics = new(StringComparer.Ordinal);
    private readonly string _id;

    /// <summary>Opens a connection.</summary>
    public BybitConnection(BybitVenue venue)
        : base(venue)
    {
        _venue = venue;
        _id = BybitText.ConnectionId(venue.Choices.Next());
        HeardMilliseconds = venue.Schedule.Milliseconds;
    }

    /// <summary>When the client last said something, Unix milliseconds.</summary>
    public long HeardMilliseconds { get; private set; }

    /// <inheritdoc />
    public override IReadOnlyCollection<string> Subscriptions => _topics.Keys;

    /// <inheritdoc />
    public override void Receive(ReadOnlySpan<byte> text)
    {
        HeardMilliseconds = _venue.Schedule.Milliseconds;
        if (BybitRequest.Parse(text) is not { } request)
        {
            Answer(false, "error:request is not JSON or has no op", new BybitRequest("", "", []));
            return;
        }

        switch (request.Operation)
        {
            case "ping":
                Answer(true, "pong", request);
                break;
            case "subscribe":
                Subscribe(request);
                break;
            case "unsubscribe":
                Unsubscribe(request);
                break;
            default:
                Answer(false, $"error:unknown op,{request.Operation}", request);
                break;
        }
    }

    /// <inheritdoc />
    public override void Forget()
    {
        foreach (var topic in _topics.Keys)
        {
            _venue.Topics.Remove(topic, this);
        }
    }

    private void Subscribe(BybitRequest request)
    {
        if (request.Topics.Count > MostTopicsOfRequest)
        {
            // Field report sieblyio/bybit-api#479: very large requests are met by a closed connection.
            Cut();
        }
        else if (ProblemOf(request) is { } problem)
        {
            Answer(false, problem, request);
        }
        else
        {
            Accept(request);
        }
    }

    private string? ProblemOf(BybitRequest request)
    {
        if (request.Topics.Count == 0 || _topics.Keys.Concat(request.Topics).Sum(static name => name.Length) > MostCharacters)
        {
            return request.Topics.Count == 0 ? "error:args is empty" : $"error:args length > {MostCharacters}";
        }

        var seen = new HashSet<string>(_topics.Keys, StringComparer.Ordinal);
        foreach (var name in request.Topics)
        {
            var topic = BybitTopic.Parse(name);
            if (topic is null || !_venue.Serves(topic) || _venue.Faults.Use("refuse-subscription", topic.Symbol, topic.Channel) is not null)
            {
                return $"error:handler not found,topic:{name}";
            }

            if (!seen.Add(name))
            {
                return $"error:already subscribed,topic:{name}";
            }
        }

        return null;
    }

    private void Accept(BybitRequest request)
    {
        var topics = request.Topics.Select(static name => BybitTopic.Parse(name)!).ToList();
        // Field report JKorf/Bybit.Net#200: the first data may come before the acknowledgement.
        var dataFirst = _venue.Choices.Chance(EarlyDataPerMille);
        if (!dataFirst)
        {
            Acknowledge(request, topics);
        }

        foreach (var topic in topics)
        {
            _topics.Add(topic.Name, topic);
            _venue.Traffic.SubscriptionsMade++;
            if (_venue.Faults.Use("wrong-path", topic.Symbol, topic.Channel) is null)
            {
                _venue.SendFirst(topic, this);
                _venue.Topics.Add(topic.Name, topic, this);
            }
        }

        if (dataFirst)
        {
            Acknowledge(request, topics);
        }
    }

    private void Acknowledge(BybitRequest request, List<BybitTopic> topics)
    {
        if (!topics.Exists(topic => _venue.Faults.Use("lost-ack", topic.Symbol, topic.Channel) is not null))
        {
            Answer(true, "", request);
        }
    }

    private void Unsubscribe(BybitRequest request)
    {
        foreach (var name in request.Topics.Where(_topics.Remove))
        {
            _venue.Topics.Remove(name, this);
        }

        Answer(true, "", request);
    }

    private void Answer(bool success, string message, BybitRequest request) => Send(
        FrameTag.Control, _venue.Render(json => BybitFrames.Answer(json, success, message, _id, request.Id, request.Operation)));
}
